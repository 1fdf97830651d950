// What a prediction is made of, as a list of bars to the right (for a right answer) and to the left
// (against it). The words beside each bar say the same, so nothing hangs on seeing it.
import type { Contribution } from "../api/types";
import { signed } from "../text/format";
import { useSpeech } from "../text/language";

/** Pieces that change nothing one could see are left out. */
const kLeast = 0.005;

interface Props {
  title: string;
  contributions: readonly Contribution[];
}

export function Contributions({ title, contributions }: Props) {
  const { t, say } = useSpeech();
  const shown = contributions
    .filter((each) => Math.abs(each.logit) >= kLeast)
    .sort((a, b) => Math.abs(b.logit) - Math.abs(a.logit));
  if (shown.length === 0) return null;
  const most = Math.abs(shown[0]?.logit ?? 1);
  return (
    <>
      <h3>{title}</h3>
      <ul className="pieces">
        {shown.map((each) => (
          <li key={each.piece}>
            <span>{say(each.name)}</span>
            <span className="number">{t.why.speaks(signed(each.logit), each.logit > 0)}</span>
            <span className="piece-track" aria-hidden="true">
              <span
                className={each.logit > 0 ? "piece piece-for" : "piece piece-against"}
                style={{ width: `${(50 * Math.abs(each.logit)) / most}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
