// The mistakes book of one student on this device: wrong answers with their worked solutions. It holds
// both languages, so that it can be read in either.
import type { Feedback, Recommendation, Text } from "../api/types";
import { forget, readStoredJson, store } from "../shell/stored";

export interface Mistake {
  event_id: string;
  at: string;
  skills: string[];
  prompt: Text;
  response: Text;
  feedback: Feedback;
}

const kKept = 50;

const key = (courseId: string, studentId: string) => `meno.mistakes ${courseId} ${studentId}`;

const isMistakes = (value: unknown): value is Mistake[] =>
  Array.isArray(value) && value.every((each: Partial<Mistake> | null) => each?.feedback !== undefined);

export const readMistakes = (courseId: string, studentId: string): Mistake[] =>
  readStoredJson(key(courseId, studentId), isMistakes, []);

export const clearMistakes = (courseId: string, studentId: string): void =>
  forget(key(courseId, studentId));

/** What was answered, in words: a choice's text, or what was typed. */
export function responseText(recommendation: Recommendation, response: string): Text {
  const choice = recommendation.item.content?.choices?.find((each) => each.id === response);
  return choice?.text ?? { en: response, "zh-CN": response };
}

/** Adds a mistake in front; one per event, the latest `kKept`. */
export function addMistake(courseId: string, studentId: string, mistake: Mistake): void {
  const others = readMistakes(courseId, studentId).filter((each) => each.event_id !== mistake.event_id);
  store(key(courseId, studentId), JSON.stringify([mistake, ...others].slice(0, kKept)));
}
