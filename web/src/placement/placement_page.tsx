// A placement test: a few questions, each chosen from the answers so far, and then where one stands.
import "../styles/practice.css";
import "../styles/path.css";

import { Link } from "wouter";

import { useSkills, useStudents } from "../api/queries";
import type { TestReport } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { Question } from "../practice/question";
import { Page } from "../shell/page";
import { paths } from "../shell/paths";
import { percent, signed } from "../text/format";
import { useSpeech } from "../text/language";
import { usePlacement } from "./use_placement";

interface Props {
  courseId: string;
  studentId: string;
}

function Report({ report, again, courseId, studentId }: Props & { report: TestReport; again: () => void }) {
  const { t, say } = useSpeech();
  const { ability } = report;
  const asked = report.skills.filter((skill) => skill.asked > 0);
  return (
    <section className="card" aria-labelledby="report-title">
      <h2 id="report-title">{t.placement.report}</h2>
      <p>{say(report.stopped_text)}</p>
      <p className="lead">{t.placement.ability(signed(ability.mean), signed(ability.low), signed(ability.high))}</p>
      <div className="table-box">
        <table>
          <caption>{t.placement.bySkill}</caption>
          <thead>
            <tr>
              <th scope="col">{t.practice.skill}</th>
              <th scope="col">{t.placement.asked}</th>
              <th scope="col">{t.placement.right}</th>
              <th scope="col">{t.placement.expected}</th>
            </tr>
          </thead>
          <tbody>
            {asked.map((skill) => (
              <tr key={skill.skill_id}>
                <th scope="row">{say(skill.name)}</th>
                <td className="number">{skill.asked}</td>
                <td className="number">{skill.right}</td>
                <td className="number">{percent(skill.p_correct)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="actions">
        <Link className="button button-main" href={paths.practice(courseId, studentId)}>
          {t.skills.practise}
        </Link>
        <button type="button" className="button" onClick={again}>
          {t.placement.again}
        </button>
      </p>
    </section>
  );
}

function Placement({ courseId, studentId }: Props) {
  const { t, say } = useSpeech();
  const skills = useSkills(courseId);
  const { sitting, step, busy, refusal, failure, submit, start, end, leave } = usePlacement(courseId, studentId);
  const nameOf = (skillId: string) => {
    const skill = skills.data?.find((each) => each.id === skillId);
    return skill ? say(skill.name) : skillId;
  };
  if (sitting === null) {
    return (
      <div className="card">
        <p>{t.placement.intro}</p>
        <button type="button" className="button button-main button-big" onClick={start}>
          {t.placement.start}
        </button>
      </div>
    );
  }
  if (step.isError) {
    return (
      <>
        <Failure error={step.error} retry={() => void step.refetch()} />
        <button type="button" className="button" onClick={leave}>
          {t.placement.leave}
        </button>
      </>
    );
  }
  if (!step.data) return <Loading />;
  const { question, report, calibration } = step.data;
  if (question === null) return <Report report={report} again={leave} courseId={courseId} studentId={studentId} />;
  return (
    <>
      <p role="status">{t.placement.progress(report.items.length + 1)}</p>
      {failure !== null && <Failure error={failure} />}
      <Question
        key={question.id}
        item={question}
        skillNames={question.skills.map(nameOf)}
        locked={busy}
        chosen={null}
        refusal={refusal}
        answer={(given) => void submit(question, given)}
      />
      <p className="actions">
        <button type="button" className="button" onClick={end}>
          {t.placement.end}
        </button>
        <span className="muted small">{t.placement.calibrated(calibration.students, calibration.answers)}</span>
      </p>
    </>
  );
}

export default function PlacementPage({ courseId, studentId }: Props) {
  const { t } = useSpeech();
  const students = useStudents(courseId);
  const simulated = students.data?.find((each) => each.id === studentId)?.simulated === true;
  return (
    <Page title={t.placement.title} courseId={courseId}>
      {simulated ? <p className="card">{t.practice.notAsSimulated}</p> : <Placement courseId={courseId} studentId={studentId} />}
    </Page>
  );
}
