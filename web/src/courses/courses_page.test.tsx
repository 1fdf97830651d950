import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";

import { rememberIdentity, shownName } from "../shell/identity";
import { validName } from "../students/student_choice";
import { renderPage } from "../testing/render";
import { serveSchool } from "../testing/school";
import { CoursesPage } from "./courses_page";

async function open() {
  const { fetched } = serveSchool([], () => new TypeError("no answers here"));
  renderPage(<CoursesPage />);
  await screen.findByText("I am new here");
  return { fetched, user: userEvent.setup() };
}

afterEach(() => {
  rememberIdentity(null);
  history.replaceState(null, "", "/");
});

describe("CoursesPage", () => {
  it("switches the language at once, without a request, and remembers it", async () => {
    const { fetched, user } = await open();
    const before = fetched.mock.calls.length;
    await user.click(screen.getByRole("radio", { name: "中文" }));
    expect(screen.getByText("欢迎使用 Meno")).toBeTruthy();
    expect(screen.getByText("中小学数学")).toBeTruthy();
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(localStorage.getItem("meno.language")).toBe("zh-CN");
    expect(fetched.mock.calls.length).toBe(before);
  });

  it("makes a student of a name and goes to practice, with no name in the address or on the device", async () => {
    const { user } = await open();
    await user.type(screen.getByLabelText("Your name or nickname"), "  Ada   Lee {Enter}");
    await expect.poll(() => location.pathname).toBe("/courses/school-math/students/new/practice");
    expect(JSON.stringify(Object.entries(localStorage))).not.toContain("Ada");
  });

  it("refuses an empty name", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("button", { name: "Create and start" }));
    expect(screen.getByRole("alert").textContent).toContain("1 to 40 characters");
  });

  it("offers real students only; simulated classmates are counted and labelled", async () => {
    await open();
    expect(screen.getByRole("button", { name: /Lin/ })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Robot/ })).toBeNull();
    expect(screen.getByText(/2 simulated classmates/)).toBeTruthy();
  });

  it("labels the demo school as simulated data", async () => {
    await open();
    expect(screen.getByRole("complementary").textContent).toContain("Simulated data");
  });
});

describe("shownName", () => {
  it.each([
    ["7A Sim Li 李 01 (simulated 模拟)", true, "7A Sim Li 李 01"],
    ["小李（模拟）", true, "小李"],
    ["Ann (simulated)", false, "Ann (simulated)"],
  ])("shows %s, simulated %s, as %s", (display_name, simulated, shown) => {
    expect(shownName({ display_name, simulated })).toBe(shown);
  });
});

describe("validName", () => {
  it.each([
    ["", null],
    ["   ", null],
    [" Ada  Lee ", "Ada Lee"],
    ["欧阳小艾", "欧阳小艾"],
    ["x".repeat(40), "x".repeat(40)],
    ["x".repeat(41), null],
    ["😀".repeat(40), "😀".repeat(40)],
  ])("reads %j as %j", (typed, name) => {
    expect(validName(typed)).toBe(name);
  });
});
