import { describe, expect, it } from "vitest";

import { kClass } from "../testing/school";
import { en } from "../text/en";
import { csvField, csvOf } from "./csv";
import { bandOf, heatMapOf, meanMastery, nextSorting, type Sorting } from "./heat_map_data";

const map = (sorting: Sorting, sought = "") =>
  heatMapOf(kClass, { sought, sorting, language: "en", say: (text) => text.en });
const names = (sorting: Sorting, sought = "") => map(sorting, sought).rows.map((row) => row.display_name);

describe("heatMapOf", () => {
  it("sorts names as people do: 9 before 10", () => {
    expect(names({ by: "name", descending: false })).toEqual(["Lin", "Robot 9", "Robot 10"]);
  });

  it("sorts by a skill and leaves what is not known at the end, both ways round", () => {
    expect(names({ by: { skill: "sub" }, descending: false })).toEqual(["Robot 9", "Robot 10", "Lin"]);
    expect(names({ by: { skill: "sub" }, descending: true })).toEqual(["Robot 10", "Robot 9", "Lin"]);
  });

  it("sorts by last activity with the latest first and never at the end", () => {
    expect(names({ by: "last", descending: true })).toEqual(["Lin", "Robot 9", "Robot 10"]);
  });

  it("narrows rows by a student and columns by a skill", () => {
    expect(names({ by: "name", descending: false }, "robot")).toEqual(["Robot 9", "Robot 10"]);
    const bySkill = map({ by: "name", descending: false }, "subtr");
    expect(bySkill.columns.map((column) => column.id)).toEqual(["sub"]);
    expect(bySkill.rows).toHaveLength(3);
    expect(map({ by: "name", descending: false }, "xyz").rows).toEqual([]);
  });
});

describe("heat map rules", () => {
  it("puts each estimate in one band", () => {
    expect([null, 0, 0.549, 0.55, 0.7, 0.85, 1].map(bandOf)).toEqual(["none", "low", "low", "middle", "good", "high", "high"]);
  });

  it("averages only what is known", () => {
    expect(kClass.students.map((student) => meanMastery(student)?.toFixed(3))).toEqual(["0.900", "0.400", "0.525"]);
    expect(meanMastery({ mastery: [null] } as never)).toBeNull();
  });

  it("turns the order round on a second choice and starts estimates with the lowest", () => {
    const bySkill = nextSorting({ by: "name", descending: false }, { skill: "add" });
    expect(bySkill).toEqual({ by: { skill: "add" }, descending: false });
    expect(nextSorting(bySkill, { skill: "add" }).descending).toBe(true);
  });
});

describe("csvOf", () => {
  it("holds what the screen shows, in its order, with its numbers", () => {
    const csv = csvOf(map({ by: { skill: "sub" }, descending: false }), en);
    expect(csv).toBe(
      "\uFEFFStudent,Simulated,Answers,Last active,Mean,Adding,Subtracting\r\n" +
        "Robot 9,yes,7,2026-01-01T00:00:00.000Z,53,75,30\r\n" +
        "Robot 10,yes,9,,40,20,60\r\n" +
        "Lin,no,3,2026-01-02T00:00:00.000Z,90,90,\r\n",
    );
  });

  it.each([
    ["a, b", '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ["=1+1", "'=1+1"],
    ["-5", "'-5"],
    ["@cmd", "'@cmd"],
    ["李明", "李明"],
  ])("writes %s safely", (value, field) => {
    expect(csvField(value)).toBe(field);
  });
});
