// My skills: the course's skills by strand, each with its estimate, band, evidence and what it builds on;
// below, the mistakes book of this device.
import "../styles/mastery.css";

import { useState } from "react";
import { Link } from "wouter";

import { useMastery, useSkills, useStudents } from "../api/queries";
import type { MasteryState, Skill, SkillMastery } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { shownName, useIdentity } from "../shell/identity";
import { Page } from "../shell/page";
import { paths } from "../shell/paths";
import { useSpeech } from "../text/language";
import { MistakesBook } from "./mistakes_book";
import { SkillCard } from "./skill_card";
import { byStrand } from "./strands";

type Filter = MasteryState | "all";
const kFilters: readonly Filter[] = ["all", "mastered", "learning", "weak", "not_enough_evidence"];

interface MapProps {
  skills: Skill[];
  mastery: SkillMastery[];
}

function SkillMap({ skills, mastery }: MapProps) {
  const { t, say } = useSpeech();
  const [filter, setFilter] = useState<Filter>("all");
  const of = new Map(mastery.map((each) => [each.skill_id, each]));
  const stateOf = (skill: Skill): MasteryState => of.get(skill.id)?.state ?? "not_enough_evidence";
  const count = (wanted: Filter) =>
    wanted === "all" ? skills.length : skills.filter((skill) => stateOf(skill) === wanted).length;
  const shown = skills.filter((skill) => filter === "all" || stateOf(skill) === filter);
  const names = new Map(skills.map((skill) => [skill.id, say(skill.name)]));

  return (
    <>
      <p className="lead">{t.skills.summary(count("mastered"), skills.length)}</p>
      <p className="muted">{t.skills.intro}</p>
      <fieldset className="filter">
        <legend className="only-heard">{t.skills.filter}</legend>
        {kFilters.map((each) => (
          <label key={each} className="chip-choice">
            <input type="radio" name="filter" checked={filter === each} onChange={() => setFilter(each)} />
            <span>
              {each === "all" ? t.skills.filterAll : t.states[each]} ({count(each)})
            </span>
          </label>
        ))}
      </fieldset>
      {shown.length === 0 && <p className="muted">{t.skills.nothing}</p>}
      {byStrand(shown).map(({ strand, skills: members }) => (
        <section key={strand?.en ?? ""} className="strand">
          <h2>{strand ? say(strand) : t.skills.otherStrand}</h2>
          <ul className="skill-grid">
            {members.map((skill) => (
              <SkillCard key={skill.id} skill={skill} mastery={of.get(skill.id) ?? null} names={names} stateOf={(id) => of.get(id)?.state ?? "not_enough_evidence"} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface Props {
  courseId: string;
  studentId: string;
}

export default function MasteryPage({ courseId, studentId }: Props) {
  const { t } = useSpeech();
  const identity = useIdentity();
  const skills = useSkills(courseId);
  const mastery = useMastery(studentId, courseId);
  const students = useStudents(courseId);
  const student = students.data?.find((each) => each.id === studentId);
  const mine = identity?.student_id === studentId || student === undefined;
  const failed = [skills, mastery].find((query) => query.isError);

  return (
    <Page title={mine ? t.skills.title : t.skills.titleOf(shownName(student))} courseId={courseId}>
      {student?.simulated === true && <p className="tag">{t.simulated.tag}</p>}
      {failed ? (
        <Failure error={failed.error} retry={() => void failed.refetch()} />
      ) : skills.data && mastery.data ? (
        <>
          {student?.simulated !== true && (
            <p>
              <Link className="button button-main" href={paths.practice(courseId, studentId)}>
                {t.skills.practise}
              </Link>
            </p>
          )}
          <SkillMap skills={skills.data} mastery={mastery.data} />
          {student?.simulated !== true && <MistakesBook courseId={courseId} studentId={studentId} names={skills.data} />}
        </>
      ) : (
        <Loading />
      )}
    </Page>
  );
}
