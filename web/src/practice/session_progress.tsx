// The answers of this sitting as a row of marks, each with its own shape.
import { Mark } from "../parts/icons";
import { useSpeech } from "../text/language";
import type { SessionMark } from "./session";

const kShown = 30;

export function SessionProgress({ marks, startAgain }: { marks: readonly SessionMark[]; startAgain: () => void }) {
  const { t } = useSpeech();
  const words = {
    right: t.practice.dotRight,
    wrong: t.practice.dotWrong,
    kept: t.practice.dotKept,
  };
  const right = marks.filter((mark) => mark.outcome === "right").length;
  return (
    <section className="session" aria-label={t.practice.session}>
      <span className="session-count">
        {t.practice.session}: {t.practice.sessionCount(marks.length, right)}
      </span>
      <ol className="dots">
        {marks.slice(-kShown).map((mark) => (
          <li key={mark.event_id} className={`dot dot-${mark.outcome}`}>
            {mark.outcome === "kept" ? <span aria-hidden="true">…</span> : <Mark right={mark.outcome === "right"} />}
            <span className="only-heard">{words[mark.outcome]}</span>
          </li>
        ))}
      </ol>
      {marks.length > 0 && (
        <button type="button" className="button button-quiet" onClick={startAgain}>
          {t.practice.startAgain}
        </button>
      )}
    </section>
  );
}
