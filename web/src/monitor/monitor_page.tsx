// How well a course is foreseen, for teachers and administrators: alarm or not, figures over time, who is
// on trial, and what students say of recommendations. Refreshes itself.
import "../styles/monitor.css";

import { useMonitor } from "../api/queries";
import type { Foresight, Monitor } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { Page } from "../shell/page";
import { percent, when } from "../text/format";
import { useSpeech } from "../text/language";
import { kSaid, uptakeRows } from "./uptake";

const figure = (value: number | null | undefined) => (value === null || value === undefined ? "–" : value.toFixed(3));

function FiguresTable({ caption, rows }: { caption: string; rows: readonly (readonly [string, Foresight])[] }) {
  const { t } = useSpeech();
  const heads = [t.monitor.which, t.monitor.answers, t.monitor.logLoss, t.monitor.auc, t.monitor.ece, t.monitor.bias];
  return (
    <div className="monitor-box">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, figures]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{figures.answers}</td>
              <td>{figure(figures.log_loss)}</td>
              <td>{figure(figures.auc)}</td>
              <td>{figure(figures.ece)}</td>
              <td>{figure(figures.bias)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Service({ monitor }: { monitor: Monitor }) {
  const { t } = useSpeech();
  const size = monitor.block_answers;
  const kept = monitor.blocks.length * size;
  const first = Math.max(0, monitor.foresight.answers - (monitor.foresight.answers % size) - kept);
  const rows: (readonly [string, Foresight])[] = [[t.monitor.all, monitor.foresight]];
  monitor.blocks.forEach((block, k) => {
    rows.push([t.monitor.block(first + k * size + 1, first + (k + 1) * size), block]);
  });
  return (
    <section>
      <p className={monitor.drift.alarm ? "monitor-alarm" : "monitor-steady"} role="status">
        {monitor.drift.alarm ? t.monitor.drifting : t.monitor.steady}
      </p>
      <p className="muted small">
        {t.monitor.version(monitor.version)} ·{" "}
        {t.monitor.evidence(monitor.drift.evidence_log10.toFixed(1), monitor.drift.needed_log10.toFixed(1))}
      </p>
      {monitor.foresight.answers === 0 ? (
        <p>{t.monitor.none}</p>
      ) : (
        <FiguresTable caption={t.monitor.figures} rows={rows} />
      )}
    </section>
  );
}

function Alarms({ monitor }: { monitor: Monitor }) {
  const { t, language } = useSpeech();
  const now = new Date();
  return (
    <section>
      <h2>{t.monitor.alarms}</h2>
      {monitor.alarms.length === 0 && <p>{t.monitor.noAlarms}</p>}
      <ul>
        {monitor.alarms.map((alarm) => (
          <li key={`${alarm.version} ${alarm.kind} ${alarm.at ?? ""}`}>
            {t.monitor.alarm(t.monitor.kinds[alarm.kind], alarm.version, when(alarm.at, now, language))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Trial({ monitor }: { monitor: Monitor }) {
  const { t } = useSpeech();
  const trial = monitor.trial;
  return (
    <section>
      <h2>{t.monitor.trial}</h2>
      {trial === null ? (
        <p>{t.monitor.noTrial}</p>
      ) : (
        <>
          <p>{t.monitor.trialOf(trial.version, percent(trial.share))}</p>
          <FiguresTable
            caption={t.monitor.verdict(trial.log_better.toFixed(2), trial.log_worse.toFixed(2), trial.needed.toFixed(2))}
            rows={[
              [t.monitor.candidate, trial.candidate],
              [t.monitor.serving, trial.serving],
            ]}
          />
        </>
      )}
    </section>
  );
}

function Uptake({ monitor }: { monitor: Monitor }) {
  const { t } = useSpeech();
  const rows = uptakeRows(monitor.uptake);
  return (
    <section>
      <h2>{t.monitor.uptake}</h2>
      {rows.length === 0 ? (
        <p>{t.monitor.uptakeNone}</p>
      ) : (
        <div className="monitor-box">
          <table>
            <thead>
              <tr>
                <th scope="col">{t.monitor.reason}</th>
                <th scope="col">{t.monitor.recommended}</th>
                {kSaid.map((said) => (
                  <th key={said} scope="col">
                    {t.monitor.said[said]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.version} ${row.reason}`}>
                  <th scope="row">
                    {t.why.codes[row.reason]} <span className="muted small">{row.version}</span>
                  </th>
                  <td>{row.recommended}</td>
                  {kSaid.map((said) => (
                    <td key={said}>{row.said[said]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Retraining({ monitor }: { monitor: Monitor }) {
  const { t } = useSpeech();
  const state = monitor.retraining;
  return (
    <section>
      <h2>{t.monitor.retraining}</h2>
      {state === null ? (
        <p>{t.monitor.retrainingOff}</p>
      ) : (
        <p>
          {t.monitor.phases[state.phase]} {state.answers > 0 && t.monitor.knows(state.answers)}
        </p>
      )}
    </section>
  );
}

export default function MonitorPage({ courseId }: { courseId: string }) {
  const { t } = useSpeech();
  const monitor = useMonitor(courseId);
  return (
    <Page title={t.monitor.title} courseId={courseId} wide>
      {monitor.isError && <Failure error={monitor.error} retry={() => void monitor.refetch()} />}
      {monitor.isPending && <Loading />}
      {monitor.data && (
        <>
          <Service monitor={monitor.data} />
          <Alarms monitor={monitor.data} />
          <Trial monitor={monitor.data} />
          <Uptake monitor={monitor.data} />
          <Retraining monitor={monitor.data} />
        </>
      )}
    </Page>
  );
}
