// A path to a goal: what to practise, in which order, within the minutes there are. It is planned anew
// whenever the page is opened and while it is, so it follows the answers; the goal is remembered on this
// device, and stands beside the practice.
import "../styles/path.css";

import { useEffect, useMemo, useState } from "react";
import { Link } from "wouter";

import { usePlan, useSkills } from "../api/queries";
import type { Plan, Skill } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { Page } from "../shell/page";
import { paths } from "../shell/paths";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";
import { readGoal, writeGoal } from "./goal";
import { stretches } from "./stretches";

const kMinutes = [15, 30, 60, 120] as const;

function Outlook({ plan }: { plan: Plan }) {
  const { t, say } = useSpeech();
  const needed = plan.minutes_needed;
  return (
    <div className="card" role="status">
      <p className="lead">
        {t.path.expected(say(plan.goal_name), percent(plan.p_start), percent(plan.p_end), percent(plan.p_end_low), percent(plan.p_end_high))}
      </p>
      <p>
        {plan.reached ? t.path.reached : needed === null ? t.path.outOfReach : t.path.needs(Math.ceil(needed))}
      </p>
      <p className="small muted">{plan.fitted_on > 0 ? t.path.ratesOf(plan.fitted_on) : t.path.ratesGeneral}</p>
    </div>
  );
}

function Steps({ plan }: { plan: Plan }) {
  const { t, say } = useSpeech();
  if (plan.steps.length === 0) return <p>{t.path.nothing}</p>;
  return (
    <ol className="path-steps">
      {stretches(plan.steps).map((each) => (
        <li key={each.first} className="card">
          <strong>{say(each.name)}</strong>
          <span>{t.path.stretch(each.count, Math.max(1, Math.round(each.minutes)))}</span>
          <span className="muted">{t.path.then(percent(each.pAfter))}</span>
          {each.resource !== null && (
            <span className="small">
              {t.path.first(t.resource.kinds[each.resource.kind], say(each.resource.title), Math.max(1, Math.round(each.resource.minutes)))}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

interface Props {
  courseId: string;
  studentId: string;
}

function PathTo({ courseId, studentId, skills }: Props & { skills: Skill[] }) {
  const { t, say } = useSpeech();
  const kept = useMemo(() => readGoal(courseId, studentId), [courseId, studentId]);
  const [goal, setGoal] = useState(skills.some((skill) => skill.id === kept?.skill) ? (kept?.skill ?? "") : "");
  const [minutes, setMinutes] = useState(kept?.minutes ?? 30);
  useEffect(() => writeGoal(courseId, studentId, { skill: goal, minutes }), [courseId, studentId, goal, minutes]);
  const plan = usePlan(studentId, courseId, goal, minutes);
  return (
    <>
      <form className="path-choice" onSubmit={(event) => event.preventDefault()}>
        <label>
          {t.path.goal}
          <select value={goal} onChange={(event) => setGoal(event.target.value)}>
            <option value="">{t.path.choose}</option>
            {skills.map((skill) => (
              <option key={skill.id} value={skill.id}>
                {say(skill.name)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.path.minutes}
          <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
            {kMinutes.map((each) => (
              <option key={each} value={each}>
                {t.path.minutesOf(each)}
              </option>
            ))}
          </select>
        </label>
      </form>
      {goal !== "" && plan.isError && <Failure error={plan.error} retry={() => void plan.refetch()} />}
      {goal !== "" && !plan.isError && !plan.data && <Loading />}
      {plan.data && (
        <>
          <Outlook plan={plan.data} />
          <Steps plan={plan.data} />
          <p className="actions">
            <Link className="button button-main" href={paths.practice(courseId, studentId)}>
              {t.skills.practise}
            </Link>
            <button type="button" className="button" onClick={() => void plan.refetch()}>
              {t.path.again}
            </button>
          </p>
        </>
      )}
    </>
  );
}

export default function PathPage({ courseId, studentId }: Props) {
  const { t } = useSpeech();
  const skills = useSkills(courseId);
  return (
    <Page title={t.path.title} courseId={courseId}>
      <p className="muted">{t.path.intro}</p>
      {skills.isError && <Failure error={skills.error} retry={() => void skills.refetch()} />}
      {skills.data ? <PathTo courseId={courseId} studentId={studentId} skills={skills.data} /> : !skills.isError && <Loading />}
    </Page>
  );
}
