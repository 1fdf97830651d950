// What the student can say of a question instead of answering it: another one, not now, too hard, too easy.
import { useSpeech } from "../text/language";
import type { FeedbackKind } from "../api/types";

const kKinds = ["swap", "too_hard", "too_easy", "dismiss"] as const satisfies readonly FeedbackKind[];

interface Props {
  disabled: boolean;
  /** What was said last; null before anything was. */
  said: FeedbackKind | null;
  /** Why it could not be sent; null when it was. */
  failed: string | null;
  say: (kind: FeedbackKind) => void;
}

export function Steering({ disabled, said, failed, say }: Props) {
  const { t } = useSpeech();
  return (
    <section className="card steering" aria-labelledby="steering-title">
      <h2 id="steering-title">{t.steering.title}</h2>
      <div className="steering-buttons">
        {kKinds.map((kind) => (
          <button key={kind} type="button" className="button" disabled={disabled} onClick={() => say(kind)}>
            {t.steering.kinds[kind]}
          </button>
        ))}
      </div>
      <p role="status" className="small">
        {failed ?? (said === null ? "" : t.steering.noted[said])}
      </p>
    </section>
  );
}
