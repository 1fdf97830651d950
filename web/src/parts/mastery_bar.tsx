// An estimate as a bar: filled to the estimate, a lighter band over where it probably lies, a tick at
// the estimate. Without an estimate the whole bar is hatched grey. The words beside it say the same.
import type { Estimate, MasteryState } from "../api/types";

interface Props {
  estimate: Estimate | null;
  state?: MasteryState;
  label: string;
}

const css = (p: number) => `${(100 * Math.min(1, Math.max(0, p))).toFixed(1)}%`;

export function MasteryBar({ estimate, state, label }: Props) {
  const look = state ?? "learning";
  if (estimate === null) {
    return <div className="bar bar-unknown" role="img" aria-label={label} />;
  }
  return (
    <div className={`bar bar-${look}`} role="img" aria-label={label}>
      <div className="bar-fill" style={{ width: css(estimate.p_mastery) }} />
      <div
        className="bar-band"
        style={{ left: css(estimate.low), width: css(estimate.high - estimate.low) }}
      />
      <div className="bar-tick" style={{ left: css(estimate.p_mastery) }} />
    </div>
  );
}
