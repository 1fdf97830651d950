// Practice: one question at a time, at once what came of it, and why this one.
import "../styles/practice.css";

import { useEffect, useMemo, useState } from "react";

import { useSkills, useStudents } from "../api/queries";
import { Failure, Loading } from "../parts/page_state";
import { readGoal } from "../path/goal";
import { GoalPanel } from "../path/goal_panel";
import { Page } from "../shell/page";
import { useSpeech } from "../text/language";
import { FeedbackCard } from "./feedback";
import { OutboxBanner } from "./outbox_banner";
import { questionId, type Phase } from "./practice_state";
import { Question } from "./question";
import { ResourceCard } from "./resource_card";
import { SessionProgress } from "./session_progress";
import { usePractice } from "./use_practice";
import { Steering } from "./steering";
import { Difficulty } from "./difficulty";
import { useSteering } from "./use_steering";
import { WhyPanel } from "./why_panel";

const kSlowAfterMs = 2_500;

/** Checking… and, when that lasts, that the answer is safe. */
function Sending() {
  const { t } = useSpeech();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), kSlowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="card" role="status">
      {slow ? t.practice.slow : t.practice.checking}
    </p>
  );
}

function Kept({ next, more }: { next: () => void; more: boolean }) {
  const { t } = useSpeech();
  return (
    <section className="card feedback" role="status">
      <h2>{t.practice.keptTitle}</h2>
      <p>{t.practice.keptBody}</p>
      {more ? (
        <button type="button" className="button button-main button-big" onClick={next}>
          {t.practice.next}
        </button>
      ) : (
        <p>{t.practice.nothingLeft}</p>
      )}
    </section>
  );
}

const givenIn = (phase: Phase): string | null =>
  "answer" in phase ? (phase.answer.response ?? null) : null;

interface Props {
  courseId: string;
  studentId: string;
}

function Practice({ courseId, studentId }: Props) {
  const { t, say } = useSpeech();
  const skills = useSkills(courseId);
  const { state, marks, startAgain, failure, paused, retry, submit, replace, next } = usePractice(courseId, studentId);
  const steering = useSteering(courseId, studentId, replace);
  const { phase, current } = state;
  const goal = useMemo(() => readGoal(courseId, studentId), [courseId, studentId]);

  const nameOf = (skillId: string) => {
    const skill = skills.data?.find((each) => each.id === skillId);
    return skill ? say(skill.name) : skillId;
  };

  return (
    <>
      <OutboxBanner inFlight={phase.kind === "sending" ? 1 : 0} />
      <SessionProgress marks={marks} startAgain={startAgain} />
      {failure !== null && <Failure error={failure} retry={retry} />}
      {phase.kind === "loading" && failure === null && (paused ? <p>{t.practice.nothingLeft}</p> : <Loading />)}
      {phase.kind === "empty" && (
        <div className="card">
          <p>{t.practice.noneLeft}</p>
          <button type="button" className="button" onClick={retry}>
            {t.retry}
          </button>
        </div>
      )}
      {current && (
        <div className="practice">
          <div className="practice-main">
            {current.resource !== null && phase.kind === "asking" && (
              <ResourceCard
                key={`${questionId(current)} ${current.resource.id}`}
                courseId={courseId}
                studentId={studentId}
                resource={current.resource}
              />
            )}
            <Question
              key={questionId(current)}
              item={current.item}
              skillNames={current.item.skills.map(nameOf)}
              locked={phase.kind !== "asking"}
              chosen={givenIn(phase)}
              refusal={phase.kind === "asking" ? phase.refusal : null}
              answer={(given) => void submit(current, given)}
            />
            {phase.kind === "sending" && <Sending />}
            {phase.kind === "kept" && <Kept next={next} more={state.queue.length > 0} />}
            {phase.kind === "answered" && (
              <FeedbackCard answer={phase.answer} reply={phase.reply} nameOf={nameOf} next={next} />
            )}
            <Steering
              disabled={phase.kind !== "asking" || steering.busy}
              said={steering.said}
              failed={steering.failed}
              say={(kind) => void steering.say(current, kind)}
            />
          </div>
          <div className="practice-side">
            {goal !== null && <GoalPanel courseId={courseId} studentId={studentId} goal={goal} />}
            <WhyPanel courseId={courseId} studentId={studentId} recommendation={current} nameOf={nameOf} />
            <Difficulty courseId={courseId} studentId={studentId} changed={retry} />
          </div>
        </div>
      )}
    </>
  );
}

export default function PracticePage({ courseId, studentId }: Props) {
  const { t } = useSpeech();
  const students = useStudents(courseId);
  const simulated = students.data?.find((each) => each.id === studentId)?.simulated === true;
  return (
    <Page title={t.practice.title} courseId={courseId}>
      {simulated ? <p className="card">{t.practice.notAsSimulated}</p> : <Practice courseId={courseId} studentId={studentId} />}
    </Page>
  );
}
