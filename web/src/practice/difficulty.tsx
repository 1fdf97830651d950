// How hard the questions should be: a slider that shows what would come next before anything is set.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../api/client";
import { keys, usePreferences } from "../api/queries";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";

const kLeast = 50;
const kMost = 95;
const kStep = 5;

interface Props {
  courseId: string;
  studentId: string;
  /** Called when something else is now aimed at. */
  changed: () => void;
}

/** What would come next if `target` per cent were aimed at. */
function Preview({ courseId, studentId, target }: { courseId: string; studentId: string; target: number }) {
  const { t, say } = useSpeech();
  const preview = useQuery({
    queryKey: ["what-if", courseId, studentId, target],
    queryFn: () => api.recommendations(studentId, courseId, 1, target),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const first = preview.data?.[0];
  if (first === undefined) return null;
  return <p role="status">{t.difficulty.preview(say(first.item.title), percent(first.p_correct))}</p>;
}

export function Difficulty({ courseId, studentId, changed }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const preferences = usePreferences(studentId, courseId);
  const [tried, setTried] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  if (!preferences.data) return null;
  const aimed = Math.round(100 * preferences.data.aimed_at);
  const value = tried ?? aimed;

  const set = async (target: number | null) => {
    try {
      const now = await api.setPreferences(studentId, courseId, target === null ? null : target / 100);
      queries.setQueryData(keys.preferences(studentId, courseId), now);
      setTried(null);
      setFailed(null);
      changed();
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <section className="card difficulty" aria-labelledby="difficulty-title">
      <h2 id="difficulty-title">{t.difficulty.title}</h2>
      <label htmlFor="difficulty-range">{t.difficulty.aim(value)}</label>
      <input
        id="difficulty-range"
        type="range"
        min={kLeast}
        max={kMost}
        step={kStep}
        value={value}
        aria-valuetext={t.difficulty.aim(value)}
        onChange={(event) => setTried(Number(event.target.value))}
      />
      <p className="small difficulty-ends" aria-hidden="true">
        <span>{t.difficulty.harder}</span>
        <span>{t.difficulty.easier}</span>
      </p>
      {tried !== null && (
        <>
          <Preview courseId={courseId} studentId={studentId} target={tried} />
          <button type="button" className="button" onClick={() => void set(tried)}>
            {t.difficulty.use}
          </button>
        </>
      )}
      {preferences.data.target !== null && (
        <button type="button" className="button button-quiet" onClick={() => void set(null)}>
          {t.difficulty.usual}
        </button>
      )}
      {failed !== null && <p role="alert">{failed}</p>}
    </section>
  );
}
