// Fails the build when a page grows too heavy for a slow school network. The first load is what index.html
// asks for; a lazy route is what it adds to that, styles included (fonts are fetched per glyph set, not counted).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const kFirstLoadLimit = 180 * 1024;
const kLazyLimit = 120 * 1024;

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const zipped = (file) => gzipSync(readFileSync(new URL(file, dist))).length;

/** The files that loading manifest entry `key` brings, its static imports included. */
function filesOf(key, found = new Set()) {
  const entry = manifest[key];
  if (found.has(entry.file)) return found;
  found.add(entry.file);
  for (const style of entry.css ?? []) found.add(style);
  for (const part of entry.imports ?? []) filesOf(part, found);
  return found;
}

const sum = (files) => [...files].reduce((total, file) => total + zipped(file), 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

const first = filesOf("index.html");
const firstBytes = zipped("index.html") + sum(first);
const rows = [["first load", firstBytes, kFirstLoadLimit]];
for (const key of Object.keys(manifest).filter((each) => manifest[each].isDynamicEntry)) {
  const added = [...filesOf(key)].filter((file) => !first.has(file));
  rows.push([key, sum(added), kLazyLimit]);
}

let heavy = 0;
for (const [name, bytes, limit] of rows) {
  const verdict = bytes <= limit ? "ok" : "TOO HEAVY";
  if (bytes > limit) heavy += 1;
  console.log(`${name}: ${kilobytes(bytes)} gzip, at most ${kilobytes(limit)}: ${verdict}`);
}
process.exit(heavy === 0 ? 0 : 1);
