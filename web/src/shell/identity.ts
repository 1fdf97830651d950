// Who practises on this device: ids only, so that no name is left behind in the browser.
import { useSyncExternalStore } from "react";

import type { Student } from "../api/types";
import { forget, readStoredJson, store } from "./stored";

export interface Identity {
  course_id: string;
  student_id: string;
}

const kStorageKey = "meno.identity";

function isIdentity(value: unknown): value is Identity {
  const it = value as Partial<Identity> | null;
  return typeof it?.course_id === "string" && typeof it.student_id === "string";
}

const listeners = new Set<() => void>();
let current: Identity | null | undefined;

function read(): Identity | null {
  current ??= readStoredJson<Identity | null>(kStorageKey, isIdentity, null);
  return current;
}

export function rememberIdentity(identity: Identity | null): void {
  current = identity;
  if (identity === null) forget(kStorageKey);
  else store(kStorageKey, JSON.stringify(identity));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A simulated student's name without the label inside it: the pages put their own label beside it, in one language. */
export function shownName(student: Pick<Student, "display_name" | "simulated">): string {
  if (!student.simulated) return student.display_name;
  return student.display_name.replace(/\s*[（(](?:simulated|模拟)[^)）]*[)）]\s*$/, "");
}

export const useIdentity = (): Identity | null => useSyncExternalStore(subscribe, read);
