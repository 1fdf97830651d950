import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Foresight, Monitor } from "../api/types";
import { renderPage } from "../testing/render";
import type { Language } from "../text/language";
import MonitorPage from "./monitor_page";
import { uptakeRows } from "./uptake";

const foresight = (answers: number, log_loss: number): Foresight => ({ answers, log_loss, auc: 0.75, ece: 0.04, bias: -0.01 });

const kMonitor: Monitor = {
  course_id: "school-math",
  simulated: true,
  version: "0123456789ab",
  foresight: foresight(450, 0.5),
  block_answers: 200,
  blocks: [foresight(200, 0.45), foresight(200, 0.55)],
  drift: { alarm: true, evidence_log10: 5.3, needed_log10: 5 },
  alarms: [{ kind: "overestimates", version: "0123456789ab", at: "2026-11-28T10:00:00.000Z" }],
  trial: {
    version: "ba9876543210",
    since: "2026-11-28T11:00:00.000Z",
    share: 0.2,
    number: 1,
    students: 12,
    candidate: foresight(90, 0.41),
    serving: foresight(90, 0.52),
    gain: 0.11,
    log_better: 2.5,
    log_worse: -1.5,
    needed: 3.69,
  },
  uptake: [
    { version: "0123456789ab", reason: "practice_zone", said: null, count: 40 },
    { version: "0123456789ab", reason: "practice_zone", said: "too_hard", count: 3 },
    { version: "0123456789ab", reason: "stretch", said: null, count: 4 },
  ],
  retraining: null,
};

async function open(language: Language) {
  const reply = (body: unknown) =>
    Promise.resolve(new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } }));
  vi.stubGlobal("fetch", (path: string) => reply(path.endsWith("/monitor") ? kMonitor : { courses: [] }));
  renderPage(<MonitorPage courseId="school-math" />, language);
  return screen.findAllByRole("table");
}

describe("MonitorPage", () => {
  it("says that there is an alarm, of what kind, and how sure it is", async () => {
    await open("en");
    expect(screen.getByRole("status").textContent).toContain("no longer foresees");
    expect(screen.getByRole("listitem").textContent).toContain("right less often than foreseen");
    expect(screen.getByText(/10\^5\.3/)).toBeTruthy();
  });

  it("shows the figures over time, and those of the model on trial beside the one in service", async () => {
    await open("en");
    expect(screen.getByRole("row", { name: /201 to 400/ }).textContent).toContain("0.550");
    expect(screen.getByRole("row", { name: /New model/ }).textContent).toContain("0.410");
    expect(screen.getByText(/ba9876543210 serves 20%/)).toBeTruthy();
    expect(screen.getByRole("row", { name: /Just right for you/ }).textContent).toContain("4000030");
  });

  it("speaks Chinese too", async () => {
    await open("zh-CN");
    expect(screen.getByRole("status").textContent).toContain("警报");
    expect(screen.getByText("未启用（--retrain-every）。")).toBeTruthy();
  });
});

describe("uptakeRows", () => {
  it("puts the reason that was given most first, with what was said of it", () => {
    const [first, second] = uptakeRows(kMonitor.uptake);
    expect(first).toMatchObject({ reason: "practice_zone", recommended: 40 });
    expect(first?.said.too_hard).toBe(3);
    expect(second?.said.too_hard).toBe(0);
  });
});
