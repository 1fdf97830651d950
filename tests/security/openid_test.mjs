// Signing in at an identity provider that misbehaves, through the real program: node openid_test.mjs MENO_EXECUTABLE
// Needs nothing but Node 18; the part about several servers also PostgreSQL.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { BadProvider, kTokens } from "./bad_provider.mjs";

const meno = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "meno-openid-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const kCallback = "/v1/session/oidc/callback";
const kSecret = "the-clients-long-secret-0123456789";
let failed = 0;

async function test(sentence, body) {
  try {
    await body();
    console.log(`ok    ${sentence}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${sentence}\n      ${String(error?.stack ?? error).replaceAll("\n", "\n      ")}`);
  }
}

function run(...words) {
  return JSON.parse(execFileSync(meno, [...words, "--json"], { encoding: "utf8" }));
}

function newStore(name) {
  const store = name.includes("://") ? name : join(folder, name);
  for (const id of ["ann", "bo"]) run("user", "add", "--store", store, "--id", id, "--role", "platform_admin");
  return store;
}

function options(provider, more = {}) {
  const file = join(folder, `oidc-${Math.random()}.json`);
  writeFileSync(join(folder, "secret"), `${kSecret}\n`);
  const document = {
    issuer: provider.issuer,
    client_id: "meno",
    client_secret_file: "secret",
    redirect_uri: `http://localhost:1${kCallback}`,
    name: "City account",
    ...more,
  };
  writeFileSync(file, JSON.stringify(document));
  return file;
}

// However this ends, no server is left behind.
const started = [];
process.once("exit", () => started.forEach((each) => each.kill("SIGKILL")));

class Server {
  static async start(store, oidc, ...more) {
    const server = new Server();
    const runs = join(folder, "runs");
    const words = ["serve", "--store", store, "--runs", runs, "--port", "0", "--adapt", "off", "--json", ...more];
    if (oidc !== null) words.push("--oidc", oidc);
    server.process = spawn(meno, words, { stdio: ["ignore", "pipe", "pipe"] });
    started.push(server.process);
    server.told = "";
    server.process.stderr.on("data", (part) => (server.told += part));
    server.url = await new Promise((resolve, reject) => {
      let said = "";
      server.process.stdout.on("data", (part) => {
        said += part;
        const url = said.includes("\n") ? JSON.parse(said).url : undefined;
        if (url !== undefined) resolve(url);
      });
      server.process.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}${server.told}`)));
    });
    return server;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), 20_000);
    const code = await ended;
    clearTimeout(late);
    assert.equal(code, 0, this.told);
  }

  get(path, headers = {}) {
    return fetch(this.url + path, { redirect: "manual", headers: { Accept: "text/html", ...headers } });
  }
}

/** "name=value" of a cookie that a reply sets. */
function cookieOf(reply, name) {
  const line = reply.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  return line === undefined ? undefined : line.split(";")[0];
}

/** Begins at `server`; the cookie and the address of the provider. */
async function begin(server, cookie = "meno_oidc") {
  const reply = await server.get("/v1/session/oidc/start");
  assert.equal(reply.status, 303, await reply.text());
  return { location: reply.headers.get("location"), cookie: cookieOf(reply, cookie), reply };
}

/** A whole sign-in; the reply to the callback. */
async function signIn(server, provider, more = {}) {
  const { location, cookie } = await begin(server);
  return server.get(`${kCallback}?${provider.allow(location)}`, { Cookie: cookie, ...more });
}

const provider = await new BadProvider().listen();
const server = await Server.start(newStore("store.db"), options(provider));

await test("a right sign-in sets a strict session, clears its own cookie, and moves on by a page that nothing can be loaded into", async () => {
  const { location, cookie, reply } = await begin(server);
  const flags = reply.headers.getSetCookie()[0];
  assert.match(flags, /; Path=\/v1\/session\/oidc\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/);
  assert.equal(reply.headers.get("cache-control"), "no-store");
  assert.equal(reply.headers.get("referrer-policy"), "no-referrer");
  assert.ok(location.startsWith(`${provider.issuer}/auth?response_type=code&client_id=meno&`));
  const back = await server.get(`${kCallback}?${provider.allow(location)}&session_state=x&prompt=`, { Cookie: cookie });
  const page = await back.text();
  assert.equal(back.status, 200, page);
  assert.match(page, /http-equiv="refresh" content="0; url=\/"/);
  assert.match(back.headers.get("content-security-policy"), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(back.headers.get("referrer-policy"), "no-referrer");
  assert.equal(back.headers.get("cache-control"), "no-store");
  assert.equal(back.headers.getSetCookie().length, 2);
  assert.ok(back.headers.getSetCookie().some((each) => /^meno_oidc=; .*Max-Age=0;/.test(each)));
  assert.ok(back.headers.getSetCookie().some((each) => /^meno_session=.*HttpOnly; SameSite=Strict$/.test(each)));
  const who = await (await server.get("/v1/session", { Cookie: cookieOf(back, "meno_session"), Accept: "*/*" })).json();
  assert.equal(who.account_id, "ann");
  assert.deepEqual(who.provider, { name: "City account", path: "/v1/session/oidc/start" });
});

await test("another subject under a linked name is refused, in the words for no account", async () => {
  provider.person = { sub: "s-evil", preferred_username: "ann" };
  const taken = await signIn(server, provider);
  provider.person = { sub: "s-nobody", preferred_username: "nobody" };
  const unknown = await signIn(server, provider);
  assert.equal(taken.status, 403);
  assert.equal(unknown.status, 403);
  assert.equal(await taken.text(), await unknown.text());
  assert.equal(cookieOf(taken, "meno_session"), undefined);
  provider.person = { sub: "s-ann", preferred_username: "bo" };
  assert.equal((await signIn(server, provider)).status, 200, "linked before, under whatever name");
});

for (const [name, token] of Object.entries(kTokens)) {
  if (name === "right") continue;
  await test(`a token that is wrong (${name}) lets nobody in`, async () => {
    provider.token = token;
    const reply = await signIn(server, provider);
    provider.token = kTokens.right;
    assert.equal(reply.status, 403, await reply.text());
    assert.equal(cookieOf(reply, "meno_session"), undefined);
    assert.match(cookieOf(reply, "meno_oidc"), /^meno_oidc=$/);
  });
}

await test("refusals are problems for programs and pages in both languages for people", async () => {
  const problem = await server.get(`${kCallback}?code=x&state=y`, { Accept: "application/json" });
  assert.equal(problem.status, 400);
  assert.equal((await problem.json()).code, "invalid_input");
  const page = await (await server.get(`${kCallback}?code=x&state=y`)).text();
  assert.match(page, /begin again/);
  assert.match(page, /<p lang="zh-CN">.*重新登录/);
  assert.match(page, /<a href="\/">/);
});

await test("nothing that comes in the address gets into a page or a redirect", async () => {
  const evil = encodeURIComponent('"><script>alert(1)</script>https://evil.example');
  for (const path of [`${kCallback}?state=${evil}&code=${evil}`, `${kCallback}?error=${evil}&state=x&redirect=${evil}`]) {
    const reply = await server.get(path);
    assert.equal(reply.headers.get("location"), null);
    assert.doesNotMatch(await reply.text(), /script|evil/);
  }
  const start = await server.get("/v1/session/oidc/start?redirect_uri=https%3A%2F%2Fevil.example");
  assert.equal(start.status, 400);
});

await test("a callback counts once, for the browser that began it", async () => {
  const first = await begin(server);
  const second = await begin(server);
  const answer = provider.allow(first.location);
  assert.equal((await server.get(`${kCallback}?${answer}`)).status, 400, "no cookie");
  assert.equal((await server.get(`${kCallback}?${answer}`, { Cookie: second.cookie })).status, 400, "another's cookie");
  assert.equal((await server.get(`${kCallback}?${answer}`, { Cookie: `${first.cookie}; ${first.cookie}` })).status, 400, "two");
  assert.equal((await server.get(`${kCallback}?${answer}`, { Cookie: first.cookie })).status, 200);
  const asked = provider.asked.length;
  assert.equal((await server.get(`${kCallback}?${answer}`, { Cookie: first.cookie })).status, 400, "again");
  assert.equal(provider.asked.length, asked, "the provider was asked about a code that was used");
});

await test("a code of another sign-in is not taken: its challenge is another", async () => {
  const mine = await begin(server);
  const theirs = await begin(server);
  const stolen = provider.allow(theirs.location).get("code");
  const state = new URL(mine.location).searchParams.get("state");
  const reply = await server.get(`${kCallback}?code=${stolen}&state=${state}`, { Cookie: mine.cookie });
  assert.equal(reply.status, 400);
});

await test("redirects of the provider are not followed", async () => {
  provider.wrong["/token"] = (_, reply) => reply.writeHead(307, { Location: `${provider.issuer}/elsewhere` }).end();
  assert.equal((await signIn(server, provider)).status, 503);
  assert.ok(!provider.asked.includes("/elsewhere"));
  delete provider.wrong["/token"];
});

await test("an answer without end is cut off", async () => {
  provider.wrong["/token"] = (_, reply) => {
    reply.writeHead(200, { "Content-Type": "application/json" });
    const more = () => {
      while (!reply.destroyed && reply.write("x".repeat(65_536)));
      if (!reply.destroyed) reply.once("drain", more);
    };
    more();
  };
  assert.equal((await signIn(server, provider)).status, 503);
  assert.match(server.told, /\/token answers with more than 262144 bytes/);
  delete provider.wrong["/token"];
});

await test("a provider that does not answer is given up within ten seconds, while others are served", async () => {
  provider.wrong["/token"] = () => {};
  const began = Date.now();
  const waiting = signIn(server, provider);
  assert.equal((await server.get("/v1/health")).status, 200);
  assert.ok(Date.now() - began < 4000, "the server waited as well");
  assert.equal((await waiting).status, 503);
  assert.ok(Date.now() - began < 10_000);
  delete provider.wrong["/token"];
});

await test("garbage in place of tokens is refused", async () => {
  for (const body of ["", "<html>", "[1]", "null", '{"id_token":{}}', "\u0000", "[".repeat(100_000)]) {
    provider.wrong["/token"] = (_, reply) => reply.writeHead(200).end(body);
    assert.equal((await signIn(server, provider)).status, 503, body.slice(0, 20));
  }
  delete provider.wrong["/token"];
});

await test("the log has neither secrets, codes, tokens nor names", async () => {
  for (const secret of [kSecret, "secret-access-token", "eyJ", "s-ann", "s-evil", "preferred_username", "code="])
    assert.ok(!server.told.includes(secret), `${secret} in ${server.told}`);
  assert.match(server.told, /signature is wrong/);
});

await test("a hundred refusals lock the address out", async () => {
  let reply;
  for (let k = 0; k < 101; k++) reply = await server.get(`${kCallback}?code=x&state=y`);
  assert.equal(reply.status, 429);
  assert.ok(Number(reply.headers.get("retry-after")) > 0);
  assert.equal((await server.get("/v1/session/oidc/start")).status, 429);
});

await test("the server stops at once though the provider does not answer, and its log is whole", async () => {
  const slow = await new BadProvider().listen();
  const store = newStore("slow.db");
  const other = await Server.start(store, options(slow));
  slow.wrong["/token"] = () => {};
  const waiting = signIn(other, slow).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  const began = Date.now();
  other.process.kill("SIGTERM");
  await new Promise((resolve) => other.process.once("exit", resolve));
  assert.ok(Date.now() - began < 15_000, `it took ${Date.now() - began} ms`);
  await waiting;
  await slow.close();
  await server.stop();
  run("audit", "verify", "--store", join(folder, "store.db"));
});

await test("meno user unlink lets the next one in, and ends the sessions", async () => {
  const store = join(folder, "store.db");
  const linked = () => run("user", "list", "--store", store).users.filter((each) => each.linked_with.length > 0).length;
  assert.equal(linked(), 1);
  run("user", "unlink", "--store", store, "--id", "ann");
  assert.equal(linked(), 0);
  assert.equal(spawnSync(meno, ["user", "unlink", "--store", store, "--id", "ann"]).status, 4);
});

await test("the server starts and serves while the provider is away, and lets people in once it is back", async () => {
  const port = provider.port;
  await provider.close();
  const other = await Server.start(newStore("away.db"), options(provider));
  const away = await other.get("/v1/session/oidc/start");
  assert.equal(away.status, 503);
  assert.match(await away.text(), /try again/);
  assert.equal((await other.get("/v1/health")).status, 200);
  await provider.listen(port);
  await new Promise((resolve) => setTimeout(resolve, 5500));
  assert.equal((await signIn(other, provider)).status, 200);
  await other.stop();
});

await test("a provider whose certificate nobody has signed is not talked to", async () => {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  const liar = await new BadProvider().listen(0, { key: readFileSync(key), cert: readFileSync(cert) });
  const other = await Server.start(newStore("certificate.db"), options(liar));
  assert.equal((await other.get("/v1/session/oidc/start")).status, 503);
  assert.deepEqual(liar.asked, []);
  assert.match(other.told, /https:\/\/localhost:\d+\/.well-known\/openid-configuration cannot be reached \(SSL/);
  await other.stop();
  await liar.close();
});

await test("there is no such way in without a provider, nor into a server that asks nobody", async () => {
  const without = await Server.start(newStore("without.db"), null);
  const open = await Server.start(join(folder, "open.db"), options(provider));
  for (const [other, status] of [[without, 404], [open, 409]]) {
    for (const path of ["/v1/session/oidc/start", `${kCallback}?code=x&state=y`]) assert.equal((await other.get(path)).status, status, path);
    assert.equal((await (await other.get("/v1/session")).json()).provider, null);
    await other.stop();
  }
});

await test("a provider that calls itself another is refused", async () => {
  provider.wrong["/.well-known/openid-configuration"] = (_, reply) =>
    reply.end(JSON.stringify({ ...provider.document(), issuer: "https://evil.example" }));
  const other = await Server.start(newStore("another.db"), options(provider));
  assert.equal((await other.get("/v1/session/oidc/start")).status, 503);
  assert.match(other.told, /another issuer's/);
  delete provider.wrong["/.well-known/openid-configuration"];
  await other.stop();
});

await test("behind TLS both cookies are for TLS only", async () => {
  const other = await Server.start(newStore("tls.db"), options(provider), "--behind-tls");
  const { location, cookie, reply } = await begin(other, "__Secure-meno_oidc");
  assert.match(reply.headers.getSetCookie()[0], /; Secure$/);
  const back = await other.get(`${kCallback}?${provider.allow(location)}`, { Cookie: cookie });
  assert.equal(back.status, 200);
  for (const each of back.headers.getSetCookie()) assert.match(each, /^__(Host|Secure)-.*; Secure$/);
  await other.stop();
});

await test("bad options are refused in one sentence that names the field", async () => {
  for (const [field, value] of [["issuer", "http://id.example"], ["redirect_uri", "https://a/"], ["scopes", []], ["client_secret_file", "none"], ["x", 1]]) {
    const oidc = options(provider, { [field]: value });
    const done = spawnSync(meno, ["serve", "--store", join(folder, "tls.db"), "--port", "0", "--oidc", oidc], { encoding: "utf8" });
    assert.equal(done.status, 2, field);
    assert.ok(done.stderr.includes(`"${field}" is `) && done.stderr.includes("expected"), done.stderr);
  }
});

const cluster = fileURLToPath(new URL("../postgres/cluster", import.meta.url));
// Not in the folder, which the cluster's own user may not enter.
const clusterFolder = join(tmpdir(), `meno-openid-pg-${process.pid}`);
const database = spawnSync(cluster, ["start", clusterFolder, String(process.pid)], { encoding: "utf8" });
if (database.status === 77) {
  console.log("skip  several servers over one PostgreSQL, which is not installed");
} else {
  await test("a sign-in that was begun at one server is finished at another over the same PostgreSQL", async () => {
    const store = newStore(database.stdout.trim());
    provider.person = { sub: "s-ann", preferred_username: "ann" };
    const oidc = options(provider);
    const one = await Server.start(store, oidc);
    const two = await Server.start(store, oidc);
    const { location, cookie } = await begin(one);
    const back = await two.get(`${kCallback}?${provider.allow(location)}`, { Cookie: cookie });
    assert.equal(back.status, 200, await back.text());
    const session = { Cookie: cookieOf(back, "meno_session"), Accept: "*/*" };
    for (const each of [one, two]) assert.equal((await (await each.get("/v1/session", session)).json()).account_id, "ann");
    await one.stop();
    await two.stop();
  });
  spawnSync(cluster, ["remove", clusterFolder]);
}

await provider.close();
console.log(failed === 0 ? "all is well" : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
