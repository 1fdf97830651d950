// The app's one outbox, and what the page needs to know of it.
import { useSyncExternalStore } from "react";

import { api } from "../api/client";
import { Outbox, type OutboxState } from "./outbox";

export const outbox = new Outbox(api.answer);

addEventListener("online", () => void outbox.flush());

if (outbox.snapshot().pending.length > 0) void outbox.flush();

export const useOutbox = (): OutboxState => useSyncExternalStore(outbox.subscribe, outbox.snapshot);

function subscribeOnline(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine);
