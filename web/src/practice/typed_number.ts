// What a Chinese input method types for a number, as plain signs: ＋－１２．５ → +-12.5. The server grades;
// this only keeps its refusals for what is truly no number.

const kPlain: Readonly<Record<string, string>> = {
  "，": ",",
  "。": ".",
  "−": "-",
  "–": "-",
  "÷": "/",
  "　": " ",
};

export function plainNumber(typed: string): string {
  return Array.from(typed)
    .map((sign) => {
      const code = sign.charCodeAt(0);
      if (kPlain[sign] !== undefined) return kPlain[sign];
      return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : sign;
    })
    .join("")
    .trim();
}
