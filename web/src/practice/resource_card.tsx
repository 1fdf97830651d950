// What could be read, watched or done before the question: why, the thing itself, and what the student
// says of it.
import { useState } from "react";

import { api } from "../api/client";
import type { FeedbackKind, SuggestedResource } from "../api/types";
import { MathText } from "../parts/math_text";
import { useSpeech } from "../text/language";
import { newEventId } from "./event_id";

interface Props {
  courseId: string;
  studentId: string;
  resource: SuggestedResource;
}

function Example({ example }: { example: NonNullable<SuggestedResource["example"]> }) {
  const { t, say } = useSpeech();
  return (
    <details className="resource-example">
      <summary>{t.resource.show}</summary>
      <p>
        <MathText text={say(example.prompt)} math={example.math} />
      </p>
      <h3>{t.practice.explanation}</h3>
      <p className="worked">
        <MathText text={say(example.explanation)} math />
      </p>
      <p>
        <strong>{t.practice.rightAnswer}:</strong> <MathText text={say(example.right_answer)} math />
      </p>
    </details>
  );
}

export function ResourceCard({ courseId, studentId, resource: first }: Props) {
  const { t, say } = useSpeech();
  const [resource, setResource] = useState<SuggestedResource | null>(first);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (resource === null) return null;

  const answer = async (kind: FeedbackKind) => {
    setBusy(true);
    try {
      const reply = await api.feedback({
        event_id: newEventId(),
        course_id: courseId,
        student_id: studentId,
        item_id: resource.id,
        kind,
        given_at: new Date().toISOString(),
      });
      // "Another one" may bring one; the question below stays either way.
      setResource(kind === "swap" ? (reply.next?.resource ?? null) : null);
      setFailed(null);
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card resource" aria-labelledby="resource-title">
      <h2 id="resource-title">
        {t.resource.title} <span className="tag">{t.resource.kinds[resource.kind]}</span>
      </h2>
      <p>
        <strong>{say(resource.title)}</strong>{" "}
        <span className="muted">{t.resource.minutes(Math.max(1, Math.round(resource.minutes)))}</span>
      </p>
      <p className="small">{say(resource.text)}</p>
      {resource.example !== null && <Example key={resource.id} example={resource.example} />}
      {resource.url !== null && (
        <p>
          <a href={resource.url} target="_blank" rel="noreferrer noopener">
            {t.resource.open}
          </a>
        </p>
      )}
      <div className="steering-buttons">
        {(["accept", "swap", "dismiss"] as const).map((kind) => (
          <button key={kind} type="button" className="button" disabled={busy} onClick={() => void answer(kind)}>
            {t.resource.say[kind]}
          </button>
        ))}
      </div>
      {failed !== null && <p role="alert">{failed}</p>}
    </section>
  );
}
