import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import type { Recommendation, SuggestedResource } from "../api/types";
import { writeGoal } from "../path/goal";
import { renderPage } from "../testing/render";
import { kPlan, recommendation, replyTo, serveSchool, text } from "../testing/school";
import PracticePage from "./practice_page";

const kResource: SuggestedResource = {
  id: "example.add",
  kind: "worked_example",
  title: text("Adding, solved", "加法：例题"),
  minutes: 3,
  url: null,
  example: {
    prompt: text("What is 7+8?", "7+8 等于几？"),
    right_answer: text("fifteen", "十五"),
    explanation: text("Seven and eight are fifteen.", "七加八等于十五。"),
    math: false,
  },
  need: "new_skill",
  skill_id: "add",
  text: text("Adding is new to you.", "加法对你来说是新内容。"),
};

const withResource = (): Recommendation => ({ ...recommendation("2+3"), resource: kResource });

describe("what comes before a question", () => {
  beforeEach(() => localStorage.clear());

  it("shows the worked example with its reason, and goes once it is done", async () => {
    const server = serveSchool([withResource()], (answer) => replyTo(answer, null));
    const user = userEvent.setup();
    renderPage(<PracticePage courseId="school-math" studentId="s1" />);
    expect(await screen.findByText("Adding is new to you.")).toBeTruthy();
    expect(screen.getByText("Seven and eight are fifteen.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Done, on to the question" }));
    await waitFor(() => expect(screen.queryByText("Adding is new to you.")).toBeNull());
    expect(server.said[0]).toMatchObject({ item_id: "example.add", kind: "accept" });
    expect(screen.getByText("What is 2+3?")).toBeTruthy();
  });

  it("speaks Chinese", async () => {
    serveSchool([withResource()], (answer) => replyTo(answer, null));
    renderPage(<PracticePage courseId="school-math" studentId="s1" />, "zh-CN");
    expect(await screen.findByText("加法对你来说是新内容。")).toBeTruthy();
    expect(screen.getByRole("button", { name: "看完了，做题" })).toBeTruthy();
  });
});

describe("the goal beside the practice", () => {
  beforeEach(() => localStorage.clear());

  it("is planned anew after each answer", async () => {
    writeGoal("school-math", "s1", { skill: "sub", minutes: 30 });
    const server = serveSchool([recommendation("2+3")], (answer) => replyTo(answer, recommendation("3+4")), {
      more: { "/v1/students/s1/plan": kPlan },
    });
    const plans = () => server.fetched.mock.calls.filter(([path]) => path.includes("/plan")).length;
    const user = userEvent.setup();
    renderPage(<PracticePage courseId="school-math" studentId="s1" />);
    expect(await screen.findByText("On the way to Subtracting")).toBeTruthy();
    expect(plans()).toBe(1);
    await user.keyboard("1{Enter}");
    await screen.findByText("Right!");
    await waitFor(() => expect(plans()).toBe(2));
  });
});
