// The practice page's doings: fetch ahead, send answers through the outbox, keep the count and the
// mistakes book. The page itself only draws.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";

import { api } from "../api/client";
import { keys } from "../api/queries";
import type { AnswerRequest, Recommendation } from "../api/types";
import { newEventId } from "./event_id";
import { addMistake, responseText } from "./mistakes";
import type { Delivery } from "./outbox";
import { kStart, practise } from "./practice_state";
import { marked, readSession, writeSession, type Outcome } from "./session";
import { outbox } from "./use_outbox";

/** How many recommendations are fetched ahead, so that a lost network does not stop the practice. */
const kAhead = 4;

export interface Given {
  response?: string;
  correct?: boolean;
  hintsUsed: number;
}

/** The question an answer belongs to: it may be delivered after the page has moved on. */
const questions = new Map<string, Recommendation>();

function noteMistake(answer: AnswerRequest, delivery: Delivery): void {
  const question = questions.get(answer.event_id);
  if (question === undefined || delivery.kind !== "delivered") return;
  questions.delete(answer.event_id);
  const { reply } = delivery;
  if (reply.correct || reply.feedback === null || !question.item.content) return;
  addMistake(answer.course_id, answer.student_id, {
    event_id: answer.event_id,
    at: answer.answered_at ?? new Date().toISOString(),
    skills: question.item.skills,
    prompt: question.item.content.prompt,
    response: responseText(question, answer.response ?? ""),
    feedback: reply.feedback,
  });
}

outbox.onSettled(noteMistake);

function useSessionMarks(courseId: string, studentId: string) {
  const [marks, setMarks] = useState(() => readSession(courseId, studentId));
  useEffect(() => writeSession(courseId, studentId, marks), [courseId, studentId, marks]);
  const mark = useCallback(
    (answer: AnswerRequest, outcome: Outcome) => setMarks((all) => marked(all, answer, outcome)),
    [],
  );
  return { marks, mark, startAgain: () => setMarks([]) };
}

export function usePractice(courseId: string, studentId: string) {
  const queries = useQueryClient();
  const [state, act] = useReducer(practise, kStart);
  const { marks, mark, startAgain } = useSessionMarks(courseId, studentId);
  const shownAt = useRef(performance.now());

  const ahead = useQuery({
    queryKey: ["recommendations", courseId, studentId],
    queryFn: () => api.recommendations(studentId, courseId, kAhead),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const { refetch } = ahead;

  useEffect(() => {
    if (ahead.data) act({ kind: "fetched", recommendations: ahead.data });
  }, [ahead.data, ahead.dataUpdatedAt]);

  // Out of questions: ask again. While the server is away, the outbox's next success asks as well.
  const waiting = state.phase.kind === "loading";
  const starved = waiting && ahead.isFetched && !ahead.isFetching && !ahead.isError;
  useEffect(() => {
    if (starved) void refetch();
  }, [starved, refetch]);

  const { current } = state;
  useEffect(() => {
    if (current !== null) shownAt.current = performance.now();
  }, [current]);

  useEffect(
    () =>
      outbox.onSettled((answer, delivery) => {
        if (answer.course_id !== courseId || answer.student_id !== studentId) return;
        if (delivery.kind === "delivered") {
          mark(answer, delivery.reply.correct ? "right" : "wrong");
          act({ kind: "delivered", answer, reply: delivery.reply });
          void queries.invalidateQueries({ queryKey: keys.mastery(studentId, courseId) });
          void queries.invalidateQueries({ queryKey: keys.classView(courseId) });
          void queries.invalidateQueries({ queryKey: keys.plans(studentId, courseId) });
          void queries.invalidateQueries({ queryKey: keys.reviews(studentId, courseId) });
          if (waiting) void refetch();
        }
      }),
    [courseId, studentId, mark, queries, waiting, refetch],
  );

  const submit = async (question: Recommendation, given: Given) => {
    const answer: AnswerRequest = {
      event_id: newEventId(),
      course_id: courseId,
      student_id: studentId,
      item_id: question.item.id,
      variant: question.item.variant,
      ...(given.response === undefined ? {} : { response: given.response }),
      ...(given.correct === undefined ? {} : { correct: given.correct }),
      answered_at: new Date().toISOString(),
      response_ms: Math.round(performance.now() - shownAt.current),
      hints_used: given.hintsUsed,
    };
    questions.set(answer.event_id, question);
    act({ kind: "submitted", answer });
    const delivery = await outbox.submit(answer);
    if (delivery.kind === "kept") {
      mark(answer, "kept");
      act({ kind: "kept", answer });
    } else if (delivery.kind === "refused") {
      act({ kind: "refused", answer, message: delivery.message });
    }
  };

  return {
    state,
    marks,
    startAgain,
    failure: ahead.isError && waiting ? ahead.error : null,
    paused: waiting && ahead.fetchStatus === "paused",
    retry: () => void refetch(),
    submit,
    /** Another question in the place of one that was not answered. */
    replace: (question: Recommendation, next: Recommendation | null) => {
      act({ kind: "replaced", question, next });
      void refetch();
    },
    next: () => act({ kind: "next" }),
  };
}
