// Who needs help now: at most ten, in the server's order, each with what, why, on how much evidence, and
// what to do. The four kinds differ in shape and word, not only in colour.
import { Link } from "wouter";

import type { ClassView, Need } from "../api/types";
import { NeedIcon } from "../parts/icons";
import { shownName } from "../shell/identity";
import { paths } from "../shell/paths";
import { useSpeech } from "../text/language";

interface Props {
  view: ClassView;
  showInMap: (studentId: string) => void;
}

function NeedCard({ need, view, showInMap }: Props & { need: Need }) {
  const { t, say } = useSpeech();
  const student = view.students.find((each) => each.id === need.student_id);
  const skill = view.skills.find((each) => each.id === need.skill_id);
  return (
    <li className={`card need need-${need.kind}`}>
      <div className="need-head">
        <h3>
          <Link href={paths.skills(view.course_id, need.student_id)}>
            {student ? shownName(student) : need.student_id}
          </Link>
        </h3>
        {student?.simulated === true && <span className="tag">{t.simulated.tag}</span>}
        <span className={`chip chip-${need.kind}`}>
          <NeedIcon kind={need.kind} /> {t.classPage.kinds[need.kind]}
        </span>
      </div>
      {skill && <p className="skill-line">{say(skill.name)}</p>}
      <p>{say(need.reason)}</p>
      <p>
        <strong>{t.classPage.suggestion}:</strong> {say(need.suggestion)}
      </p>
      <p className="small muted need-foot">
        {t.classPage.evidence(need.evidence_count)}
        <button type="button" className="button button-quiet" onClick={() => showInMap(need.student_id)}>
          {t.classPage.showInMap}
        </button>
      </p>
    </li>
  );
}

export function NeedsHelp({ view, showInMap }: Props) {
  const { t } = useSpeech();
  return (
    <section>
      <h2>{t.classPage.needsHelp}</h2>
      {view.needs_help.length === 0 && <p>{t.classPage.nobody}</p>}
      <ol className="needs">
        {view.needs_help.map((need) => (
          <NeedCard
            key={`${need.student_id} ${need.kind} ${need.skill_id ?? ""}`}
            need={need}
            view={view}
            showInMap={showInMap}
          />
        ))}
      </ol>
    </section>
  );
}
