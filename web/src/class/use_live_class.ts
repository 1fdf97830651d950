// News of a course as it happens. The page reads the class anew, at most once a second however much happens;
// where no news comes (an old proxy, a closed session) it asks by itself, as it always did.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { eventsPath } from "../api/client";
import { keys } from "../api/queries";

const kPauseMs = 1000;

/** Whether news comes. */
export function useLiveClass(courseId: string): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);

  useEffect(() => {
    if (typeof EventSource === "undefined") return undefined;
    const source = new EventSource(eventsPath(courseId));
    let waiting: ReturnType<typeof setTimeout> | undefined;
    source.onopen = () => setLive(true);
    // The browser comes back by itself; whether anything was missed, the server tells.
    source.onerror = () => setLive(source.readyState !== EventSource.CLOSED);
    source.onmessage = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void queries.invalidateQueries({ queryKey: keys.classView(courseId) });
      }, kPauseMs);
    };
    return () => {
      clearTimeout(waiting);
      source.close();
      setLive(false);
    };
  }, [courseId, queries]);

  return live;
}
