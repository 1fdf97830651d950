// The first page: language, course, and who you are. Each choice is a plain control, and nothing is
// asked of someone who has been here before.
import { useState } from "react";
import { Link } from "wouter";

import { useCourses } from "../api/queries";
import type { Course } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { mayTeach, useSession } from "../people/session";
import { useIdentity } from "../shell/identity";
import { Page } from "../shell/page";
import { paths } from "../shell/paths";
import { StudentChoice } from "../students/student_choice";
import { kCatalogues, kLanguages, useSpeech } from "../text/language";

function LanguageChoice() {
  const { t, language, setLanguage } = useSpeech();
  return (
    <fieldset className="card">
      <legend>{t.welcome.chooseLanguage}</legend>
      <div className="choice-row">
        {kLanguages.map((each) => (
          <label key={each} className="choice" lang={each}>
            <input
              type="radio"
              name="language"
              checked={language === each}
              onChange={() => setLanguage(each)}
            />
            <span>{kCatalogues[each].languageName}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface CourseChoiceProps {
  courses: Course[];
  chosen: Course | undefined;
  choose: (courseId: string) => void;
}

function CourseChoice({ courses, chosen, choose }: CourseChoiceProps) {
  const { t, say } = useSpeech();
  const session = useSession();
  return (
    <fieldset className="card">
      <legend>{t.welcome.chooseCourse}</legend>
      {courses.length === 0 && <p>{t.welcome.noCourses}</p>}
      <div className="choice-column">
        {courses.map((course) => (
          <label key={course.id} className="choice">
            <input
              type="radio"
              name="course"
              checked={chosen?.id === course.id}
              onChange={() => choose(course.id)}
            />
            <span>
              <strong>{say(course.name)}</strong>{" "}
              {course.simulated && <span className="tag">{t.simulated.tag}</span>}
              <span className="choice-note">
                {t.welcome.courseFacts(course.skills, course.items, course.students)}
                {!course.has_content && <> · {t.welcome.noContent}</>}
              </span>
            </span>
          </label>
        ))}
      </div>
      {chosen && mayTeach(session.data) && (
        <p className="teacher-line">
          {t.welcome.teacher}:{" "}
          <Link href={paths.classPage(chosen.id)}>{t.welcome.openClass}</Link>
        </p>
      )}
    </fieldset>
  );
}

/** Where nobody is asked to sign in, whoever says a name; else the student who is signed in. */
function WhoPractises({ courseId }: { courseId: string }) {
  const { t } = useSpeech();
  const session = useSession().data;
  if (session?.mode === "open") return <StudentChoice courseId={courseId} />;
  const me = session?.student_id ?? null;
  if (me === null) return null;
  return (
    <p>
      <Link href={paths.practice(courseId, me)} className="button button-main">
        {t.welcome.continueAs(session?.display_name ?? me)}
      </Link>
    </p>
  );
}

export function CoursesPage() {
  const { t } = useSpeech();
  const identity = useIdentity();
  const courses = useCourses();
  const [picked, pick] = useState<string | null>(null);

  const wanted = picked ?? identity?.course_id ?? courses.data?.[0]?.id;
  const chosen = courses.data?.find((course) => course.id === wanted) ?? courses.data?.[0];

  return (
    <Page title={t.welcome.title} {...(chosen ? { courseId: chosen.id } : {})} withCourseName={false}>
      <p className="lead">{t.welcome.intro}</p>
      <LanguageChoice />
      {courses.isPending && <Loading />}
      {courses.isError && <Failure error={courses.error} retry={() => void courses.refetch()} />}
      {courses.data && <CourseChoice courses={courses.data} chosen={chosen} choose={pick} />}
      {chosen && <WhoPractises key={chosen.id} courseId={chosen.id} />}
    </Page>
  );
}
