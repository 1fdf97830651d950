// Signing in with an account of a real identity provider, in a real browser. The page is at localhost and the provider at
// 127.0.0.1: two sites for a browser, as in a school.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { assertAxe } from "./access.mjs";
import { startServer, test } from "./harness.mjs";
import { kClient, startProvider } from "./real_provider.mjs";
import { visit } from "./visitor.mjs";

const kWords = {
  en: { button: "Sign in with City account", account: "Account", out: "Sign out", none: "There is no account here for you", no: "the sign-in was cancelled", back: "Back to the sign-in page" },
  "zh-CN": { button: "使用 City account 登录", account: "账号", out: "退出", none: "这里没有您的账号", no: "登录已取消", back: "返回登录页" },
};

/** From the sign-in page to the provider, and in there as `login`. */
async function signInThere(page, base, words, login) {
  await page.goto(`${base}/`);
  await page.getByRole("link", { name: words.button }).click();
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  // The provider asks once whether the school may know who it is.
  const consent = page.locator("input[name=prompt][value=consent]");
  await Promise.race([consent.waitFor({ state: "attached" }), page.waitForURL((url) => url.origin === base)]);
  if ((await consent.count()) > 0) await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.origin === base);
}

/** `school` is a demo school with the account "e2e-student". */
export async function openIdTests(browser, school) {
  let provider;
  const server = await startServer(school, async (port) => {
    const redirectUri = `http://localhost:${port}/v1/session/oidc/callback`;
    provider = await startProvider(redirectUri);
    const file = join(school, "oidc.json");
    writeFileSync(join(school, "oidc-secret"), `${kClient.secret}\n`);
    writeFileSync(file, JSON.stringify({ issuer: provider.issuer, client_id: kClient.id, client_secret_file: "oidc-secret", redirect_uri: redirectUri, name: "City account" }));
    return ["--oidc", file];
  });
  const base = server.base.replace("127.0.0.1", "localhost");
  try {
    for (const language of ["en", "zh-CN"]) {
      const words = kWords[language];
      await test(`OpenID: the button leads to the provider and back into the app (${language})`, async () => {
        const { page, context, complaints } = await visit(browser, base, { language });
        await page.goto(`${base}/`);
        await page.getByRole("link", { name: words.button }).waitFor();
        await assertAxe(page);
        await signInThere(page, base, words, "lin");
        await page.getByText("Lin Lee").first().waitFor();
        assert.equal(new URL(page.url()).pathname, "/");
        assert.equal(await page.evaluate(() => document.cookie), "", "scripts can read a cookie");
        const cookies = (await context.cookies(base)).filter((each) => each.name.startsWith("meno"));
        assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]), [["meno_session", true, "Strict"]]);
        assert.deepEqual(complaints.filter((each) => each.includes("localhost")), []);
        await page.getByRole("button", { name: words.out }).click();
        await page.getByLabel(words.account).waitFor();
        await context.close();
      });

      await test(`OpenID: who cancels at the provider is told so, and can begin again (${language})`, async () => {
        const { page, context } = await visit(browser, base, { language });
        await page.goto(`${base}/`);
        await page.getByRole("link", { name: words.button }).click();
        await page.locator('a[href$="/abort"]').click();
        await page.getByText(words.no).waitFor();
        await assertAxe(page);
        await page.getByRole("link", { name: words.back }).click();
        await page.getByRole("link", { name: words.button }).waitFor();
        await context.close();
      });

      for (const [who, login] of [["without an account here", "stranger"], ["under the user name of somebody linked", "impostor"]]) {
        await test(`OpenID: a person ${who} is refused (${language})`, async () => {
          const { page, context } = await visit(browser, base, { language });
          await signInThere(page, base, words, login);
          await page.getByText(words.none).waitFor();
          await assertAxe(page);
          const { account_id: account } = await (await context.request.get(`${base}/v1/session`)).json();
          assert.equal(account, null);
          await context.close();
        });
      }
    }
  } finally {
    await server.stop();
    await provider?.stop();
  }
}
