// Writes src/api/schema.ts from openapi.json, the server's own description of its routes. With --check it
// writes nothing and fails when the file on disk is not what would be written.
import { readFileSync, writeFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);

const head = "// Generated from openapi.json by `npm run generate`; do not edit.\n\n";
const wanted = head + astToString(await openapiTS(source));

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== wanted) {
    console.error("src/api/schema.ts is not what openapi.json gives: run `npm run generate` and commit it");
    process.exit(1);
  }
  console.log("src/api/schema.ts is up to date with openapi.json");
} else {
  writeFileSync(target, wanted);
  console.log("wrote src/api/schema.ts");
}
