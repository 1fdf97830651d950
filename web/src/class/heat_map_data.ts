// The heat map before it is drawn: which rows and columns, in which order. The table and the CSV export
// read the same value, so they cannot differ.
import type { ClassStudent, ClassView, Text } from "../api/types";

export type SortKey = "name" | "answers" | "last" | "mean" | { skill: string };

export interface Sorting {
  by: SortKey;
  descending: boolean;
}

export interface Column {
  id: string;
  name: string;
  /** Where the skill is in a student's `mastery` and `evidence`. */
  index: number;
}

export interface HeatMap {
  columns: Column[];
  rows: ClassStudent[];
}

export type Band = "low" | "middle" | "good" | "high" | "none";
export const kBands: readonly Band[] = ["low", "middle", "good", "high", "none"];

/** The first cut is where the server calls a skill weak; the others divide the rest evenly. */
export function bandOf(p: number | null): Band {
  if (p === null) return "none";
  if (p < 0.55) return "low";
  if (p < 0.7) return "middle";
  return p < 0.85 ? "good" : "high";
}

/** The mean of what is known of a student; null when nothing is. */
export function meanMastery(student: ClassStudent): number | null {
  const known = student.mastery.filter((p) => p !== null);
  return known.length === 0 ? null : known.reduce((sum, p) => sum + p, 0) / known.length;
}

export const sameKey = (a: SortKey, b: SortKey): boolean =>
  typeof a === "object" && typeof b === "object" ? a.skill === b.skill : a === b;

/** A second choice of the same heading turns the order round. Estimates begin with the lowest: who needs help. */
export function nextSorting(now: Sorting, by: SortKey): Sorting {
  if (sameKey(now.by, by)) return { by, descending: !now.descending };
  return { by, descending: by === "answers" || by === "last" };
}

type Value = number | string | null;

function valueOf(student: ClassStudent, by: SortKey, columns: readonly Column[]): Value {
  if (by === "name") return student.display_name;
  if (by === "answers") return student.answers;
  if (by === "last") return student.last_answered_at;
  if (by === "mean") return meanMastery(student);
  const column = columns.find((each) => each.id === by.skill);
  return column === undefined ? null : (student.mastery[column.index] ?? null);
}

function compared(a: Value, b: Value, order: Intl.Collator): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return order.compare(String(a), String(b));
}

export interface HeatMapQuery {
  sought: string;
  sorting: Sorting;
  language: string;
  say: (text: Text) => string;
}

/** A search that matches skills narrows the columns, one that matches students the rows. */
export function heatMapOf(view: ClassView, query: HeatMapQuery): HeatMap {
  const all = view.skills.map((skill, index) => ({ id: skill.id, name: query.say(skill.name), index }));
  const key = query.sought.trim().toLocaleLowerCase();
  const named = (name: string) => name.toLocaleLowerCase().includes(key);
  const columns = all.filter((column) => named(column.name));
  const rows = view.students.filter((student) => named(student.display_name));

  const order = new Intl.Collator(query.language, { numeric: true });
  const sign = query.sorting.descending ? -1 : 1;
  const shown = rows.length > 0 || columns.length > 0 ? (rows.length > 0 ? rows : view.students) : [];
  const sorted = [...shown].sort((a, b) => {
    const x = valueOf(a, query.sorting.by, all);
    const y = valueOf(b, query.sorting.by, all);
    // What is not known stays at the end, whichever way round.
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compared(x, y, order);
  });
  return { columns: columns.length > 0 ? columns : rows.length > 0 ? all : [], rows: sorted };
}
