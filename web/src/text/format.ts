// Numbers and times as each language writes them.
import type { Language } from "./language";

/** 0.634 → "63%". Never 0 or 100 for an estimate that is neither. */
export function percent(p: number): string {
  return `${wholePercent(p)}%`;
}

export function wholePercent(p: number): number {
  const rounded = Math.round(p * 100);
  if (rounded === 0 && p > 0) return 1;
  if (rounded === 100 && p < 1) return 99;
  return rounded;
}

/** 0.634 → "+0.63"; a true minus sign, since a hyphen is easily missed. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return Number(digits) === 0 ? digits : `${value > 0 ? "+" : "−"}${digits}`;
}

const kUnits: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "5 minutes ago", "昨天"; older than 30 days a plain date; a dash when the time is not known. */
export function when(iso: string | null, now: Date, language: Language): string {
  if (iso === null) return "–";
  const then = new Date(iso);
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (seconds > 30 * 86_400) return then.toLocaleDateString(language);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of kUnits) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return relative.format(0, "minute");
}

export const clockTime = (time: Date, language: Language): string =>
  time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** A local time for file names: 20261123-214501. */
export function fileStamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  return `${day}-${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
}
