// A student's way through the app, also on a bad network.
import assert from "node:assert/strict";

import { test } from "./harness.mjs";
import { answerAndSee, answerByKeys, answersOf, get, goOn, join, visit } from "./visitor.mjs";

export async function practiceTests(browser, base, courseId) {
  await test("Practice: a new student answers three questions with keys alone, each recorded and explained", async () => {
    const visitor = await visit(browser, base);
    const studentId = await join(visitor);
    for (let i = 0; i < 3; i++) {
      await answerAndSee(visitor);
      assert.ok((await visitor.page.locator(".feedback .change").count()) >= 1, "no mastery change is shown");
      assert.ok((await visitor.page.locator(".feedback h3").count()) >= 2, "no worked solution is shown");
      await goOn(visitor);
    }
    assert.equal(await answersOf(base, courseId, studentId), 3);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });

  await test("Practice: every question says why, with estimate, evidence, counterfactual and model", async () => {
    const visitor = await visit(browser, base);
    const studentId = await join(visitor);
    const why = await visitor.page.locator(".why").innerText();
    const path = `/v1/students/${encodeURIComponent(studentId)}/recommendations?course_id=${encodeURIComponent(courseId)}&count=1`;
    const [{ reason }] = (await get(base, path)).recommendations;
    for (const sentence of [reason.text.en, reason.counterfactual.en, reason.model.name]) {
      assert.ok(why.includes(sentence), `the panel lacks “${sentence}”: ${why}`);
    }
    assert.match(why, /\d+% \(likely \d+%–\d+%\)/);
    assert.match(why, /from \d+ answers? on this skill/);
    await visitor.context.close();
  });

  await test("Practice: the right answer is not on the device before the student answers", async () => {
    const visitor = await visit(browser, base);
    const fetched = visitor.page.waitForResponse((reply) => reply.url().includes("/recommendations"));
    await join(visitor);
    const { recommendations } = await (await fetched).json();
    // A worked example shows another exercise, solved.
    for (const { item, resource } of recommendations) assert.notDeepEqual(resource?.example?.prompt, item.content.prompt);
    const asked = JSON.stringify(recommendations.map(({ resource: _, ...choice }) => choice));
    assert.match(asked, /"prompt"/);
    assert.doesNotMatch(asked, /right_answer|explanation|misconception/);
    await visitor.context.close();
  });

  await test("Practice: the language changes in place, on the same question, and is remembered", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    await join(visitor);
    const english = await page.locator(".prompt").innerText();
    const before = visitor.requested.length;
    await page.locator(".settings select").first().selectOption("zh-CN");
    await page.getByRole("heading", { name: "为什么是这一题？" }).waitFor();
    const chinese = await page.locator(".prompt").innerText();
    assert.match(chinese, /[\u4e00-\u9fff]/, `the question stayed “${chinese}”`);
    assert.notEqual(chinese, english);
    assert.equal(visitor.requested.slice(before).filter((url) => url.includes("/v1/")).length, 0, "the switch asked the server");
    await page.reload();
    await page.getByRole("heading", { name: "为什么是这一题？" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    await visitor.context.close();
  });

  await test("Practice: an answer given offline is kept, practice goes on, and it arrives once", async () => {
    const visitor = await visit(browser, base);
    const { page, context } = visitor;
    const studentId = await join(visitor);
    await context.setOffline(true);
    await answerByKeys(visitor);
    await page.getByRole("heading", { name: "Kept for later" }).waitFor();
    assert.match(await page.locator(".notice-warn").innerText(), /1 answer is kept on this device/);
    await page.getByRole("button", { name: "Next question" }).click();
    await page.locator(".question").waitFor();
    assert.equal(await answersOf(base, courseId, studentId), 0);
    await context.setOffline(false);
    await page.locator(".notice-warn").waitFor({ state: "detached" });
    assert.equal(await answersOf(base, courseId, studentId), 1);
    await context.close();
  });

  await test("Practice: a reply lost on its way leads to one record, not two", async () => {
    const visitor = await visit(browser, base);
    const { page, context } = visitor;
    const studentId = await join(visitor);
    let lost = 0;
    await page.route("**/v1/answers", async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    }, { times: 1 });
    await answerByKeys(visitor);
    await page.locator(".verdict").waitFor();
    assert.equal(lost, 1);
    assert.match(await page.locator(".feedback").innerText(), /had been recorded before/);
    assert.equal(await answersOf(base, courseId, studentId), 1);
    await context.close();
  });

  await test("Practice: an answer kept when the tab was closed is sent on the next visit", async () => {
    const visitor = await visit(browser, base);
    const { page, context } = visitor;
    const studentId = await join(visitor);
    await page.route("**/v1/answers", (route) => route.abort());
    await answerByKeys(visitor);
    await page.getByRole("heading", { name: "Kept for later" }).waitFor();
    const address = page.url();
    await page.close();
    const again = await context.newPage();
    const arrived = again.waitForResponse((reply) => reply.url().endsWith("/v1/answers"));
    await again.goto(address);
    assert.equal((await arrived).status(), 200);
    assert.equal(await answersOf(base, courseId, studentId), 1);
    await context.close();
  });

  await test("Practice: what is no number is not counted, and may be written again", async () => {
    const visitor = await visit(browser, base);
    const { page, context } = visitor;
    const studentId = await join(visitor);
    let answered = 0;
    while ((await page.locator("input.big-input").count()) === 0 && answered < 25) {
      await answerAndSee(visitor);
      answered += 1;
      await goOn(visitor);
    }
    await page.locator("input.big-input").fill("seven");
    await page.keyboard.press("Enter");
    assert.match(await page.locator(".field-error").innerText(), /could not be read/);
    assert.equal(await answersOf(base, courseId, studentId), answered);
    await page.locator("input.big-input").fill("７");
    await page.keyboard.press("Enter");
    await page.locator(".verdict").waitFor();
    assert.equal(await answersOf(base, courseId, studentId), answered + 1);
    await context.close();
  });

  await test("Practice: a question may be swapped, and what was said of it outlives a reload", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    const studentId = await join(visitor);
    const prompt = () => page.locator(".prompt").innerText();
    const first = await prompt();
    await page.getByLabel("Not this one?").getByRole("button", { name: "Another one" }).click();
    await page.getByText("Here is another one.").waitFor();
    const second = await prompt();
    assert.notEqual(second, first);
    await page.getByRole("button", { name: "Too hard" }).click();
    await page.getByText("a little easier").waitFor();
    await page.reload();
    await page.locator(".question").waitFor();
    const third = await prompt();
    assert.ok(third !== first && third !== second, `“${third}” was put off`);
    const path = `/v1/students/${encodeURIComponent(studentId)}/preferences?course_id=${encodeURIComponent(courseId)}`;
    assert.equal((await get(base, path)).aimed_at, 0.83);
    assert.equal(await answersOf(base, courseId, studentId), 0);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });

  await test("Practice: the difficulty is tried before it is set, with keys alone", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    const studentId = await join(visitor);
    const path = `/v1/students/${encodeURIComponent(studentId)}/preferences?course_id=${encodeURIComponent(courseId)}`;
    await page.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await page.getByText("Next would be:").waitFor();
    assert.equal((await get(base, path)).target, null);
    await page.getByRole("button", { name: "Use this" }).press("Enter");
    await page.getByRole("button", { name: "Back to the usual" }).waitFor();
    assert.equal((await get(base, path)).target, 0.5);
    assert.deepEqual(visitor.complaints, []);
    await visitor.context.close();
  });

  await test("My skills: every skill of the course is there, and a mistake enters the book", async () => {
    const visitor = await visit(browser, base);
    const { page, context } = visitor;
    await join(visitor);
    let wrong = 0;
    for (let i = 0; i < 12 && wrong === 0; i++) {
      await answerAndSee(visitor);
      wrong += await page.locator(".feedback-wrong").count();
      await goOn(visitor);
    }
    assert.ok(wrong > 0, "twelve blind answers were all right");
    await page.getByRole("link", { name: "My skills" }).click();
    await page.locator(".skill").first().waitFor();
    const { skills } = await get(base, `/v1/courses/${encodeURIComponent(courseId)}/skills`);
    assert.equal(await page.locator(".skill").count(), skills.length);
    assert.equal(await page.locator(".mistake").count(), 1);
    assert.deepEqual(visitor.complaints, []);
    await context.close();
  });
}
