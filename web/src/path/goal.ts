// The goal a student has set on this device: ids only.
import { forget, readStoredJson, store } from "../shell/stored";

export interface Goal {
  skill: string;
  minutes: number;
}

const keyOf = (courseId: string, studentId: string) => `meno.goal.${courseId}.${studentId}`;

function isGoal(value: unknown): value is Goal {
  const goal = value as Partial<Goal> | null;
  return typeof goal?.skill === "string" && typeof goal.minutes === "number";
}

export const readGoal = (courseId: string, studentId: string): Goal | null =>
  readStoredJson<Goal | null>(keyOf(courseId, studentId), (value): value is Goal => isGoal(value), null);

export function writeGoal(courseId: string, studentId: string, goal: Goal | null): void {
  if (goal === null || goal.skill === "") forget(keyOf(courseId, studentId));
  else store(keyOf(courseId, studentId), JSON.stringify(goal));
}
