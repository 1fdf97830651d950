// A plan's answers as one reads them: neighbours on the same skill are one stretch.
import type { PlanStep, SuggestedResource, Text } from "../api/types";

export interface Stretch {
  first: number;
  name: Text;
  count: number;
  /** Of the answers and of what is studied before them. */
  minutes: number;
  pAfter: number;
  resource: SuggestedResource | null;
}

export function stretches(steps: readonly PlanStep[]): Stretch[] {
  const made: (Stretch & { skill: string })[] = [];
  steps.forEach((step, first) => {
    const last = made.at(-1);
    if (last?.skill === step.skill_id) {
      last.count += 1;
      last.minutes += step.minutes;
      last.pAfter = step.p_after;
    } else {
      made.push({
        skill: step.skill_id,
        first,
        name: step.skill_name,
        count: 1,
        minutes: step.minutes + (step.resource?.minutes ?? 0),
        pAfter: step.p_after,
        resource: step.resource,
      });
    }
  });
  return made;
}
