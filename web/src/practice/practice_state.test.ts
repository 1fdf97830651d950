import { describe, expect, it } from "vitest";

import type { AnswerRequest } from "../api/types";
import { recommendation, replyTo } from "../testing/school";
import { kStart, practise, type PracticeAction, type PracticeState } from "./practice_state";

const answer: AnswerRequest = { event_id: "e1", course_id: "c", student_id: "s1", item_id: "A", response: "a" };
const [A, B, C] = [recommendation("A"), recommendation("B"), recommendation("C")];

const after = (...actions: PracticeAction[]): PracticeState => actions.reduce(practise, kStart);
const fetched: PracticeAction = { kind: "fetched", recommendations: [A, B] };
const submitted: PracticeAction = { kind: "submitted", answer };

describe("practise", () => {
  it("asks the first recommendation and keeps the rest in reserve", () => {
    const state = after(fetched);
    expect(state.phase).toEqual({ kind: "asking", refusal: null });
    expect(state.current).toBe(A);
    expect(state.queue).toEqual([B]);
  });

  it("says so when there is nothing to recommend", () => {
    expect(after({ kind: "fetched", recommendations: [] }).phase.kind).toBe("empty");
  });

  it("goes on to what the server says next, not to the reserve", () => {
    const state = after(fetched, submitted, { kind: "delivered", answer, reply: replyTo(answer, C) }, { kind: "next" });
    expect(state.current).toBe(C);
    expect(state.queue).toEqual([B]);
  });

  it("goes on to the reserve when the server is away", () => {
    const state = after(fetched, submitted, { kind: "kept", answer }, { kind: "next" });
    expect(state.current).toBe(B);
  });

  it("shows the feedback of a kept answer when it arrives while its question is still there", () => {
    const reply = replyTo(answer, C);
    const state = after(fetched, submitted, { kind: "kept", answer }, { kind: "delivered", answer, reply });
    expect(state.phase).toEqual({ kind: "answered", answer, reply });
  });

  it("is not disturbed by an old answer that arrives during the next question", () => {
    const moved = after(fetched, submitted, { kind: "kept", answer }, { kind: "next" });
    expect(practise(moved, { kind: "delivered", answer, reply: replyTo(answer, C) })).toBe(moved);
  });

  it("lets the student try again after a refusal, on the same question", () => {
    const state = after(fetched, submitted, { kind: "refused", answer, message: "no number" });
    expect(state.phase).toEqual({ kind: "asking", refusal: "no number" });
    expect(state.current).toBe(A);
  });

  it("never shows the same question twice in a row from the reserve", () => {
    const state = after(fetched, { kind: "fetched", recommendations: [A, B] });
    expect(state.queue).toEqual([B]);
  });

  it("loads when the reserve is used up", () => {
    const state = after({ kind: "fetched", recommendations: [A] }, submitted, { kind: "kept", answer }, { kind: "next" });
    expect(state.phase.kind).toBe("loading");
    expect(state.current).toBeNull();
  });
});
