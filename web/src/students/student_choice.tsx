// "Who are you?": continue, join with a new name, or find yourself. Simulated classmates are counted and
// labelled, and cannot be chosen.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type SyntheticEvent } from "react";
import { useLocation } from "wouter";

import { api } from "../api/client";
import { keys, useStudents } from "../api/queries";
import type { Student } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { rememberIdentity, useIdentity } from "../shell/identity";
import { paths } from "../shell/paths";
import { useSpeech } from "../text/language";

const kLongestName = 40;
const kShown = 12;

/** The name without outer blanks, or null if it is empty or too long to be one. */
export function validName(typed: string): string | null {
  const name = typed.trim().replace(/\s+/g, " ");
  return name.length >= 1 && Array.from(name).length <= kLongestName ? name : null;
}

function NewStudent({ courseId, enter }: { courseId: string; enter: (studentId: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const queries = useQueryClient();
  const [typed, type] = useState("");
  const [refused, refuse] = useState(false);
  const creation = useMutation({
    mutationFn: (name: string) => api.createStudent(courseId, name),
    onSuccess: async (student) => {
      await queries.invalidateQueries({ queryKey: keys.students(courseId) });
      void queries.invalidateQueries({ queryKey: keys.courses() });
      enter(student.id);
    },
  });

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const name = validName(typed);
    refuse(name === null);
    if (name !== null && !creation.isPending) creation.mutate(name);
  };

  return (
    <form onSubmit={submit} noValidate>
      <h2>{t.welcome.newStudent}</h2>
      <div className="field-row">
        <label className="field" htmlFor={id}>
          <span>{t.welcome.yourName}</span>
          <input
            id={id}
            value={typed}
            autoComplete="off"
            aria-invalid={refused}
            aria-describedby={refused ? `${id}-error` : undefined}
            onChange={(event) => type(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-main" aria-disabled={creation.isPending}>
          {creation.isPending ? t.welcome.creating : t.welcome.create}
        </button>
      </div>
      {refused && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {t.welcome.nameNeeded}
        </p>
      )}
      {creation.isError && <Failure error={creation.error} />}
    </form>
  );
}

function KnownStudents({ students, enter }: { students: Student[]; enter: (studentId: string) => void }) {
  const { t } = useSpeech();
  const [sought, seek] = useState("");
  const key = sought.trim().toLocaleLowerCase();
  const matches = students.filter((student) => student.display_name.toLocaleLowerCase().includes(key));
  const shown = matches.slice(0, kShown);

  return (
    <section>
      <h2>{t.welcome.existing}</h2>
      {students.length === 0 && <p className="muted">{t.welcome.noneYet}</p>}
      {students.length > kShown && (
        <label className="field">
          <span>{t.welcome.findStudent}</span>
          <input type="search" value={sought} onChange={(event) => seek(event.target.value)} />
        </label>
      )}
      <ul className="people">
        {shown.map((student) => (
          <li key={student.id}>
            <button type="button" className="person" onClick={() => enter(student.id)}>
              <strong>{student.display_name}</strong>
              <span className="muted">{t.welcome.answersSoFar(student.answers)}</span>
            </button>
          </li>
        ))}
      </ul>
      {key !== "" && matches.length === 0 && <p className="muted">{t.welcome.noMatch}</p>}
      {matches.length > kShown && (
        <p className="muted">{t.welcome.moreMatches(matches.length - kShown)}</p>
      )}
    </section>
  );
}

export function StudentChoice({ courseId }: { courseId: string }) {
  const { t } = useSpeech();
  const identity = useIdentity();
  const [, go] = useLocation();
  const students = useStudents(courseId);

  const enter = (studentId: string) => {
    rememberIdentity({ course_id: courseId, student_id: studentId });
    go(paths.practice(courseId, studentId));
  };

  const real = students.data?.filter((student) => !student.simulated) ?? [];
  const simulated = (students.data?.length ?? 0) - real.length;
  const me = real.find((each) => identity?.course_id === courseId && each.id === identity.student_id);

  return (
    <fieldset className="card">
      <legend>{t.welcome.chooseStudent}</legend>
      {students.isPending && <Loading />}
      {students.isError && <Failure error={students.error} retry={() => void students.refetch()} />}
      {students.data && (
        <>
          {me && (
            <p>
              <button type="button" className="button button-main" onClick={() => enter(me.id)}>
                {t.welcome.continueAs(me.display_name)}
              </button>{" "}
              <button type="button" className="button" onClick={() => rememberIdentity(null)}>
                {t.welcome.notYou}
              </button>
            </p>
          )}
          <NewStudent courseId={courseId} enter={enter} />
          <KnownStudents students={real} enter={enter} />
          {simulated > 0 && (
            <p className="muted">
              <span className="tag">{t.simulated.tag}</span> {t.welcome.classmates(simulated)}
            </p>
          )}
        </>
      )}
    </fieldset>
  );
}
