// Why this question: never a bare score, but what triggered it, on how much evidence, what would change
// it, and which model says so.
import { useItems } from "../api/queries";
import type { Recommendation } from "../api/types";
import { Mark } from "../parts/icons";
import { MasteryBar } from "../parts/mastery_bar";
import { percent, when } from "../text/format";
import { useSpeech } from "../text/language";
import { WhyDetails } from "./why_details";

const kHashShown = 12;

interface Props {
  courseId: string;
  studentId: string;
  recommendation: Recommendation;
  nameOf: (skillId: string) => string;
}

export function WhyPanel({ courseId, studentId, recommendation, nameOf }: Props) {
  const { t, say, language } = useSpeech();
  const { reason } = recommendation;
  const items = useItems(courseId, reason.skill_id);
  const titleOf = (itemId: string) => {
    const item = items.data?.find((each) => each.id === itemId);
    return item ? say(item.title) : itemId;
  };
  const name = nameOf(reason.skill_id);
  const band = t.why.band(percent(reason.p_mastery), percent(reason.low), percent(reason.high));
  const unsure = reason.code === "explore_not_enough_evidence";
  const words = unsure ? t.why.notEnough(band) : band;
  const now = new Date();
  return (
    <aside className="card why" aria-labelledby="why-title">
      <h2 id="why-title">{t.why.title}</h2>
      <p>
        <span className="tag">{t.why.codes[reason.code]}</span>
      </p>
      <p>{say(reason.text)}</p>
      <dl>
        <dt>{t.why.estimate}</dt>
        <dd>
          {name}
          <MasteryBar estimate={unsure ? null : reason} label={`${name}: ${words}`} />
          <p className="number">{words}</p>
          <p>{t.why.evidence(reason.answers_on_skill)}</p>
        </dd>
        <dt>{t.why.chance}</dt>
        <dd className="number">{percent(recommendation.p_correct)}</dd>
        <dt>{t.why.attempts}</dt>
        <dd>
          {reason.evidence.length === 0 && t.why.noAttempts}
          <ul className="attempts">
            {reason.evidence.map((past) => (
              <li key={past.event_id}>
                <Mark right={past.correct} />{" "}
                {t.why.attempt(past.correct, when(past.answered_at, now, language))}
                <span className="attempt-item">{titleOf(past.item_id)}</span>
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t.why.counterfactual}</dt>
        <dd>{say(reason.counterfactual)}</dd>
        <dt>{t.why.model}</dt>
        <dd className="small">
          {t.why.modelVersion(reason.model.name, reason.model.data_hash.slice(0, kHashShown))}
        </dd>
      </dl>
      <WhyDetails
        key={recommendation.item.id}
        courseId={courseId}
        studentId={studentId}
        itemId={recommendation.item.id}
        nameOf={nameOf}
      />
    </aside>
  );
}
