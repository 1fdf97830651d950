// What students say of recommendations, as a table: a row for every run and reason, a column for every
// kind of feedback.
import type { Monitor } from "../api/types";

type Row = Monitor["uptake"][number];
export type Said = NonNullable<Row["said"]>;

export const kSaid: readonly Said[] = ["accept", "swap", "dismiss", "too_hard", "too_easy"];

export interface UptakeRow {
  version: string;
  reason: Row["reason"];
  recommended: number;
  said: Record<Said, number>;
}

/** Most recommended first. */
export function uptakeRows(uptake: readonly Row[]): UptakeRow[] {
  const rows = new Map<string, UptakeRow>();
  for (const { version, reason, said, count } of uptake) {
    const key = `${version} ${reason}`;
    const row = rows.get(key) ?? {
      version,
      reason,
      recommended: 0,
      said: { accept: 0, swap: 0, dismiss: 0, too_hard: 0, too_easy: 0 },
    };
    if (said === null) row.recommended += count;
    else row.said[said] += count;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.recommended - a.recommended);
}
