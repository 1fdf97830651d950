// Says when answers wait on this device, or when the server would not take one.
import { useSpeech } from "../text/language";
import { outbox, useOnline, useOutbox } from "./use_outbox";

/** An answer in flight is no news; one is only "kept" when sending has failed or the network is gone. */
export function OutboxBanner({ inFlight }: { inFlight: number }) {
  const { t } = useSpeech();
  const online = useOnline();
  const { pending, refusals, sending } = useOutbox();
  const kept = pending.length - inFlight;
  return (
    <div role="status">
      {(!online || kept > 0) && (
        <div className="notice notice-warn">
          <p>
            {!online && t.practice.offline} {kept > 0 && t.practice.kept(kept)}
          </p>
          {kept > 0 && (
            <button
              type="button"
              className="button"
              aria-disabled={sending}
              onClick={() => void outbox.flush()}
            >
              {sending ? t.practice.sending : t.practice.sendNow}
            </button>
          )}
        </div>
      )}
      {refusals.length > 0 && (
        <div className="notice notice-bad">
          <p>{t.practice.refusedAnswers(refusals.length)}</p>
          <ul>
            {refusals.map(({ answer, message }) => (
              <li key={answer.event_id}>{message}</li>
            ))}
          </ul>
          <button type="button" className="button" onClick={() => outbox.dismissRefusals()}>
            {t.practice.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}
