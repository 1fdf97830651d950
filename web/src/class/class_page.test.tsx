import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderPage } from "../testing/render";
import { serveSchool } from "../testing/school";
import ClassPage from "./class_page";

async function open() {
  serveSchool([], () => new TypeError("no answers here"));
  renderPage(<ClassPage courseId="school-math" />);
  return screen.findByRole("table");
}

const rowNames = (table: HTMLElement) =>
  within(table)
    .getAllByRole("rowheader")
    .map((header) => header.querySelector(".who-name")?.textContent);

describe("ClassPage", () => {
  it("says of each student who needs help what, why, on how much evidence, and what to do", async () => {
    await open();
    const [first] = screen.getAllByRole("listitem").filter((item) => item.classList.contains("need"));
    expect(first?.textContent).toContain("Struggling");
    expect(first?.textContent).toContain("Adding");
    expect(first?.textContent).toContain("4 of 5 answers were wrong.");
    expect(first?.textContent).toContain("5 answers as evidence");
    expect(first?.textContent).toContain("Do one example together.");
    expect(first?.textContent).toContain("simulated");
  });

  it("gives the kinds of need different shapes, not only colours", async () => {
    await open();
    const shapes = [...document.querySelectorAll(".need .chip path")].map((path) => path.getAttribute("d"));
    expect(new Set(shapes).size).toBe(2);
  });

  it("writes the number in every cell and words where evidence is short", async () => {
    const table = await open();
    const row = within(table).getByRole("row", { name: /Lin/ });
    expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
      "3",
      expect.any(String),
      "90%",
      "90",
      "–not enough evidence",
    ]);
  });

  it("sorts by a heading and says so to a screen reader", async () => {
    const table = await open();
    const user = userEvent.setup();
    await user.click(within(table).getByRole("button", { name: "Adding" }));
    expect(within(table).getByRole("columnheader", { name: "Adding" }).getAttribute("aria-sort")).toBe("ascending");
    expect(rowNames(table)).toEqual(["Robot 10", "Robot 9", "Lin"]);
    await user.click(within(table).getByRole("button", { name: "Adding" }));
    expect(rowNames(table)).toEqual(["Lin", "Robot 9", "Robot 10"]);
  });

  it("labels simulated students in the table", async () => {
    const table = await open();
    expect(within(table).getAllByText("simulated")).toHaveLength(2);
  });
});
