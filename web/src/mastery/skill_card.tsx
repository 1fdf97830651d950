// One skill: how sure we are that it is mastered, on how much evidence, and what it builds on.
import type { MasteryState, Skill, SkillMastery } from "../api/types";
import { MasteryBar } from "../parts/mastery_bar";
import { percent, when } from "../text/format";
import { useSpeech } from "../text/language";

interface Props {
  skill: Skill;
  mastery: SkillMastery | null;
  names: ReadonlyMap<string, string>;
  stateOf: (skillId: string) => MasteryState;
}

const kSigns: Record<MasteryState, string> = {
  mastered: "●",
  learning: "◐",
  weak: "○",
  not_enough_evidence: "–",
};

export function SkillCard({ skill, mastery, names, stateOf }: Props) {
  const { t, say, language } = useSpeech();
  const name = say(skill.name);
  const state = mastery?.state ?? "not_enough_evidence";
  const known = mastery !== null && state !== "not_enough_evidence";
  const band = known ? [percent(mastery.p_mastery), percent(mastery.low), percent(mastery.high)] as const : null;
  return (
    <li className={`skill skill-${state}`}>
      <div className="skill-head">
        <h3>{name}</h3>
        <span className={`state state-${state}`}>
          <span aria-hidden="true">{kSigns[state]}</span> {t.states[state]}
        </span>
      </div>
      <MasteryBar
        estimate={known ? mastery : null}
        state={state}
        label={band ? t.skills.estimate(name, ...band) : t.skills.unknown(name)}
      />
      <p className="small">
        {band && <span className="number">{t.why.band(...band)} · </span>}
        {mastery === null || mastery.answers === 0 ? t.skills.notYet : t.skills.answers(mastery.answers)}
        {mastery?.last_answered_at && (
          <> · {t.skills.lastAnswered(when(mastery.last_answered_at, new Date(), language))}</>
        )}
      </p>
      <p className="small muted">
        {skill.prerequisites.length === 0 ? (
          t.skills.noPrerequisites
        ) : (
          <>
            {t.skills.prerequisites}{" "}
            {skill.prerequisites.map((id) => (
              <span key={id} className="tag">
                <span aria-hidden="true">{kSigns[stateOf(id)]} </span>
                {names.get(id) ?? id}
                <span className="only-heard"> ({t.states[stateOf(id)]})</span>
              </span>
            ))}
          </>
        )}
      </p>
    </li>
  );
}
