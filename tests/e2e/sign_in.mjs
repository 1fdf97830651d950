// A server with accounts: nobody gets past the door, a student finds only the own pages, and signing out closes it again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { kMeno, startServer, test } from "./harness.mjs";
import { assertAxe } from "./access.mjs";
import { visit } from "./visitor.mjs";

const kWords = {
  en: { account: "Account", password: "Password", enter: "Sign in", out: "Sign out", wrong: "The account or the password is not right." },
  "zh-CN": { account: "账号", password: "密码", enter: "登录", out: "退出", wrong: "账号或密码不正确。" },
};

export async function signInTests(browser, school, courseId) {
  const store = join(school, "school.db");
  const account = ["--id", "e2e-student", "--role", "student", "--name", "Lin Lee", "--course", courseId];
  const made = JSON.parse(execFileSync(kMeno, ["user", "add", "--store", store, ...account, "--json"], { encoding: "utf8" }));
  const server = await startServer(school);
  try {
    for (const language of ["en", "zh-CN"]) {
      await test(`Sign-in: a student comes in, sees the own pages only, and goes out again (${language})`, async () => {
        const words = kWords[language];
        const { page, context } = await visit(browser, server.base, { language });
        await page.goto(`${server.base}/courses/${encodeURIComponent(courseId)}/class`);
        await page.getByLabel(words.account).fill("e2e-student");
        await assertAxe(page);
        await page.getByLabel(words.password).fill("not the password");
        await page.keyboard.press("Enter");
        await page.getByText(words.wrong).waitFor();
        await page.getByLabel(words.password).fill(made.password);
        await page.getByRole("button", { name: words.enter }).click();
        await page.getByText("Lin Lee").first().waitFor();
        await page.goto(`${server.base}/`);
        await page.locator("a.button-main").click();
        await page.locator(".question").waitFor();
        assert.equal(await page.locator(`a[href$="/class"]`).count(), 0, "a student is offered the class page");
        const others = await page.evaluate(async (path) => (await fetch(path)).status, `/v1/courses/${courseId}/students`);
        assert.equal(others, 403);
        assert.equal(await page.evaluate(() => document.cookie), "", "scripts can read the session");
        await page.getByRole("button", { name: words.out }).click();
        await page.getByLabel(words.account).waitFor();
        await context.close();
      });
    }
  } finally {
    await server.stop();
  }
}
