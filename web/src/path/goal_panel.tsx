// The path to the student's goal beside the practice: planned anew after each answer.
import { Link } from "wouter";

import { usePlan } from "../api/queries";
import { paths } from "../shell/paths";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";
import type { Goal } from "./goal";
import { stretches } from "./stretches";

const kShown = 3;

interface Props {
  courseId: string;
  studentId: string;
  goal: Goal;
}

export function GoalPanel({ courseId, studentId, goal }: Props) {
  const { t, say } = useSpeech();
  const { data: plan } = usePlan(studentId, courseId, goal.skill, goal.minutes);
  if (!plan) return null;
  return (
    <aside className="card goal" aria-labelledby="goal-title">
      <h2 id="goal-title">{t.path.toGoal(say(plan.goal_name))}</h2>
      <p role="status">{t.path.nowAndThen(percent(plan.p_start), percent(plan.p_end), plan.answers)}</p>
      <ol>
        {stretches(plan.steps)
          .slice(0, kShown)
          .map((each) => (
            <li key={each.first}>
              {say(each.name)} <span className="muted">{t.path.stretch(each.count, Math.max(1, Math.round(each.minutes)))}</span>
            </li>
          ))}
      </ol>
      <Link href={paths.path(courseId, studentId)}>{t.path.whole}</Link>
    </aside>
  );
}
