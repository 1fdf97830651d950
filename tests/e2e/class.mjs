// A teacher's way through the class page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { test } from "./harness.mjs";
import { get, visit } from "./visitor.mjs";

const kNeeds = ["struggling", "idle", "rapid_guessing", "absent"];

/** The heat map as the screen shows it: names and cells, row by row. */
const shown = (page) =>
  page.locator(".heat-map tbody tr").evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector(".who-name").textContent,
      cells: [...row.querySelectorAll(".heat")].map((cell) => cell.querySelector(".heat-number")?.textContent ?? ""),
    })),
  );

export async function classTests(browser, base, courseId) {
  const path = `/courses/${encodeURIComponent(courseId)}/class`;
  const open = async (options) => {
    const visitor = await visit(browser, base, options);
    await visitor.page.goto(base + path);
    await visitor.page.locator(".heat-map").waitFor();
    return visitor;
  };

  await test("Class: the heat map holds every student and skill of the class, with the server's numbers", async () => {
    const { page, context, complaints } = await open();
    const view = await get(base, `/v1${path}`);
    const rows = await shown(page);
    assert.equal(rows.length, view.students.length);
    // The label inside a simulated student's name is shown beside it instead.
    const bare = (name) => name.replace(/ \(simulated[^)]*\)$/, "");
    const known = new Map(view.students.map((student) => [bare(student.display_name), student]));
    for (const row of rows) {
      const { mastery } = known.get(row.name);
      assert.equal(row.cells.length, view.skills.length);
      row.cells.forEach((cell, i) => {
        if (mastery[i] === null) assert.equal(cell, "");
        else assert.ok(Math.abs(Number(cell) - 100 * mastery[i]) <= 1, `${cell} for ${mastery[i]}`);
      });
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  await test("Class: at most ten students need help, each with kind, reason, evidence and suggestion", async () => {
    const { page, context } = await open();
    const view = await get(base, `/v1${path}`);
    const cards = page.locator(".need");
    assert.equal(await cards.count(), view.needs_help.length);
    assert.ok(view.needs_help.length >= 1 && view.needs_help.length <= 10, `${view.needs_help.length} students`);
    for (const [i, need] of view.needs_help.entries()) {
      assert.ok(kNeeds.includes(need.kind), need.kind);
      const words = await cards.nth(i).innerText();
      for (const sentence of [need.reason.en, need.suggestion.en]) assert.ok(words.includes(sentence), words);
      assert.match(words, /\d+ answers? as evidence/);
    }
    await context.close();
  });

  await test("Class: headings sort, unknown estimates last, and say so", async () => {
    const { page, context } = await open();
    const heading = page.locator("th.skill-column").first();
    await heading.locator("button").click();
    assert.equal(await heading.getAttribute("aria-sort"), "ascending");
    const rising = (await shown(page)).map((row) => row.cells[0]);
    const known = rising.filter((cell) => cell !== "").map(Number);
    assert.deepEqual(known, [...known].sort((a, b) => a - b));
    assert.equal(rising.indexOf("") === -1 || rising.slice(rising.indexOf("")).every((cell) => cell === ""), true);
    await heading.locator("button").click();
    assert.equal(await heading.getAttribute("aria-sort"), "descending");
    await context.close();
  });

  await test("Class: the CSV holds what the screen shows, under a time-stamped name", async () => {
    const { page, context } = await open();
    await page.locator("th.plain button").last().click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^meno-class-.+-\d{8}-\d{6}\.csv$/);
    const lines = readFileSync(await file.path(), "utf8").replace(/^\uFEFF/, "").trimEnd().split("\r\n");
    const rows = await shown(page);
    assert.equal(lines.length, rows.length + 1);
    rows.forEach((row, i) => {
      const fields = lines[i + 1].split(",");
      assert.ok(lines[i + 1].includes(row.name), lines[i + 1]);
      assert.deepEqual(fields.slice(-row.cells.length), row.cells);
    });
    await context.close();
  });

  await test("Class: headings and names stay in sight while the map scrolls", async () => {
    const { page, context } = await open({ width: 800, height: 600 });
    await page.locator(".heat-box").evaluate((box) => box.scrollTo(300, 400));
    const apart = await page.evaluate(() => {
      const box = document.querySelector(".heat-box").getBoundingClientRect();
      const head = document.querySelector(".heat-map thead th").getBoundingClientRect();
      const name = document.querySelectorAll(".heat-map tbody th.who")[20].getBoundingClientRect();
      return { top: Math.abs(head.top - box.top), left: Math.abs(name.left - box.left) };
    });
    assert.ok(apart.top <= 2 && apart.left <= 2, JSON.stringify(apart));
    await context.close();
  });

  await test("Class: an answer given elsewhere appears without a reload, sooner than the page would ask", async () => {
    const post = async (to, body) => {
      const reply = await fetch(`${base}${to}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      assert.ok(reply.ok, await reply.clone().text());
      return reply.json();
    };
    const at = `/v1/courses/${encodeURIComponent(courseId)}`;
    const name = "Live Visitor";
    const student = await post(`${at}/students`, { display_name: name });
    const { items } = await get(base, `${at}/items?limit=200`);
    const { page, context, complaints } = await open();
    await page.locator(".updated-live").waitFor();
    const filled = async () => (await shown(page)).find((row) => row.name === name).cells.filter((cell) => cell !== "").length;
    assert.equal(await filled(), 0);
    const skill = items[0].skills[0];
    for (const [k, item] of items.filter((one) => one.skills[0] === skill).slice(0, 8).entries()) {
      await post("/v1/answers?next=none", {
        event_id: `live-${student.id}-${k}`,
        course_id: courseId,
        student_id: student.id,
        item_id: item.id,
        correct: true,
      });
    }
    // With news coming, the page itself asks only once a minute.
    const until = Date.now() + 15_000;
    while ((await filled()) === 0 && Date.now() < until) await page.waitForTimeout(100);
    assert.ok((await filled()) >= 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  await test("Class: on paper the page is light and without its controls", async () => {
    const { page, context } = await open({ scheme: "dark" });
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
    assert.equal(await page.locator(".header").isVisible(), false);
    assert.equal(await page.locator(".heat-tools").isVisible(), false);
    await context.close();
  });
}
