import { describe, expect, it } from "vitest";

import { kCourse, recommendation, text } from "../testing/school";
import { newEventId } from "./event_id";
import { addMistake, clearMistakes, readMistakes, responseText, type Mistake } from "./mistakes";
import { marked } from "./session";
import { plainNumber } from "./typed_number";

const kUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("newEventId", () => {
  it("is a version 4 UUID, also on plain http where randomUUID is missing", () => {
    const plainHttp = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto;
    expect(newEventId()).toMatch(kUuid);
    expect(newEventId(plainHttp)).toMatch(kUuid);
    expect(newEventId(plainHttp)).not.toBe(newEventId(plainHttp));
  });
});

describe("plainNumber", () => {
  it.each([
    ["full-width digits", "１２．５", "12.5"],
    ["a full-width fraction", "３／４", "3/4"],
    ["the typographic minus", "−7", "-7"],
    ["a Chinese comma", "1，000", "1,000"],
    ["blanks around", "　 42 ", "42"],
    ["a plain mixed number", "1 3/4", "1 3/4"],
  ])("reads %s", (_, typed, plain) => {
    expect(plainNumber(typed)).toBe(plain);
  });
});

describe("marked", () => {
  it("turns a kept mark right when the answer arrives, in its place", () => {
    const marks = marked(marked([], { event_id: "e1" }, "kept"), { event_id: "e2" }, "wrong");
    expect(marked(marks, { event_id: "e1" }, "right").map((mark) => mark.outcome)).toEqual(["right", "wrong"]);
  });
});

describe("mistakes book", () => {
  const mistake = (event_id: string): Mistake => ({
    event_id,
    at: "2026-01-01T00:00:00.000Z",
    skills: ["add"],
    prompt: text("2+3?", "2+3？"),
    response: text("six", "六"),
    feedback: { right_answer: text("five", "五"), explanation: text("x", "x"), misconception: null },
  });

  it("keeps the newest first, one per event, at most fifty", () => {
    for (let i = 0; i < 60; i++) addMistake(kCourse.id, "s1", mistake(`e${i}`));
    addMistake(kCourse.id, "s1", mistake("e58"));
    const ids = readMistakes(kCourse.id, "s1").map((each) => each.event_id);
    expect(ids).toHaveLength(50);
    expect(ids.slice(0, 3)).toEqual(["e58", "e59", "e57"]);
  });

  it("is each student's own and can be emptied", () => {
    addMistake(kCourse.id, "s1", mistake("e1"));
    expect(readMistakes(kCourse.id, "s2")).toEqual([]);
    clearMistakes(kCourse.id, "s1");
    expect(readMistakes(kCourse.id, "s1")).toEqual([]);
  });

  it("names a choice by its words", () => {
    expect(responseText(recommendation("2+3"), "b")).toEqual(text("six", "六"));
    expect(responseText(recommendation("2+3"), "17")).toEqual(text("17", "17"));
  });
});
