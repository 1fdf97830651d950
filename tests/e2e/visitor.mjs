// One person at one screen: a fresh browser profile, and the steps that the tests share.
import assert from "node:assert/strict";

export const kLanguages = ["en", "zh-CN"];
export const kSchemes = ["light", "dark"];

const kWords = {
  en: { create: "Create and start", next: "Next question" },
  "zh-CN": { create: "创建并开始", next: "下一题" },
};

/** Opens a page in a profile of its own that notes every complaint of the browser and every request. */
export async function visit(browser, base, { language = "en", scheme = "light", width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    locale: language,
    colorScheme: scheme,
    viewport: { width, height },
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = [];
  const requested = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requested.push(request.url()));
  const words = kWords[language];
  return { context, page, base, complaints, requested, words, language };
}

/** Joins the demo school under a new name; ends on the practice page. Answers the student's id. */
export async function join({ page, base, words }, name = "Test Person") {
  await page.goto(`${base}/`);
  await page.locator("form input").fill(name);
  await page.getByRole("button", { name: words.create }).click();
  await page.waitForURL(/\/students\/[^/]+\/practice$/);
  await page.locator(".question").waitFor();
  return decodeURIComponent(new URL(page.url()).pathname.split("/")[4]);
}

/** Answers the question on the screen with keys only, rightly or not. */
export async function answerByKeys({ page }) {
  if ((await page.locator("input.big-input").count()) > 0) {
    await page.keyboard.type("7");
  } else {
    await page.keyboard.press("1");
  }
  await page.keyboard.press("Enter");
}

/** Answers the question on the screen and waits for the feedback. */
export async function answerAndSee(visitor) {
  await answerByKeys(visitor);
  await visitor.page.locator(".verdict").waitFor();
}

/** Leaves the feedback; waits for the next question. */
export async function goOn({ page }) {
  await page.keyboard.press("Enter");
  await page.locator(".verdict").waitFor({ state: "detached" });
  await page.locator(".question").waitFor();
}

export async function get(base, path) {
  const reply = await fetch(base + path);
  assert.equal(reply.status, 200, `GET ${path} answered ${reply.status}`);
  return reply.json();
}

/** How many answers the server holds of a student, over all skills of single-skill counting: from the roster. */
export async function answersOf(base, courseId, studentId) {
  const { students } = await get(base, `/v1/courses/${encodeURIComponent(courseId)}/students`);
  return students.find((student) => student.id === studentId)?.answers;
}
