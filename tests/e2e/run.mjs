// The app in a real browser against the real server with a demo school: node tests/e2e/run.mjs
// Needs the built app (web/dist), the executable (MENO_BIN) and Chromium; harness.mjs says what can be set.
import { accessTests } from "./access.mjs";
import { classTests } from "./class.mjs";
import { finish, launchBrowser, startServer } from "./harness.mjs";
import { openIdTests } from "./openid.mjs";
import { practiceTests } from "./practice.mjs";
import { servingTests } from "./serving.mjs";
import { tutorTests } from "./tutor.mjs";
import { signInTests } from "./sign_in.mjs";

const server = await startServer();
const browser = await launchBrowser();
try {
  const { courses } = await (await fetch(`${server.base}/v1/courses`)).json();
  const demo = courses.find((course) => course.simulated && course.has_content);
  if (demo === undefined) throw new Error(`no simulated course with questions among ${JSON.stringify(courses)}`);
  await servingTests(server.base, demo.id);
  await practiceTests(browser, server.base, demo.id);
  await tutorTests(browser, server.base, demo.id);
  await classTests(browser, server.base, demo.id);
  await accessTests(browser, server.base, demo.id);
  // Last: from the first account on this school asks who comes.
  await server.stop();
  if (server.demo !== null) {
    await signInTests(browser, server.demo, demo.id);
    await openIdTests(browser, server.demo);
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = finish();
