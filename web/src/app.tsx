// The routes. The first page comes with the app; the others, and KaTeX, are fetched when visited.
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link, Route, Switch } from "wouter";

import { ApiError } from "./api/client";
import { CoursesPage } from "./courses/courses_page";
import { Guard, Loading } from "./parts/page_state";
import { mustSignIn, useSession } from "./people/session";
import { SignInPage } from "./people/sign_in_page";
import { Header } from "./shell/header";
import { Page } from "./shell/page";
import { decoded, paths } from "./shell/paths";
import { LanguageProvider, useSpeech } from "./text/language";

const PracticePage = lazy(() => import("./practice/practice_page"));
const MasteryPage = lazy(() => import("./mastery/mastery_page"));
const PathPage = lazy(() => import("./path/path_page"));
const ReviewPage = lazy(() => import("./review/review_page"));
const PlacementPage = lazy(() => import("./placement/placement_page"));
const ClassPage = lazy(() => import("./class/class_page"));
const MonitorPage = lazy(() => import("./monitor/monitor_page"));

const queries: QueryClient = new QueryClient({
  // A session that has ended meanwhile leads back to the door.
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiError && error.status === 401) void queries.invalidateQueries({ queryKey: ["session"] });
    },
  }),
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only an unreachable server is worth asking again by itself.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      staleTime: 5_000,
    },
  },
});

function NotFound() {
  const { t } = useSpeech();
  return (
    <Page title={t.notFoundTitle}>
      <Link href={paths.start}>{t.notFoundLink}</Link>
    </Page>
  );
}

/** The pages, behind the door where the server has one. */
function Pages() {
  const { t } = useSpeech();
  const session = useSession();
  if (session.isPending) return <Loading />;
  if (mustSignIn(session.data)) return <SignInPage />;
  return (
    <>
      {session.data?.mode === "open" && (
        <aside className="open-banner" aria-label={t.signIn.title}>
          {t.signIn.open}
        </aside>
      )}
      <Switch>
        <Route path="/" component={CoursesPage} />
        <Route path="/courses/:courseId/students/:studentId/practice">
          {({ courseId, studentId }) => (
            <PracticePage
              key={`${courseId} ${studentId}`}
              courseId={decoded(courseId)}
              studentId={decoded(studentId)}
            />
          )}
        </Route>
        <Route path="/courses/:courseId/students/:studentId/skills">
          {({ courseId, studentId }) => (
            <MasteryPage
              courseId={decoded(courseId)}
              studentId={decoded(studentId)}
            />
          )}
        </Route>
        <Route path="/courses/:courseId/students/:studentId/path">
          {({ courseId, studentId }) => <PathPage courseId={decoded(courseId)} studentId={decoded(studentId)} />}
        </Route>
        <Route path="/courses/:courseId/students/:studentId/review">
          {({ courseId, studentId }) => <ReviewPage courseId={decoded(courseId)} studentId={decoded(studentId)} />}
        </Route>
        <Route path="/courses/:courseId/students/:studentId/test">
          {({ courseId, studentId }) => (
            <PlacementPage
              key={`${courseId} ${studentId}`}
              courseId={decoded(courseId)}
              studentId={decoded(studentId)}
            />
          )}
        </Route>
        <Route path="/courses/:courseId/class">
          {({ courseId }) => <ClassPage courseId={decoded(courseId)} />}
        </Route>
        <Route path="/courses/:courseId/monitor">
          {({ courseId }) => <MonitorPage courseId={decoded(courseId)} />}
        </Route>
        <Route component={NotFound} />
      </Switch>
    </>
  );
}

function Shell() {
  const { t } = useSpeech();
  return (
    <>
      <a className="skip-link" href="#content">
        {t.skipToContent}
      </a>
      <Header />
      <Guard>
        <Suspense fallback={<Loading />}>
          <Pages />
        </Suspense>
      </Guard>
    </>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <Shell />
      </LanguageProvider>
    </QueryClientProvider>
  );
}
