// A plan's answers as one reads them: neighbours on the same skill are one stretch.
import type { PlanStep, Text } from "../api/types";

export interface Stretch {
  first: number;
  name: Text;
  count: number;
  minutes: number;
  pAfter: number;
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
      made.push({ skill: step.skill_id, first, name: step.skill_name, count: 1, minutes: step.minutes, pAfter: step.p_after });
    }
  });
  return made;
}
