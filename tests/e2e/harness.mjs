// What the browser tests stand on: a count of what passed, Debian's Chromium, and the real server.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const kRepository = fileURLToPath(new URL("../../", import.meta.url));
// The browser driver and axe are installed with the web app's other tools.
const require = createRequire(join(kRepository, "web/package.json"));
const { chromium } = require("playwright-core");

export const kAxe = require("axe-core").source;

export const kMeno = process.env.MENO_BIN ?? join(kRepository, "build/release/bin/meno");
const kChromium = process.env.MENO_CHROMIUM ?? "/usr/bin/chromium";
const kFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let passed = 0;
let failed = 0;

/** Runs one test; a throw is its failure, told with the sentence that turned out false. */
export async function test(sentence, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok    ${sentence}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${sentence}\n      ${String(error?.message ?? error).replaceAll("\n", "\n      ")}`);
  }
}

/** Prints the closing line; the exit code says whether all is well. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

export async function launchBrowser() {
  if (!existsSync(kChromium)) throw new Error(`no browser at ${kChromium}: install Debian's chromium, or set MENO_CHROMIUM`);
  return chromium.launch({ executablePath: kChromium, args: kFlags });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs `command` to its end; its output is the error's text when it fails. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${output.slice(-2000)}`));
    });
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function answersHealth(base, server) {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}: ${server.told}`);
    try {
      if ((await fetch(`${base}/v1/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await pause(200);
  }
  throw new Error(`the server did not answer ${base}/v1/health within a minute: ${server.told}`);
}

/**
 * Makes a demo school of its own and serves it on a free port. MENO_BIN names the executable; MENO_DEMO a
 * demo folder made before, which is then served as it is, as is `made`. MENO_SERVER instead names a server that
 * already runs, whose demo folder is not known. `more(port)` answers further arguments.
 */
export async function startServer(made = process.env.MENO_DEMO, more = () => []) {
  if (process.env.MENO_SERVER) return { base: process.env.MENO_SERVER, demo: null, stop: async () => {} };
  const binary = kMeno;
  if (!existsSync(binary)) throw new Error(`no executable at ${binary}: build it, or set MENO_BIN`);
  const folder = mkdtempSync(join(tmpdir(), "meno-e2e-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const demo = made ?? join(folder, "demo");
  if (!made) await run(binary, ["demo", "--into", demo]);

  const port = await freePort();
  const web = join(kRepository, "web/dist");
  const args = ["serve", "--store", join(demo, "school.db"), "--run", join(demo, "run"), "--port", String(port), "--web", web, ...(await more(port))];
  const server = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  // However this ends, no server is left behind.
  process.once("exit", () => server.kill("SIGKILL"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  server.told = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (part) => (server.told = (server.told + part).slice(-4000)));
  }
  const stop = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null && server.kill("SIGTERM")) await Promise.race([ended, pause(5000)]);
    if (server.exitCode === null) server.kill("SIGKILL");
  };
  const base = `http://127.0.0.1:${port}`;
  try {
    await answersHealth(base, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { base, demo, stop };
}
