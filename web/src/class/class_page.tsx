// The teacher's page: who needs help and why, and the whole class at a glance. Refreshes itself.
import "../styles/class.css";

import { useMemo, useState } from "react";

import { useClass } from "../api/queries";
import type { ClassView } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { Page } from "../shell/page";
import { clockTime, fileStamp } from "../text/format";
import { useSpeech } from "../text/language";
import { csvOf, download } from "./csv";
import { HeatMapTable, Legend } from "./heat_map";
import { heatMapOf, nextSorting, type Sorting } from "./heat_map_data";
import { NeedsHelp } from "./needs_help";
import { useLiveClass } from "./use_live_class";

/** An id as part of a file name. */
const fileName = (courseId: string) => courseId.replace(/[^\p{L}\p{N}._-]+/gu, "-");

function ClassBody({ view, updatedAt, live }: { view: ClassView; updatedAt: number; live: boolean }) {
  const { t, say, language } = useSpeech();
  const [sought, seek] = useState("");
  const [sorting, setSorting] = useState<Sorting>({ by: "name", descending: false });
  const [marked, mark] = useState<string | null>(null);
  const map = useMemo(
    () => heatMapOf(view, { sought, sorting, language, say }),
    [view, sought, sorting, language, say],
  );

  const showInMap = (studentId: string) => {
    seek("");
    mark(studentId);
    requestAnimationFrame(() => {
      const row = document.getElementById(`student-${studentId}`);
      row?.scrollIntoView({ block: "center" });
      document.querySelector<HTMLElement>(".heat-box")?.focus({ preventScroll: true });
    });
  };

  const exportCsv = () =>
    download(`meno-class-${fileName(view.course_id)}-${fileStamp(new Date())}.csv`, csvOf(map, t));

  return (
    <>
      <p className="muted">
        {t.classPage.size(view.students.length, view.skills.length)} ·{" "}
        {t.classPage.updated(clockTime(new Date(updatedAt), language))}
        {live && <span className="updated-live"> · {t.classPage.live}</span>}
      </p>
      <NeedsHelp view={view} showInMap={showInMap} />
      <section>
        <h2>{t.classPage.heatMap}</h2>
        {view.students.length === 0 ? (
          <p>{t.classPage.noStudents}</p>
        ) : (
          <>
            <div className="heat-tools">
              <label className="field">
                <span>{t.classPage.find}</span>
                <input type="search" value={sought} onChange={(event) => seek(event.target.value)} />
              </label>
              <button type="button" className="button" onClick={exportCsv}>
                {t.classPage.exportCsv}
              </button>
              <button type="button" className="button" onClick={() => window.print()}>
                {t.classPage.print}
              </button>
            </div>
            <Legend />
            <p className="muted small" role="status">
              {map.rows.length === 0
                ? t.classPage.none
                : `${t.classPage.shown(map.rows.length, map.columns.length)} · ${t.classPage.sortHelp}`}
            </p>
            {map.rows.length > 0 && (
              <HeatMapTable
                map={map}
                sorting={sorting}
                sort={(by) => setSorting(nextSorting(sorting, by))}
                markedStudent={marked}
              />
            )}
          </>
        )}
      </section>
    </>
  );
}

export default function ClassPage({ courseId }: { courseId: string }) {
  const { t } = useSpeech();
  const live = useLiveClass(courseId);
  const view = useClass(courseId, live);
  return (
    <Page title={t.classPage.title} courseId={courseId} wide>
      {view.isError && <Failure error={view.error} retry={() => void view.refetch()} />}
      {view.isPending && <Loading />}
      {view.data && <ClassBody view={view.data} updatedAt={view.dataUpdatedAt} live={live} />}
    </Page>
  );
}
