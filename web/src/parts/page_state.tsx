// What a page shows while it has nothing to show: waiting, or a failure with a way on.
import { Component, type ReactNode } from "react";

import { ApiError } from "../api/client";
import { useSpeech } from "../text/language";

export function Loading() {
  const { t } = useSpeech();
  return (
    <p className="muted page-state" role="status">
      {t.loading}
    </p>
  );
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useSpeech();
  const words = error instanceof ApiError ? t.refused(error.message) : t.unreachable;
  return (
    <div className="notice notice-bad" role="alert">
      <p>{words}</p>
      {retry && (
        <button type="button" className="button" onClick={retry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}

function Crashed({ again }: { again: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="notice notice-bad" role="alert">
      <p>{t.crashed}</p>
      <button type="button" className="button" onClick={again}>
        {t.retry}
      </button>
    </div>
  );
}

/** Keeps a fault in one page (or a chunk that did not arrive) from blanking the whole app. */
export class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    // A chunk that failed to load stays failed within this document: only a reload asks for it again.
    return <Crashed again={() => location.reload()} />;
  }
}
