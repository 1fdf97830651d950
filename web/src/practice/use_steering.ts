// Says what the student thinks of a recommendation, and hands over what comes instead.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../api/client";
import { keys } from "../api/queries";
import type { FeedbackKind, Recommendation } from "../api/types";
import { newEventId } from "./event_id";

export function useSteering(
  courseId: string,
  studentId: string,
  replace: (question: Recommendation, next: Recommendation | null) => void,
) {
  const queries = useQueryClient();
  const [said, setSaid] = useState<FeedbackKind | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const say = async (question: Recommendation, kind: FeedbackKind) => {
    setBusy(true);
    try {
      const reply = await api.feedback({
        event_id: newEventId(),
        course_id: courseId,
        student_id: studentId,
        item_id: question.item.id,
        kind,
        given_at: new Date().toISOString(),
      });
      setSaid(kind);
      setFailed(null);
      replace(question, reply.next);
      void queries.invalidateQueries({ queryKey: keys.preferences(studentId, courseId) });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return { said, failed, busy, say };
}
