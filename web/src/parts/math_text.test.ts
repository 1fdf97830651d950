import { describe, expect, it } from "vitest";

import { piecesOf } from "./math_text";

const kinds = (text: string) =>
  piecesOf(text).map((piece) => (piece.kind === "words" ? piece.text : `<${piece.tex}>`));

describe("piecesOf", () => {
  it.each([
    ["no formula", "Add them.", ["Add them."]],
    ["one formula", "Work out $1 + 2$.", ["Work out ", "<1 + 2>", "."]],
    ["two formulas", "$a$ and $b$", ["<a>", " and ", "<b>"]],
    ["a lone dollar", "It costs 5 $ now.", ["It costs 5 $ now."]],
    ["escaped dollars", "\\$5 or \\$6", ["$5 or $6"]],
    ["display form", "$$x^2$$", ["<x^2>"]],
    ["a dollar inside a formula", "$\\$5 + 1$", ["<\\$5 + 1>"]],
    ["nothing across lines", "5 $\n6 $", ["5 $\n6 $"]],
  ])("reads %s", (_, text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });
});
