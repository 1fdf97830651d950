// A tiny school to test pages against, and a server of it that answers `fetch`.
import { vi } from "vitest";

import type {
  AnswerReply,
  AnswerRequest,
  ClassView,
  Course,
  FeedbackRequest,
  Item,
  ItemExplanation,
  Plan,
  Recommendation,
  Skill,
  Student,
  TestRequest,
  TestStep,
  Text,
  WhatIf,
} from "../api/types";

export const text = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

export const kCourse: Course = {
  id: "school-math",
  name: text("School mathematics", "中小学数学"),
  skills: 2,
  items: 8,
  students: 3,
  simulated: true,
  has_content: true,
};

export const kSkills: Skill[] = [
  { id: "add", name: text("Adding", "加法"), strand: text("Numbers", "数"), prerequisites: [] },
  { id: "sub", name: text("Subtracting", "减法"), strand: text("Numbers", "数"), prerequisites: ["add"] },
];

export const kStudents: Student[] = [
  { id: "s1", display_name: "Lin", simulated: false, answers: 3 },
  { id: "c1", display_name: "Robot One", simulated: true, answers: 9 },
  { id: "c2", display_name: "Robot Two", simulated: true, answers: 9 },
];

export function recommendation(id: string, change: Partial<Recommendation["item"]> = {}): Recommendation {
  return {
    item: {
      id,
      variant: 1,
      title: text(`Sum ${id}`, `加法 ${id}`),
      skills: ["add"],
      content: {
        prompt: text(`What is ${id}?`, `${id} 等于几？`),
        answer_kind: "choice",
        choices: [
          { id: "a", text: text("five", "五") },
          { id: "b", text: text("six", "六") },
        ],
        hints: [text("Count on.", "接着数。"), text("Use your fingers.", "用手指数。")],
        math: false,
      },
      ...change,
    },
    p_correct: 0.7,
    p_low: null,
    p_high: null,
    reason: {
      code: "practice_zone",
      skill_id: "add",
      text: text("Within your reach.", "你够得着。"),
      p_mastery: 0.62,
      low: 0.5,
      high: 0.74,
      due_at: null,
      answers_on_skill: 4,
      evidence: [{ event_id: "e0", item_id: "1+1", correct: false, answered_at: "2026-01-01T00:00:00.000Z" }],
      counterfactual: text("Two right answers would move you on.", "再对两题就往前走。"),
      model: { name: "evidence", data_hash: "0123456789abcdef", version: "0a1b2c3d4e5f" },
    },
    resource: null,
  };
}

export function replyTo(answer: AnswerRequest, next: Recommendation | null): AnswerReply {
  const correct = answer.correct ?? answer.response === "a";
  return {
    event_id: answer.event_id,
    model_version: "0a1b2c3d4e5f",
    recorded: true,
    correct,
    feedback:
      answer.response === undefined
        ? null
        : {
            right_answer: text("five", "五"),
            explanation: text("Two and three are five.", "二加三等于五。"),
            misconception: correct
              ? null
              : {
                  id: "one_too_many",
                  name: text("Counts the start as well", "把起点也数了"),
                  advice: text("Begin after the first number.", "从第一个数的后面开始数。"),
                },
          },
    mastery: [
      {
        skill_id: "add",
        before: { p_mastery: 0.62, low: 0.5, high: 0.74 },
        after: { p_mastery: 0.7, low: 0.6, high: 0.8 },
      },
    ],
    next,
  };
}

export const kClass: ClassView = {
  course_id: "school-math",
  model_version: "0a1b2c3d4e5f",
  skills: kSkills.map(({ id, name }) => ({ id, name })),
  students: [
    { id: "s1", display_name: "Lin", simulated: false, answers: 3, last_answered_at: "2026-01-02T00:00:00.000Z", mastery: [0.9, null], evidence: [3, 0] },
    { id: "c1", display_name: "Robot 10", simulated: true, answers: 9, last_answered_at: null, mastery: [0.2, 0.6], evidence: [5, 4] },
    { id: "c2", display_name: "Robot 9", simulated: true, answers: 7, last_answered_at: "2026-01-01T00:00:00.000Z", mastery: [0.75, 0.3], evidence: [4, 3] },
  ],
  needs_help: [
    {
      student_id: "c1",
      kind: "struggling",
      skill_id: "add",
      reason: text("4 of 5 answers were wrong.", "5 次错了 4 次。"),
      evidence_count: 5,
      suggestion: text("Do one example together.", "一起做一道例题。"),
    },
    {
      student_id: "c2",
      kind: "rapid_guessing",
      skill_id: null,
      reason: text("3 answers took under a second.", "3 次作答不到一秒。"),
      evidence_count: 3,
      suggestion: text("Ask for the working.", "请学生写出过程。"),
    },
  ],
};

const kSupposed = (correct: boolean): WhatIf => ({
  answers: 1,
  correct,
  p_before: 0.7,
  p_after: correct ? 0.8 : 0.6,
  mastery: [
    {
      skill_id: "add",
      before: { p_mastery: 0.62, low: 0.5, high: 0.74 },
      after: { p_mastery: correct ? 0.7 : 0.55, low: 0.45, high: 0.8 },
      state: "learning",
    },
  ],
  next: { item_id: "3+4", title: text("Sum 3+4", "加法 3+4"), code: "practice_zone", text: text("Next.", "下一题。") },
});

export const kExplanation: ItemExplanation = {
  student_id: "s1",
  course_id: "school-math",
  model_version: "0a1b2c3d4e5f",
  simulated: true,
  item: { id: "2+3", title: text("Sum 2+3", "加法 2+3"), skills: ["add"] },
  recommended: "2+3",
  reason: recommendation("2+3").reason,
  prediction: {
    text: text("It is 70%.", "可能性为 70%。"),
    p_typical: 0.6,
    typical: 0.41,
    p_correct: 0.7,
    logit: 0.85,
    by_evidence: [],
    by_answer: [
      { piece: "item_difficulty", name: text("Nothing worth a bar", "不足道"), logit: 0.001 },
      { piece: "right_here", name: text("Right answers on this skill", "答对的题"), logit: 0.8 },
      { piece: "wrong_here", name: text("Wrong answers on this skill", "答错的题"), logit: -0.3 },
    ],
    telling: [],
  },
  if_right: kSupposed(true),
  if_wrong: kSupposed(false),
};

export const kPlan: Plan = {
  student_id: "s1",
  course_id: "school-math",
  model_version: "0a1b2c3d4e5f",
  simulated: true,
  goal_id: "sub",
  goal_name: text("Subtracting", "减法"),
  minutes: 30,
  answers: 3,
  mastery_at: 0.8,
  p_start: 0.4,
  p_end: 0.72,
  p_end_low: 0.6,
  p_end_high: 0.81,
  reached: false,
  minutes_planned: 29.5,
  minutes_needed: 41.2,
  fitted_on: 0,
  steps: ["add", "add", "sub"].map((skill, k) => ({
    skill_id: skill,
    skill_name: skill === "add" ? text("Adding", "加法") : text("Subtracting", "减法"),
    item_id: `i${k}`,
    item_title: text(`Item ${k}`, `题 ${k}`),
    p_correct: 0.6,
    minutes: 2,
    p_after: 0.61 + 0.05 * k,
    resource: null,
  })),
  without_items: [],
};

export function testStep(question: Item | null, asked: number): TestStep {
  return {
    course_id: "school-math",
    student_id: "s1",
    simulated: true,
    calibration: { students: 40, answers: 900 },
    question,
    report: {
      ability: { mean: 0.42, sd: 0.3, low: -0.07, high: 0.91 },
      stopped: question === null ? "precision" : "running",
      stopped_text: text("The result is precise enough.", "结果已足够精确。"),
      above_cut: null,
      skills: [
        { skill_id: "add", name: text("Adding", "加法"), asked, right: 1, p_correct: 0.71 },
        { skill_id: "sub", name: text("Subtracting", "减法"), asked: 0, right: 0, p_correct: 0.5 },
      ],
      items: Array.from({ length: asked }, (_, k) => ({ item_id: `i${k}`, correct: true, p_before: 0.6, ability: 0.3, sd: 0.6 })),
    },
  };
}

export type Answering = (answer: AnswerRequest) => AnswerReply | Response | Error;

export function refusal(status: number, message: string): Response {
  const problem = { type: "about:blank", title: "Refused", status, detail: message, code: "refused" };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

/** What the second step of the test `steps` asks, and so on: by the number of answers so far. */
export type TestSteps = readonly TestStep[];

/**
 * Stubs `fetch` with the tiny school. `answering` decides what becomes of each POST /v1/answers, `steps` what
 * POST /v1/tests says, and `more` holds further replies by path.
 */
export function serveSchool(
  recommendations: Recommendation[],
  answering: Answering,
  { steps = [], more = {} }: { steps?: TestSteps; more?: Record<string, unknown> } = {},
) {
  const answers: AnswerRequest[] = [];
  const said: FeedbackRequest[] = [];
  const targets: (number | null)[] = [];
  const replies: Record<string, unknown> = {
    "/v1/session": { mode: "open", account_id: null, role: null, display_name: null, student_id: null, expires_at: null, provider: null },
    "/v1/courses": { courses: [kCourse], next: null },
    "/v1/courses/school-math/skills": { skills: kSkills, next: null },
    "/v1/courses/school-math/students": { students: kStudents, next: null },
    "/v1/courses/school-math/items": { items: [{ id: "1+1", skills: ["add"], title: text("One and one", "一加一") }], next: null },
    "/v1/courses/school-math/class": kClass,
    "/v1/students/s1/recommendations": { recommendations },
    "/v1/students/s1/preferences": { student_id: "s1", course_id: "school-math", target: null, aimed_at: 0.78 },
    ...more,
  };
  const fetched = vi.fn((path: string, options?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(path, "http://school.test");
    if (pathname === "/v1/answers") {
      const answer = JSON.parse(options?.body as string) as AnswerRequest;
      answers.push(answer);
      const outcome = answering(answer);
      if (outcome instanceof Error) return Promise.reject(outcome);
      if (outcome instanceof Response) return Promise.resolve(outcome);
      return Promise.resolve(new Response(JSON.stringify(outcome)));
    }
    if (pathname === "/v1/feedback") {
      const feedback = JSON.parse(options?.body as string) as FeedbackRequest;
      said.push(feedback);
      const reply = { event_id: feedback.event_id, model_version: "0", recorded: true, target: 0.78, next: recommendation("9+9") };
      return Promise.resolve(new Response(JSON.stringify(reply)));
    }
    if (options?.method === "PUT") {
      const { target } = JSON.parse(options.body as string) as { target: number | null };
      targets.push(target);
      const set = { student_id: "s1", course_id: "school-math", target, aimed_at: target ?? 0.78 };
      return Promise.resolve(new Response(JSON.stringify(set)));
    }
    if (pathname === "/v1/tests") {
      const test = JSON.parse(options?.body as string) as TestRequest;
      const step = test.end ? steps.at(-1) : steps[test.answers?.length ?? 0];
      return Promise.resolve(step === undefined ? refusal(400, "no more") : new Response(JSON.stringify(step)));
    }
    if (options?.method === "POST") {
      const { display_name } = JSON.parse(options.body as string) as { display_name: string };
      const student: Student = { id: "new", display_name, simulated: false, answers: 0 };
      return Promise.resolve(new Response(JSON.stringify(student), { status: 201 }));
    }
    const reply = replies[pathname];
    return Promise.resolve(reply === undefined ? refusal(404, `no ${pathname}`) : new Response(JSON.stringify(reply)));
  });
  vi.stubGlobal("fetch", fetched);
  return { answers, said, targets, fetched };
}
