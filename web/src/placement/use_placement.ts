// A placement test's doings. The answers so far are the whole test: kept on this device, they go on after
// a reload, and the server needs nothing else. Each is recorded as an ordinary answer, which grades it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { api, ApiError } from "../api/client";
import { keys } from "../api/queries";
import type { AnswerRequest, Item, TestAnswer } from "../api/types";
import { newEventId } from "../practice/event_id";
import type { Given } from "../practice/use_practice";
import { forget, readStoredJson, store } from "../shell/stored";

/** Enough to place a student, few enough for one sitting. */
const kLongest = 12;
/** Of the ability, whose standard deviation over students is 1. */
const kPrecision = 0.4;

interface Sitting {
  answers: TestAnswer[];
  ended: boolean;
}

const isSitting = (value: unknown): value is Sitting =>
  typeof value === "object" && value !== null && Array.isArray((value as Sitting).answers);

export function usePlacement(courseId: string, studentId: string) {
  const queries = useQueryClient();
  const key = `meno.placement ${courseId} ${studentId}`;
  const [sitting, setSitting] = useState<Sitting | null>(() => readStoredJson<Sitting | null>(key, isSitting, null));
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const shownAt = useRef(performance.now());

  useEffect(() => {
    if (sitting === null) forget(key);
    else store(key, JSON.stringify(sitting));
  }, [key, sitting]);

  const step = useQuery({
    queryKey: ["test", courseId, studentId, sitting],
    queryFn: () =>
      api.testStep({
        course_id: courseId,
        student_id: studentId,
        answers: sitting?.answers ?? [],
        longest: kLongest,
        precision: kPrecision,
        end: sitting?.ended ?? false,
      }),
    enabled: sitting !== null,
    staleTime: Infinity,
    placeholderData: (previous) => previous,
  });
  const question = step.data?.question;
  useEffect(() => {
    shownAt.current = performance.now();
  }, [question?.id]);

  const submit = async (item: Item, given: Given) => {
    if (sitting === null || sending) return;
    setSending(true);
    setFailure(null);
    const answer: AnswerRequest = {
      event_id: newEventId(),
      course_id: courseId,
      student_id: studentId,
      item_id: item.id,
      variant: item.variant,
      ...(given.response === undefined ? {} : { response: given.response }),
      ...(given.correct === undefined ? {} : { correct: given.correct }),
      answered_at: new Date().toISOString(),
      response_ms: Math.round(performance.now() - shownAt.current),
      hints_used: given.hintsUsed,
    };
    try {
      const { correct } = await api.testAnswer(answer);
      setSitting({ ...sitting, answers: [...sitting.answers, { item_id: item.id, correct }] });
      void queries.invalidateQueries({ queryKey: keys.mastery(studentId, courseId) });
    } catch (error) {
      setFailure(error);
    } finally {
      setSending(false);
    }
  };

  return {
    sitting,
    step,
    busy: sending || step.isPlaceholderData,
    refusal: failure instanceof ApiError ? failure.message : null,
    failure: failure instanceof ApiError ? null : failure,
    submit,
    start: () => setSitting({ answers: [], ended: false }),
    end: () => setSitting((now) => now && { ...now, ended: true }),
    leave: () => setSitting(null),
  };
}
