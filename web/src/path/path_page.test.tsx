import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderPage } from "../testing/render";
import { kPlan, replyTo, serveSchool } from "../testing/school";
import PathPage from "./path_page";
import { stretches } from "./stretches";

const kPlans = { more: { "/v1/students/s1/plan": kPlan } };

describe("PathPage", () => {
  it("asks nothing before there is a goal, then shows the way, the outlook and how long it takes", async () => {
    const server = serveSchool([], (answer) => replyTo(answer, null), kPlans);
    const user = userEvent.setup();
    renderPage(<PathPage courseId="school-math" studentId="s1" />);
    const goal = await screen.findByLabelText("Goal");
    expect(server.fetched.mock.calls.some(([path]) => path.includes("/plan"))).toBe(false);
    await user.selectOptions(goal, "Subtracting");
    expect(await screen.findByText(/now 40%, at the end about 72% \(likely 60%–81%\)/)).toBeTruthy();
    expect(screen.getByText("Reaching the goal is expected to take about 42 minutes.")).toBeTruthy();
    expect(screen.getByText("2 questions, about 4 min")).toBeTruthy();
    expect(screen.getByText(/too few students/)).toBeTruthy();
    const asked = server.fetched.mock.calls.map(([path]) => path).filter((path) => path.includes("/plan"));
    expect(asked).toEqual(["/v1/students/s1/plan?course_id=school-math&goal=sub&minutes=30"]);
    await user.selectOptions(screen.getByLabelText("Time"), "60 minutes");
    await screen.findByText("2 questions, about 4 min");
    expect(server.fetched.mock.calls.some(([path]) => path.endsWith("minutes=60"))).toBe(true);
  });

  it("speaks Chinese, and says what the server refuses", async () => {
    serveSchool([], (answer) => replyTo(answer, null));
    const user = userEvent.setup();
    renderPage(<PathPage courseId="school-math" studentId="s1" />, "zh-CN");
    await user.selectOptions(await screen.findByLabelText("目标"), "减法");
    expect((await screen.findByRole("alert")).textContent).toContain("no /v1/students/s1/plan");
  });
});

describe("stretches", () => {
  it("joins neighbours on one skill and keeps what comes back apart", () => {
    const [add, , sub] = kPlan.steps;
    if (!add || !sub) throw new Error("the plan has three steps");
    const made = stretches([add, add, sub, add]);
    expect(made.map((each) => [each.name.en, each.count])).toEqual([["Adding", 2], ["Subtracting", 1], ["Adding", 1]]);
  });
});
