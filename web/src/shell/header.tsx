// The top of every page: where one can go, and the language and appearance switches.
import { Link, useLocation } from "wouter";

import { kCatalogues, kLanguages, isLanguage, useSpeech } from "../text/language";
import { mayTeach, useSession, useSignOut } from "../people/session";
import { useIdentity } from "./identity";
import { decoded, paths } from "./paths";
import { kThemes, useTheme, type Theme } from "./theme";

interface Place {
  courseId: string | null;
  studentId: string | null;
}

/** The course and student of the address, else those remembered on this device. */
function usePlace(): Place {
  const [location] = useLocation();
  const identity = useIdentity();
  const match = /^\/courses\/([^/]+)(?:\/students\/([^/]+))?/.exec(location);
  const courseId = match?.[1] === undefined ? null : decoded(match[1]);
  if (courseId === null) {
    return { courseId: identity?.course_id ?? null, studentId: identity?.student_id ?? null };
  }
  if (match?.[2] !== undefined) return { courseId, studentId: decoded(match[2]) };
  return { courseId, studentId: identity?.course_id === courseId ? identity.student_id : null };
}

function NavLink({ to, children }: { to: string; children: string }) {
  const [location] = useLocation();
  const here = decoded(location) === decoded(to);
  return (
    <Link href={to} className="nav-link" aria-current={here ? "page" : undefined}>
      {children}
    </Link>
  );
}

function Settings() {
  const { t, language, setLanguage } = useSpeech();
  const [theme, setTheme] = useTheme();
  const themeNames: Record<Theme, string> = {
    auto: t.settings.themeAuto,
    light: t.settings.themeLight,
    dark: t.settings.themeDark,
  };
  return (
    <div className="settings">
      <select
        aria-label={t.settings.language}
        value={language}
        onChange={(event) => {
          if (isLanguage(event.target.value)) setLanguage(event.target.value);
        }}
      >
        {kLanguages.map((each) => (
          <option key={each} value={each} lang={each}>
            {kCatalogues[each].languageName}
          </option>
        ))}
      </select>
      <select
        aria-label={t.settings.theme}
        value={theme}
        onChange={(event) => setTheme(event.target.value as Theme)}
      >
        {kThemes.map((each) => (
          <option key={each} value={each}>
            {themeNames[each]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Whose session it is, and the way out of it. */
function Account() {
  const { t } = useSpeech();
  const session = useSession();
  const signOut = useSignOut();
  const name = session.data?.display_name ?? null;
  if (name === null) return null;
  return (
    <div className="account">
      <span>{name}</span>
      <button type="button" className="button" onClick={() => signOut.mutate()}>
        {t.signIn.out}
      </button>
    </div>
  );
}

export function Header() {
  const { t } = useSpeech();
  const session = useSession();
  const { courseId, studentId } = usePlace();
  return (
    <header className="header">
      <Link href={paths.start} className="brand">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        {t.appName}
      </Link>
      <nav className="nav" aria-label={t.nav.label}>
        <NavLink to={paths.start}>{t.nav.start}</NavLink>
        {courseId !== null && studentId !== null && (
          <>
            <NavLink to={paths.practice(courseId, studentId)}>{t.nav.practice}</NavLink>
            <NavLink to={paths.skills(courseId, studentId)}>{t.nav.skills}</NavLink>
            <NavLink to={paths.path(courseId, studentId)}>{t.nav.path}</NavLink>
            <NavLink to={paths.review(courseId, studentId)}>{t.nav.review}</NavLink>
            <NavLink to={paths.test(courseId, studentId)}>{t.nav.test}</NavLink>
          </>
        )}
        {courseId !== null && mayTeach(session.data) && (
          <>
            <NavLink to={paths.classPage(courseId)}>{t.nav.classPage}</NavLink>
            <NavLink to={paths.monitor(courseId)}>{t.nav.monitor}</NavLink>
          </>
        )}
      </nav>
      <Account />
      <Settings />
    </header>
  );
}
