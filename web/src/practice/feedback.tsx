// What the answer came to: verdict, worked solution, the misconception with its advice, and what it
// changed in the estimates.
import { useEffect, useRef } from "react";

import type { AnswerReply, AnswerRequest, Estimate, MasteryChange } from "../api/types";
import { Mark } from "../parts/icons";
import { MasteryBar } from "../parts/mastery_bar";
import { MathText } from "../parts/math_text";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";

function EstimateLine({ label, estimate, name }: { label: string; estimate: Estimate; name: string }) {
  const { t } = useSpeech();
  const words = t.why.band(percent(estimate.p_mastery), percent(estimate.low), percent(estimate.high));
  return (
    <div className="change-line">
      <span className="change-label">{label}</span>
      <MasteryBar estimate={estimate} label={`${name}, ${label}: ${words}`} />
      <span className="number">{words}</span>
    </div>
  );
}

function Changes({ changes, nameOf }: { changes: MasteryChange[]; nameOf: (skillId: string) => string }) {
  const { t } = useSpeech();
  if (changes.length === 0) return null;
  return (
    <section>
      <h3>{t.practice.masteryChange}</h3>
      {changes.map((change) => (
        <div key={change.skill_id} className="change">
          <p className="change-skill">{nameOf(change.skill_id)}</p>
          <EstimateLine label={t.practice.before} estimate={change.before} name={nameOf(change.skill_id)} />
          <EstimateLine label={t.practice.after} estimate={change.after} name={nameOf(change.skill_id)} />
        </div>
      ))}
    </section>
  );
}

interface Props {
  answer: AnswerRequest;
  reply: AnswerReply;
  nameOf: (skillId: string) => string;
  next: () => void;
}

export function FeedbackCard({ answer, reply, nameOf, next }: Props) {
  const { t, say } = useSpeech();
  const nextButton = useRef<HTMLButtonElement>(null);
  // Enter goes on at once; the verdict above is announced by its live region.
  useEffect(() => nextButton.current?.focus({ preventScroll: true }), [answer.event_id]);

  const graded = answer.response !== undefined;
  const gradedWords = reply.correct ? t.practice.right : t.practice.wrong;
  const verdict = graded ? gradedWords : t.practice.noted(reply.correct);
  const { feedback } = reply;
  return (
    <section className={`card feedback ${reply.correct ? "feedback-right" : "feedback-wrong"}`}>
      <div role="status">
        <h2 className="verdict">
          <Mark right={reply.correct} /> {verdict}
        </h2>
      </div>
      {!reply.recorded && <p className="muted">{t.practice.alreadyThere}</p>}
      {feedback && (
        <>
          {!reply.correct && (
            <p>
              <strong>{t.practice.rightAnswer}:</strong> <MathText text={say(feedback.right_answer)} math />
            </p>
          )}
          {feedback.misconception && (
            <div className="misconception">
              <h3>{t.practice.misconception}</h3>
              <p>
                <strong>
                  <MathText text={say(feedback.misconception.name)} math />
                </strong>
              </p>
              <p>
                {t.practice.advice}: <MathText text={say(feedback.misconception.advice)} math />
              </p>
            </div>
          )}
          <h3>{t.practice.explanation}</h3>
          <p>
            <MathText text={say(feedback.explanation)} math />
          </p>
        </>
      )}
      <div className="actions">
        <button ref={nextButton} type="button" className="button button-main button-big" onClick={next}>
          {t.practice.next}
        </button>
      </div>
      <Changes changes={reply.mastery} nameOf={nameOf} />
    </section>
  );
}
