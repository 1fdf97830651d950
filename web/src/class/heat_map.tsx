// The heat map as a real table: headings stay in sight, every heading sorts, every cell says its number
// and has a pattern of its own band, and what is not known is hatched grey.
import { memo } from "react";

import type { ClassStudent } from "../api/types";
import { shownName } from "../shell/identity";
import { percent, when, wholePercent } from "../text/format";
import { useSpeech } from "../text/language";
import {
  bandOf,
  kBands,
  meanMastery,
  sameKey,
  type Column,
  type HeatMap,
  type SortKey,
  type Sorting,
} from "./heat_map_data";

interface HeadingProps {
  by: SortKey;
  name: string;
  sorting: Sorting;
  sort: (by: SortKey) => void;
  kind: string;
}

function Heading({ by, name, sorting, sort, kind }: HeadingProps) {
  const active = sameKey(sorting.by, by);
  const order = sorting.descending ? "descending" : "ascending";
  return (
    <th scope="col" className={kind} aria-sort={active ? order : undefined}>
      <button type="button" className="sort" onClick={() => sort(by)} title={name}>
        <span className="sort-name">{name}</span>
        <span className="sort-sign" aria-hidden="true">
          {active ? (sorting.descending ? "▼" : "▲") : "↕"}
        </span>
      </button>
    </th>
  );
}

function Cell({ p, answers }: { p: number | null; answers: number }) {
  const { t } = useSpeech();
  const words = p === null ? t.classPage.cellUnknown(answers) : t.classPage.cell(percent(p), answers);
  return (
    <td className={`heat heat-${bandOf(p)}`} title={words}>
      {p === null ? (
        <>
          <span aria-hidden="true">–</span>
          <span className="only-heard">{t.classPage.noEvidence}</span>
        </>
      ) : (
        <span className="heat-number">{wholePercent(p)}</span>
      )}
    </td>
  );
}

interface RowProps {
  student: ClassStudent;
  columns: readonly Column[];
  marked: boolean;
}

const Row = memo(function Row({ student, columns, marked }: RowProps) {
  const { t, language } = useSpeech();
  const mean = meanMastery(student);
  return (
    <tr id={`student-${student.id}`} className={marked ? "marked" : undefined}>
      <th scope="row" className="who">
        <span className="who-name">{shownName(student)}</span>
        {student.simulated && <span className="tag">{t.simulated.tag}</span>}
      </th>
      <td className="plain number">{student.answers}</td>
      <td className="plain">
        {student.last_answered_at === null
          ? t.classPage.never
          : when(student.last_answered_at, new Date(), language)}
      </td>
      <td className="plain number">{mean === null ? "–" : percent(mean)}</td>
      {columns.map((column) => (
        <Cell
          key={column.id}
          p={student.mastery[column.index] ?? null}
          answers={student.evidence[column.index] ?? 0}
        />
      ))}
    </tr>
  );
});

export function Legend() {
  const { t } = useSpeech();
  return (
    <ul className="legend" aria-label={t.classPage.legend}>
      {kBands.map((band) => (
        <li key={band}>
          <span className={`swatch heat-${band}`} aria-hidden="true" />
          {band === "none" ? t.classPage.noEvidence : t.classPage.bands[band]}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  map: HeatMap;
  sorting: Sorting;
  sort: (by: SortKey) => void;
  markedStudent: string | null;
}

export function HeatMapTable({ map, sorting, sort, markedStudent }: Props) {
  const { t } = useSpeech();
  const common = { sorting, sort };
  return (
    // The box scrolls both ways, so keys must be able to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="heat-box" role="region" aria-label={t.classPage.heatMap} tabIndex={0}>
      <table className="heat-map">
        <caption className="only-heard">
          {t.classPage.heatMapCaption}. {t.classPage.sortHelp}
        </caption>
        <thead>
          <tr>
            <Heading by="name" name={t.classPage.student} kind="who" {...common} />
            <Heading by="answers" name={t.classPage.answers} kind="plain" {...common} />
            <Heading by="last" name={t.classPage.lastActive} kind="plain" {...common} />
            <Heading by="mean" name={t.classPage.mean} kind="plain" {...common} />
            {map.columns.map((column) => (
              <Heading key={column.id} by={{ skill: column.id }} name={column.name} kind="skill-column" {...common} />
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map((student) => (
            <Row
              key={student.id}
              student={student}
              columns={map.columns}
              marked={student.id === markedStudent}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
