// The frame of one page: its title (in the tab too) and, for simulated courses, the plain label.
import { useEffect, type ReactNode } from "react";

import { useCourses } from "../api/queries";
import { useSpeech } from "../text/language";

interface Props {
  title: string;
  courseId?: string;
  wide?: boolean;
  withCourseName?: boolean;
  children: ReactNode;
}

export function Page({ title, courseId, wide = false, withCourseName = true, children }: Props) {
  const { t, say } = useSpeech();
  const courses = useCourses();
  const course = courses.data?.find((each) => each.id === courseId);

  useEffect(() => {
    document.title = `${title} · ${t.appName}`;
  }, [title, t]);

  return (
    <>
      {course?.simulated === true && (
        <aside className="simulated-banner" aria-label={t.simulated.tag}>
          {t.simulated.banner}
        </aside>
      )}
      <main id="content" className={wide ? "page page-wide" : "page"} tabIndex={-1}>
        <div className="page-head">
          <h1>{title}</h1>
          {course && withCourseName && <p className="muted">{say(course.name)}</p>}
        </div>
        {children}
      </main>
    </>
  );
}
