// What the server owes the app: a strict policy, the app at every address, refusals in one form.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { kRepository, test } from "./harness.mjs";

export async function servingTests(base, courseId) {
  await test("Serving: the app comes with a policy that allows neither inline scripts nor other hosts", async () => {
    const policy = (await fetch(`${base}/`)).headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe-eval|https?:|\*/);
  });

  await test("Serving: an address inside the app answers with the app, an unknown route with a refusal", async () => {
    const inside = await fetch(`${base}/courses/${encodeURIComponent(courseId)}/class`);
    assert.match(inside.headers.get("content-type"), /^text\/html/);
    const unknown = await fetch(`${base}/v1/no-such-route`);
    assert.equal(unknown.status, 404);
    assert.equal((await unknown.json()).error.kind, "not_found");
  });

  await test("Serving: the demo school says that it is simulated", async () => {
    const { courses } = await (await fetch(`${base}/v1/courses`)).json();
    assert.equal(courses.find((course) => course.id === courseId).simulated, true);
  });

  await test("Serving: the app was built for the API that this server describes", async () => {
    const served = await (await fetch(`${base}/openapi.json`)).json();
    const built = JSON.parse(readFileSync(join(kRepository, "web/openapi.json"), "utf8"));
    assert.deepEqual({ ...served, info: null }, { ...built, info: null });
  });
}
