// What the practice page is doing, as a pure state and its transitions. Recommendations wait in `queue`:
// the server's next one first, and behind it a few that were fetched ahead for a lost network.
import type { AnswerReply, AnswerRequest, Recommendation } from "../api/types";

export type Phase =
  | { kind: "loading" }
  | { kind: "empty" }
  | { kind: "asking"; refusal: string | null }
  | { kind: "sending"; answer: AnswerRequest }
  | { kind: "kept"; answer: AnswerRequest }
  | { kind: "answered"; answer: AnswerRequest; reply: AnswerReply };

export interface PracticeState {
  phase: Phase;
  current: Recommendation | null;
  queue: readonly Recommendation[];
}

export type PracticeAction =
  | { kind: "fetched"; recommendations: readonly Recommendation[] }
  | { kind: "submitted"; answer: AnswerRequest }
  | { kind: "delivered"; answer: AnswerRequest; reply: AnswerReply }
  | { kind: "kept"; answer: AnswerRequest }
  | { kind: "refused"; answer: AnswerRequest; message: string }
  | { kind: "replaced"; question: Recommendation; next: Recommendation | null }
  | { kind: "next" };

export const kStart: PracticeState = { phase: { kind: "loading" }, current: null, queue: [] };

/** A question is one item in one variant. */
export const questionId = (rec: Recommendation): string => `${rec.item.id}#${rec.item.variant}`;

/** The answer that the page waits for, if `answer` is it. */
function awaits(state: PracticeState, answer: AnswerRequest): boolean {
  const { phase } = state;
  return (
    (phase.kind === "sending" || phase.kind === "kept") && phase.answer.event_id === answer.event_id
  );
}

function withoutCurrent(queue: readonly Recommendation[], current: Recommendation | null) {
  if (current === null) return queue;
  return queue.filter((rec) => questionId(rec) !== questionId(current));
}

function advanced(state: PracticeState): PracticeState {
  const [current, ...queue] = withoutCurrent(state.queue, state.current);
  if (current === undefined) return { phase: { kind: "loading" }, current: null, queue: [] };
  return { phase: { kind: "asking", refusal: null }, current, queue };
}

export function practise(state: PracticeState, action: PracticeAction): PracticeState {
  switch (action.kind) {
    case "fetched": {
      const queue = withoutCurrent(action.recommendations, state.current);
      if (state.phase.kind !== "loading" && state.phase.kind !== "empty") return { ...state, queue };
      if (queue.length === 0) return { ...state, phase: { kind: "empty" } };
      return advanced({ ...state, queue });
    }
    case "submitted":
      return { ...state, phase: { kind: "sending", answer: action.answer } };
    case "delivered": {
      if (!awaits(state, action.answer)) return state;
      const next = action.reply.next;
      const reserve = state.queue.filter((rec) => next === null || questionId(rec) !== questionId(next));
      return {
        ...state,
        queue: next === null ? [] : [next, ...reserve],
        phase: { kind: "answered", answer: action.answer, reply: action.reply },
      };
    }
    case "kept":
      if (!awaits(state, action.answer)) return state;
      return { ...state, phase: { kind: "kept", answer: action.answer } };
    case "refused":
      if (!awaits(state, action.answer)) return state;
      return { ...state, phase: { kind: "asking", refusal: action.message } };
    case "replaced": {
      // What was fetched ahead was chosen before the student said so: it is asked for anew.
      if (state.phase.kind !== "asking" || state.current === null) return state;
      if (questionId(state.current) !== questionId(action.question)) return state;
      if (action.next === null) return { phase: { kind: "loading" }, current: null, queue: [] };
      return { phase: { kind: "asking", refusal: null }, current: action.next, queue: [] };
    }
    case "next":
      return advanced(state);
  }
}
