// The heat map as a CSV file that spreadsheets open as it stands: UTF-8 with a byte order mark, CRLF.
import { shownName } from "../shell/identity";
import { wholePercent } from "../text/format";
import type { Catalogue } from "../text/en";
import { meanMastery, type HeatMap } from "./heat_map_data";

/** A name that begins like a formula is kept from being run as one. */
export function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const shownPercent = (p: number | null | undefined) => (p === null || p === undefined ? "" : wholePercent(p));

/** Rows, columns, order and numbers as on the screen; an empty field is "not enough evidence". */
export function csvOf(map: HeatMap, t: Catalogue): string {
  const words = t.classPage;
  const head = [
    words.student,
    words.csvSimulated,
    words.answers,
    words.lastActive,
    words.mean,
    ...map.columns.map((column) => column.name),
  ];
  const rows = map.rows.map((student) => [
    shownName(student),
    student.simulated ? words.yes : words.no,
    student.answers,
    student.last_answered_at ?? "",
    shownPercent(meanMastery(student)),
    ...map.columns.map((column) => shownPercent(student.mastery[column.index])),
  ]);
  return "\uFEFF" + [head, ...rows].map((row) => row.map(csvField).join(",") + "\r\n").join("");
}

/** Hands `text` to the browser as a download. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
