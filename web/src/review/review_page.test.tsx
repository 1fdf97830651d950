import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ReviewQueue } from "../api/types";
import { renderPage } from "../testing/render";
import { replyTo, serveSchool } from "../testing/school";
import ReviewPage, { days } from "./review_page";

const kQueue: ReviewQueue = {
  student_id: "s1",
  course_id: "school-math",
  retention: 0.9,
  reviews: [
    { skill_id: "add", p_recall: 0.61, due_at: "2026-11-27T10:00:00.000Z", day: "2026-11-28T00:00:00.000Z" },
    { skill_id: "sub", p_recall: 0.74, due_at: "2026-11-29T10:00:00.000Z", day: "2026-11-29T00:00:00.000Z" },
  ],
  load: [1, 1, 0],
  later: 3,
  tests_of_memory: 12,
};
const kPath = "/v1/students/s1/reviews";

describe("ReviewPage", () => {
  it("says which skill is due on which day, and how much of it is expected to be left", async () => {
    serveSchool([], (answer) => replyTo(answer, null), { more: { [kPath]: kQueue } });
    renderPage(<ReviewPage courseId="school-math" studentId="s1" />);
    expect(await screen.findByText("Adding")).toBeTruthy();
    expect(screen.getByText("about 61% likely still right")).toBeTruthy();
    expect(screen.getByRole("heading", { name: /Saturday, November 28/ })).toBeTruthy();
    expect(screen.getByText(/3 more skills are due later/)).toBeTruthy();
    expect(screen.getByRole("list", { name: "Reviews a day" }).children).toHaveLength(3);
  });

  it("speaks Chinese, and says when nothing is due", async () => {
    serveSchool([], (answer) => replyTo(answer, null), { more: { [kPath]: { ...kQueue, reviews: [], load: [0] } } });
    renderPage(<ReviewPage courseId="school-math" studentId="s1" />, "zh-CN");
    expect(await screen.findByText("这段时间没有需要复习的内容。")).toBeTruthy();
  });

  it("joins what is put on one day", () => {
    const [one, two] = kQueue.reviews;
    if (!one || !two) throw new Error("two reviews");
    expect(days([one, { ...two, day: one.day }, two]).map((each) => each.reviews.length)).toEqual([2, 1]);
  });
});
