// Every route in both languages and both colour schemes: axe, and what axe cannot see.
import assert from "node:assert/strict";

import { kAxe, test } from "./harness.mjs";
import { answerAndSee, join, kLanguages, kSchemes, visit } from "./visitor.mjs";

const kRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function assertAxe(page) {
  await page.evaluate(kAxe);
  const violations = await page.evaluate(async (rules) => {
    const result = await window.axe.run(document, { runOnly: { type: "tag", values: rules } });
    return result.violations.map((each) => `${each.id}: ${each.help} (${each.nodes.map((node) => node.target).join(", ").slice(0, 300)})`);
  }, kRules);
  assert.deepEqual(violations, []);
}

/** WCAG 2.5.8: nothing to press is smaller than 24 × 24 px, links inside sentences excepted. */
async function assertTargets(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("a, button, select, summary, input")]
      .map((each) => (each.matches("label input") ? each.closest("label") : each))
      .filter((each) => !each.matches("p a, .skip-link"))
      .map((each) => ({ what: each.outerHTML.slice(0, 90), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ what, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${what}`),
  );
  assert.deepEqual(small, []);
}

async function assertFits(page) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(beyond <= 0, `the page is ${beyond} px wider than the screen`);
}

/** Tabs through the page: each stop shows that it has the focus and is not covered by anything. */
async function assertFocusSeen(page, stops) {
  await page.evaluate(() => document.activeElement?.blur());
  for (let i = 0; i < stops; i++) {
    await page.keyboard.press("Tab");
    const lost = await page.evaluate(() => {
      const here = document.activeElement;
      if (here === null || here === document.body) return null;
      const ring = here.matches(".choice input") ? here.closest(".choice") : here;
      const style = getComputedStyle(ring);
      const box = here.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      const covered = top !== null && !here.contains(top) && !top.contains(here);
      const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return ringed && !covered ? null : `${here.outerHTML.slice(0, 100)} ringed ${ringed}, covered ${covered}`;
    });
    assert.equal(lost, null);
  }
}

export async function accessTests(browser, base, courseId) {
  const course = `/courses/${encodeURIComponent(courseId)}`;
  for (const language of kLanguages) {
    for (const scheme of kSchemes) {
      const visitor = await visit(browser, base, { language, scheme, reducedMotion: "reduce" });
      const { page } = visitor;
      const where = `${language}, ${scheme}`;
      const check = (name) => test(`Access: ${name} passes axe and has large enough targets (${where})`, async () => {
        assert.equal(await page.locator("html").getAttribute("data-theme"), scheme);
        await assertAxe(page);
        await assertTargets(page);
      });
      let studentId = "";
      await test(`Access: a student can join (${where})`, async () => {
        studentId = await join(visitor);
      });
      const student = `${course}/students/${encodeURIComponent(studentId)}`;
      await check("practice, asking");
      await answerAndSee(visitor);
      await check("practice, answered");
      for (const [name, path, ready] of [
        ["start", "/", ".people"],
        ["my skills", `${student}/skills`, ".skill"],
        ["path", `${student}/path`, ".path-choice"],
        ["placement test", `${student}/test`, ".page .card"],
        ["class", `${course}/class`, ".heat-map"],
        ["not found", "/no/such/page", "main a"],
      ]) {
        await page.goto(base + path);
        await page.locator(ready).first().waitFor();
        await check(name);
      }
      // A page that does not exist is the one thing the browser may note.
      const complaints = visitor.complaints.filter((each) => !/404/.test(each));
      await test(`Access: nothing is blocked, broken or fetched from elsewhere (${where})`, async () => {
        assert.deepEqual(complaints, []);
        assert.deepEqual(visitor.requested.filter((url) => !url.startsWith(base) && !url.startsWith("blob:")), []);
      });
      await visitor.context.close();
    }
  }

  for (const language of kLanguages) {
    await test(`Access: every page fits a screen 360 px wide (${language})`, async () => {
      const visitor = await visit(browser, base, { language, width: 360, height: 740 });
      const { page } = visitor;
      const studentId = await join(visitor);
      await assertFits(page);
      await answerAndSee(visitor);
      await assertFits(page);
      const student = `${course}/students/${encodeURIComponent(studentId)}`;
      for (const [path, ready] of [["/", ".people"], [`${student}/skills`, ".skill"], [`${student}/path`, ".path-choice"], [`${student}/test`, ".page .card"], [`${course}/class`, ".heat-map"]]) {
        await page.goto(base + path);
        await page.locator(ready).first().waitFor();
        await assertFits(page);
      }
      await visitor.context.close();
    });
  }

  await test("Access: the focus is seen and not covered, on every page", async () => {
    const visitor = await visit(browser, base);
    const { page } = visitor;
    const studentId = await join(visitor);
    const student = `${course}/students/${encodeURIComponent(studentId)}`;
    for (const [path, ready] of [
      ["/", ".people"],
      [`${student}/practice`, ".question"],
      [`${student}/skills`, ".skill"],
      [`${course}/class`, ".heat-map"],
    ]) {
      await page.goto(base + path);
      await page.locator(ready).first().waitFor();
      await assertFocusSeen(page, 25);
    }
    await visitor.context.close();
  });

  await test("Access: who asks for less motion gets none", async () => {
    const visitor = await visit(browser, base, { reducedMotion: "reduce" });
    await join(visitor);
    const moving = await visitor.page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((each) => {
        const style = getComputedStyle(each);
        return style.transitionDuration.split(",").some((part) => parseFloat(part) > 0) || style.animationName !== "none";
      }).length,
    );
    assert.equal(moving, 0);
    await visitor.context.close();
  });

  await test("Access: light and dark can be chosen, and the choice is remembered", async () => {
    const visitor = await visit(browser, base, { scheme: "light" });
    const { page } = visitor;
    await page.goto(`${base}/`);
    await page.locator(".settings select").nth(1).selectOption("dark");
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.reload();
    await page.locator(".settings").waitFor();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await visitor.context.close();
  });
}
