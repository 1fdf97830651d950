import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { renderPage } from "../testing/render";
import { recommendation, replyTo, serveSchool, testStep, type Answering } from "../testing/school";
import PlacementPage from "./placement_page";

const grade: Answering = (answer) => replyTo(answer, null);
const kSteps = { steps: [testStep(recommendation("2+3").item, 0), testStep(recommendation("5+6").item, 1), testStep(null, 2)] };

async function begin(language: "en" | "zh-CN" = "en") {
  const server = serveSchool([], grade, kSteps);
  const user = userEvent.setup();
  const page = renderPage(<PlacementPage courseId="school-math" studentId="s1" />, language);
  await user.click(await screen.findByRole("button", { name: language === "en" ? "Start the test" : "开始测试" }));
  await screen.findByText(language === "en" ? "What is 2+3?" : "2+3 等于几？");
  return { server, user, page };
}

describe("PlacementPage", () => {
  beforeEach(() => localStorage.clear());

  it("asks, records each answer as one, and ends in a report", async () => {
    const { server, user } = await begin();
    await user.keyboard("1{Enter}");
    await screen.findByText("What is 5+6?");
    await user.keyboard("2{Enter}");
    expect(await screen.findByText("Where you stand")).toBeTruthy();
    expect(server.answers.map((answer) => answer.item_id)).toEqual(["2+3", "5+6"]);
    expect(server.answers.every((answer) => answer.response !== undefined)).toBe(true);
    const tests = server.fetched.mock.calls.filter(([path]) => path === "/v1/tests");
    const last = JSON.parse(tests.at(-1)?.[1]?.body as string) as { answers: unknown };
    expect(last.answers).toEqual([{ item_id: "2+3", correct: true }, { item_id: "5+6", correct: false }]);
    expect(screen.getByText(/\+0.42 \(likely −0.07 to \+0.91\)/)).toBeTruthy();
    expect(screen.getByRole("rowheader", { name: "Adding" })).toBeTruthy();
    expect(screen.queryByRole("rowheader", { name: "Subtracting" })).toBeNull();
  });

  it("goes on after a reload where it was", async () => {
    const { user, page } = await begin();
    await user.keyboard("1{Enter}");
    await screen.findByText("What is 5+6?");
    page.unmount();
    renderPage(<PlacementPage courseId="school-math" studentId="s1" />);
    expect(await screen.findByText("What is 5+6?")).toBeTruthy();
  });

  it("stops when the student wants, in Chinese as well", async () => {
    const { user } = await begin("zh-CN");
    await user.click(screen.getByRole("button", { name: "停止并查看结果" }));
    await waitFor(() => expect(screen.getByText("你目前的水平")).toBeTruthy());
  });
});
