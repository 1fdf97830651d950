// The few signs of the app. Always beside words, so hidden from screen readers.
import type { NeedKind } from "../api/types";

const kShapes: Record<NeedKind, string> = {
  struggling: "M8 1.5 15 14H1z", // triangle
  idle: "M3 3h4v10H3zM9 3h4v10H9z", // pause
  rapid_guessing: "M1 3l6 5-6 5zM8 3l6 5-6 5z", // fast forward
  absent: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 2.2a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6z", // ring
};

export function NeedIcon({ kind }: { kind: NeedKind }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={kShapes[kind]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

export function Mark({ right }: { right: boolean }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={right ? "M2.5 8.5 6.5 12.5 13.5 4" : "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5"}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
