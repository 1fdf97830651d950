import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { renderPage } from "../testing/render";
import { mayTeach, mustSignIn } from "./session";
import { SignInPage } from "./sign_in_page";

const kNobody = { mode: "accounts", account_id: null, role: null, display_name: null, student_id: null, expires_at: null, provider: null } as const;

function answering(status: number, body: unknown) {
  const fetched = vi.fn((path: string, options?: RequestInit) => {
    void options;
    return Promise.resolve(
      path === "/v1/session" ? new Response(JSON.stringify(body), { status }) : new Response("{}", { status: 401 }),
    );
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("SignInPage", () => {
  it("sends what was pasted, with the field that other pages cannot set", async () => {
    const fetched = answering(200, { ...kNobody, account_id: "ann", role: "student", student_id: "ann" });
    renderPage(<SignInPage />);
    const user = userEvent.setup();
    await user.click(screen.getByLabelText("Account"));
    await user.paste("ann");
    await user.click(screen.getByLabelText("Password"));
    await user.paste("a long password");
    await user.keyboard("{Enter}");
    await expect.poll(() => fetched.mock.calls.filter(([, options]) => options?.method === "POST").length).toBe(1);
    const [path, options] = fetched.mock.calls.find(([, each]) => each?.method === "POST") ?? [];
    expect(path).toBe("/v1/session");
    expect(JSON.parse(options?.body as string)).toEqual({ account_id: "ann", password: "a long password" });
    expect(options?.headers).toMatchObject({ "X-Meno-Request": "1" });
  });

  it.each([
    [401, "en", "The account or the password is not right."],
    [429, "en", "Too many attempts were refused. Wait a little and try again."],
    [401, "zh-CN", "账号或密码不正确。"],
  ] as const)("tells a refusal %i in %s", async (status, language, words) => {
    answering(status, { status, detail: "m", code: "x" });
    renderPage(<SignInPage />, language);
    const user = userEvent.setup();
    await user.type(screen.getByLabelText(language === "en" ? "Account" : "账号"), "ann");
    await user.type(screen.getByLabelText(language === "en" ? "Password" : "密码"), "wrong wrong{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe(words);
  });
});

describe("SignInPage with an identity provider", () => {
  const kProvider = { name: "City account", path: "/v1/session/oidc/start" };

  it.each([
    ["en", "Sign in with City account"],
    ["zh-CN", "使用 City account 登录"],
  ] as const)("offers it as a link that the browser follows, in %s", async (language, words) => {
    answering(200, { ...kNobody, provider: kProvider });
    renderPage(<SignInPage />, language);
    const link = await screen.findByRole("link", { name: words });
    expect(link.getAttribute("href")).toBe("/v1/session/oidc/start");
  });

  it("is not offered where there is none", async () => {
    answering(200, kNobody);
    renderPage(<SignInPage />);
    await expect.poll(() => vi.mocked(fetch).mock.calls.length).toBeGreaterThan(0);
    expect(screen.queryByRole("link", { name: /City/ })).toBeNull();
  });
});

describe("a session", () => {
  it("asks to sign in only where the server has accounts", () => {
    expect(mustSignIn(undefined)).toBe(false);
    expect(mustSignIn(kNobody)).toBe(true);
    expect(mustSignIn({ ...kNobody, mode: "open" })).toBe(false);
    expect(mustSignIn({ ...kNobody, account_id: "ann" })).toBe(false);
  });

  it("shows class pages to teachers, and to everybody where the server is open", () => {
    expect(mayTeach({ ...kNobody, mode: "open" })).toBe(true);
    expect(mayTeach({ ...kNobody, account_id: "t", role: "teacher" })).toBe(true);
    expect(mayTeach({ ...kNobody, account_id: "s", role: "student" })).toBe(false);
  });
});
