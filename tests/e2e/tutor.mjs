// What the tutor shows beyond the next question: what a chance is made of, a path to a goal, a placement test.
import assert from "node:assert/strict";

import { test } from "./harness.mjs";
import { answerAndSee, answerByKeys, answersOf, get, goOn, join, visit } from "./visitor.mjs";

export async function tutorTests(browser, base, courseId) {
  const course = encodeURIComponent(courseId);

  await test("Tutor: the chance is taken apart in pieces with words and numbers, and what an answer would change", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    await join(visitor);
    await answerAndSee(visitor);
    await goOn(visitor);
    await page.getByText("What the chance is made of").click();
    await page.locator(".pieces li").first().waitFor();
    assert.match(await page.locator(".pieces").first().innerText(), /[+−]\d\.\d\d (for|against)/);
    assert.match(await page.locator(".supposals").innerText(), /\d+% → \d+%/);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });

  await test("Tutor: a path to a goal is what the server plans", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    const studentId = encodeURIComponent(await join(visitor));
    const { skills } = await get(base, `/v1/courses/${course}/skills`);
    const goal = skills.at(-1);
    await page.getByRole("link", { name: "Path", exact: true }).click();
    await page.getByLabel("Goal").selectOption(goal.id);
    await page.locator(".path-steps li").first().waitFor();
    const plan = await get(base, `/v1/students/${studentId}/plan?course_id=${course}&goal=${encodeURIComponent(goal.id)}&minutes=30`);
    const first = await page.locator(".path-steps li").first().innerText();
    assert.ok(first.includes(plan.steps[0].skill_name.en), first);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });

  await test("Tutor: a placement test goes on after a reload, ends in a report, and its answers count", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    const studentId = await join(visitor);
    await page.getByRole("link", { name: "Test", exact: true }).click();
    await page.getByRole("button", { name: "Start the test" }).click();
    await page.locator(".question").waitFor();
    await answerByKeys(visitor);
    await page.getByText("Question 2 of at most 12").waitFor();
    const asked = await page.locator(".prompt").innerText();
    await page.reload();
    await page.locator(".question").waitFor();
    assert.equal(await page.locator(".prompt").innerText(), asked);
    await answerByKeys(visitor);
    await page.getByText("Question 3 of at most 12").waitFor();
    await page.getByRole("button", { name: "Stop and see the result" }).click();
    await page.getByRole("heading", { name: "Where you stand" }).waitFor();
    assert.equal(await answersOf(base, courseId, studentId), 2);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });
}
