// The one place that talks to the server. A failure is an ApiError (the server's refusal, with its words)
// or an Unreachable (no usable reply: offline, too slow, or the server is restarting), never anything else.
import type {
  AnswerReply,
  AnswerRequest,
  ClassView,
  Course,
  FeedbackReply,
  FeedbackRequest,
  Health,
  ItemExplanation,
  ItemTitle,
  Monitor,
  Preferences,
  Plan,
  Problem,
  Recommendation,
  ReviewQueue,
  Session,
  Skill,
  SkillMastery,
  Student,
  TestRequest,
  TestStep,
} from "./types";

export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly status: number,
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

export class Unreachable extends Error {
  override name = "Unreachable";
}

/** A slow school network may need this long; past it the request counts as not arrived. */
const kTimeoutMs = 12_000;

async function errorOf(reply: Response): Promise<Error> {
  const body: unknown = await reply.json().catch(() => null);
  const problem = body as Partial<Problem> | null;
  const message = problem?.detail ?? `HTTP ${reply.status}`;
  // A proxy's 502–504 and the server's own "unavailable" mean "try again", as being offline does.
  if (reply.status >= 502 && reply.status <= 504) return new Unreachable(message);
  return new ApiError(reply.status, problem?.code ?? "internal", message);
}

/** GET `path`, POST `body` to it, or do `method`, and decode the JSON reply. */
async function request<T>(path: string, body?: unknown, method?: "POST" | "PUT" | "DELETE"): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), kTimeoutMs);
  try {
    const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
    const options: RequestInit = { signal: stop.signal, headers };
    if (method !== undefined || body !== undefined) {
      options.method = method ?? "POST";
      // A page of another origin cannot set this field, so it cannot ask in a visitor's name.
      headers["X-Meno-Request"] = "1";
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    const reply = await fetch(path, options);
    if (!reply.ok) throw await errorOf(reply);
    return (await reply.json()) as T;
  } catch (error) {
    if (error instanceof ApiError || error instanceof Unreachable) throw error;
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** All rows of the listing at `path`, page after page; they are its `member`. */
async function listed<Row>(path: string, member: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const asked: string =
      cursor === null ? path : `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
    const page: Record<string, unknown> = await request(asked);
    rows.push(...(page[member] as Row[]));
    cursor = (page.next as string | null | undefined) ?? null;
  } while (cursor !== null);
  return rows;
}

const inCourse = (courseId: string) => `/v1/courses/${encodeURIComponent(courseId)}`;
const ofStudent = (studentId: string) => `/v1/students/${encodeURIComponent(studentId)}`;
const asked = (courseId: string) => `course_id=${encodeURIComponent(courseId)}`;

/** Where the server tells what happens in a course as it happens. */
export const eventsPath = (courseId: string) => `${inCourse(courseId)}/events`;

export const api = {
  session: () => request<Session>("/v1/session"),
  signIn: (account: string, password: string) =>
    request<Session>("/v1/session", { account_id: account, password }),
  signOut: () => request<Session>("/v1/session", undefined, "DELETE"),
  health: () => request<Health>("/v1/health"),
  courses: () => listed<Course>("/v1/courses", "courses"),
  skills: (courseId: string) => listed<Skill>(`${inCourse(courseId)}/skills`, "skills"),
  items: (courseId: string, skillId: string) =>
    listed<ItemTitle>(
      `${inCourse(courseId)}/items?skill=${encodeURIComponent(skillId)}`,
      "items",
    ),
  students: (courseId: string) =>
    listed<Student>(`${inCourse(courseId)}/students`, "students"),
  createStudent: (courseId: string, displayName: string) =>
    request<Student>(`${inCourse(courseId)}/students`, { display_name: displayName }),
  mastery: async (studentId: string, courseId: string) =>
    (
      await request<{ skills: SkillMastery[] }>(
        `${ofStudent(studentId)}/mastery?${asked(courseId)}`,
      )
    ).skills,
  /** `target`: what if so many per cent were aimed at. */
  recommendations: async (studentId: string, courseId: string, count: number, target?: number) =>
    (
      await request<{ recommendations: Recommendation[] }>(
        `${ofStudent(studentId)}/recommendations?${asked(courseId)}&count=${count}` +
          (target === undefined ? "" : `&target=${target}`),
      )
    ).recommendations,
  feedback: (feedback: FeedbackRequest) => request<FeedbackReply>("/v1/feedback", feedback),
  preferences: (studentId: string, courseId: string) =>
    request<Preferences>(`${ofStudent(studentId)}/preferences?${asked(courseId)}`),
  setPreferences: (studentId: string, courseId: string, target: number | null) =>
    request<Preferences>(`${ofStudent(studentId)}/preferences?${asked(courseId)}`, { target }, "PUT"),
  answer: (answer: AnswerRequest) => request<AnswerReply>("/v1/answers", answer),
  /** For tests, which choose their own next question. */
  testAnswer: (answer: AnswerRequest) => request<AnswerReply>("/v1/answers?next=none", answer),
  explanation: (studentId: string, courseId: string, itemId: string) =>
    request<ItemExplanation>(
      `${ofStudent(studentId)}/explanations?${asked(courseId)}&item_id=${encodeURIComponent(itemId)}`,
    ),
  plan: (studentId: string, courseId: string, goal: string, minutes: number) =>
    request<Plan>(
      `${ofStudent(studentId)}/plan?${asked(courseId)}&goal=${encodeURIComponent(goal)}&minutes=${minutes}`,
    ),
  reviews: (studentId: string, courseId: string) =>
    request<ReviewQueue>(`${ofStudent(studentId)}/reviews?${asked(courseId)}`),
  testStep: (test: TestRequest) => request<TestStep>("/v1/tests", test),
  monitor: (courseId: string) => request<Monitor>(`${inCourse(courseId)}/monitor`),
  classView: (courseId: string) => request<ClassView>(`${inCourse(courseId)}/class`),
};
