// A text that may hold formulas between dollar signs. KaTeX is fetched only when there is one, and the
// plain source is shown until it is there (or if it never comes).
import { lazy, Suspense } from "react";

const Formula = lazy(() => import("./formula"));

export type Piece = { kind: "words"; text: string } | { kind: "formula"; tex: string; display: boolean };

/** Splits "so $x^2$ is …" into words and formulas. A lone dollar sign is a dollar sign; \$ always is. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const pattern = /\$\$([^$]+)\$\$|\$((?:\\\$|[^$\n])+)\$/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > 0 && text[match.index - 1] === "\\") continue;
    if (match.index > end) pieces.push({ kind: "words", text: text.slice(end, match.index) });
    pieces.push({ kind: "formula", tex: match[1] ?? match[2] ?? "", display: match[1] !== undefined });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: "words", text: text.slice(end) });
  return pieces.map((piece) =>
    piece.kind === "words" ? { ...piece, text: piece.text.replaceAll("\\$", "$") } : piece,
  );
}

export function MathText({ text, math }: { text: string; math: boolean }) {
  if (!math) return <span className="text">{text}</span>;
  return (
    <span className="text">
      {piecesOf(text).map((piece, i) =>
        piece.kind === "words" ? (
          <span key={i}>{piece.text}</span>
        ) : (
          <Suspense key={i} fallback={<span>{piece.tex}</span>}>
            <Formula tex={piece.tex} display={piece.display} />
          </Suspense>
        ),
      )}
    </span>
  );
}
