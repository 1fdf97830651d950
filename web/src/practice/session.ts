// The marks of this sitting: one per answer, in order. They outlive a reload but not the tab.
import type { AnswerRequest } from "../api/types";

export type Outcome = "right" | "wrong" | "kept";

export interface SessionMark {
  event_id: string;
  outcome: Outcome;
}

const key = (courseId: string, studentId: string) => `meno.session ${courseId} ${studentId}`;

export function readSession(courseId: string, studentId: string): SessionMark[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key(courseId, studentId)) ?? "[]");
    return Array.isArray(value) ? (value as SessionMark[]) : [];
  } catch {
    return [];
  }
}

export function writeSession(courseId: string, studentId: string, marks: readonly SessionMark[]): void {
  try {
    sessionStorage.setItem(key(courseId, studentId), JSON.stringify(marks));
  } catch {
    // The count is then lost with a reload; the answers are not.
  }
}

/** `marks` with the outcome of `answer` set: a kept answer turns right or wrong when it arrives. */
export function marked(
  marks: readonly SessionMark[],
  answer: Pick<AnswerRequest, "event_id">,
  outcome: Outcome,
): SessionMark[] {
  const mark = { event_id: answer.event_id, outcome };
  if (!marks.some((each) => each.event_id === answer.event_id)) return [...marks, mark];
  return marks.map((each) => (each.event_id === answer.event_id ? mark : each));
}
