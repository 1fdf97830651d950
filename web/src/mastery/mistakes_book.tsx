// 错题本: the wrong answers given on this device, with their worked solutions.
import { useState } from "react";

import type { Skill } from "../api/types";
import { MathText } from "../parts/math_text";
import { clearMistakes, readMistakes } from "../practice/mistakes";
import { when } from "../text/format";
import { useSpeech } from "../text/language";

interface Props {
  courseId: string;
  studentId: string;
  names: readonly Skill[];
}

export function MistakesBook({ courseId, studentId, names }: Props) {
  const { t, say, language } = useSpeech();
  const [mistakes, setMistakes] = useState(() => readMistakes(courseId, studentId));
  const nameOf = (id: string) => {
    const skill = names.find((each) => each.id === id);
    return skill ? say(skill.name) : id;
  };
  const clear = () => {
    clearMistakes(courseId, studentId);
    setMistakes([]);
  };
  return (
    <section className="mistakes">
      <h2>{t.mistakes.title}</h2>
      <p className="muted">{mistakes.length === 0 ? t.mistakes.empty : t.mistakes.intro}</p>
      {mistakes.map((mistake) => (
        <details key={mistake.event_id} className="card mistake">
          <summary>
            <MathText text={say(mistake.prompt)} math />{" "}
            <span className="muted small">
              {mistake.skills.map(nameOf).join(" · ")} · {when(mistake.at, new Date(), language)}
            </span>
          </summary>
          <p>
            {t.mistakes.yours}: <MathText text={say(mistake.response)} math />
          </p>
          <p>
            {t.practice.rightAnswer}: <MathText text={say(mistake.feedback.right_answer)} math />
          </p>
          {mistake.feedback.misconception && (
            <p>
              <strong>
                <MathText text={say(mistake.feedback.misconception.name)} math />
              </strong>
              : <MathText text={say(mistake.feedback.misconception.advice)} math />
            </p>
          )}
          <p>
            <MathText text={say(mistake.feedback.explanation)} math />
          </p>
        </details>
      ))}
      {mistakes.length > 0 && (
        <button type="button" className="button button-quiet" onClick={clear}>
          {t.mistakes.clear}
        </button>
      )}
    </section>
  );
}
