// What the prediction is made of, and what an answer would change. Asked for when opened: most students
// go on without it.
import { useState } from "react";

import { useExplanation } from "../api/queries";
import type { WhatIf } from "../api/types";
import { Contributions } from "../parts/contributions";
import { Failure, Loading } from "../parts/page_state";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";

interface Props {
  courseId: string;
  studentId: string;
  itemId: string;
  nameOf: (skillId: string) => string;
}

function Supposed({ title, what, nameOf }: { title: string; what: WhatIf; nameOf: (skillId: string) => string }) {
  const { t, say } = useSpeech();
  return (
    <li>
      <strong>{title}</strong>
      {what.mastery.map((each) => (
        <span key={each.skill_id} className="supposed">
          {t.why.moves(nameOf(each.skill_id), percent(each.before.p_mastery), percent(each.after.p_mastery))}
        </span>
      ))}
      {what.next && <span className="supposed">{t.why.thenNext(say(what.next.title))}</span>}
    </li>
  );
}

function Details({ courseId, studentId, itemId, nameOf }: Props) {
  const { t, say } = useSpeech();
  const explanation = useExplanation(studentId, courseId, itemId);
  if (explanation.isError) return <Failure error={explanation.error} retry={() => void explanation.refetch()} />;
  if (!explanation.data) return <Loading />;
  const { prediction, if_right, if_wrong } = explanation.data;
  return (
    <>
      <p>{say(prediction.text)}</p>
      <Contributions title={t.why.byEvidence} contributions={prediction.by_evidence} />
      <Contributions title={t.why.byAnswer} contributions={prediction.by_answer} />
      <p className="small muted">{t.why.logits}</p>
      <h3>{t.why.whatIf}</h3>
      <ul className="supposals">
        <Supposed title={t.why.ifRight} what={if_right} nameOf={nameOf} />
        <Supposed title={t.why.ifWrong} what={if_wrong} nameOf={nameOf} />
      </ul>
    </>
  );
}

export function WhyDetails(props: Props) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <details className="why-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.why.details}</summary>
      {open && <Details {...props} />}
    </details>
  );
}
