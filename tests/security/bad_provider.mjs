// An identity provider that does whatever it is told: a right one unless `wrong` says otherwise.
import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";

const encoded = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

function newKey(kid) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" } };
}

function signed(key, claims, header = { alg: "RS256", kid: key.kid }) {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key.privateKey).toString("base64url")}`;
}

/** The token's makers, right and wrong. */
export const kTokens = {
  right: (provider, claims) => signed(provider.key, claims),
  unsigned: (provider, claims) => `${encoded({ alg: "none", kid: provider.key.kid })}.${encoded(claims)}.`,
  /** The public key, which everybody knows, as the secret of an HMAC. */
  hmac: (provider, claims) => {
    const text = `${encoded({ alg: "HS256", kid: provider.key.kid })}.${encoded(claims)}`;
    const pem = createPublicKey(provider.key.privateKey).export({ type: "spki", format: "pem" });
    return `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`;
  },
  otherKey: (provider, claims) => signed({ ...newKey(provider.key.kid) }, claims),
  otherNonce: (provider, claims) => signed(provider.key, { ...claims, nonce: "another" }),
  noNonce: (provider, claims) => signed(provider.key, { ...claims, nonce: undefined }),
  otherAudience: (provider, claims) => signed(provider.key, { ...claims, aud: "another" }),
  otherIssuer: (provider, claims) => signed(provider.key, { ...claims, iss: "https://evil.example" }),
  expired: (provider, claims) => signed(provider.key, { ...claims, exp: claims.iat - 600 }),
  toCome: (provider, claims) => signed(provider.key, { ...claims, iat: claims.iat + 600 }),
  otherAccessToken: (provider, claims) => signed(provider.key, { ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
  garbage: () => "no token",
};

export class BadProvider {
  key = newKey("k1");
  person = { sub: "s-ann", preferred_username: "ann" };
  token = kTokens.right;
  /** path -> (request, reply) => void, in place of the right answer. */
  wrong = {};
  asked = [];
  codes = new Map();

  /** `tls` is a key and its certificate, for localhost; without, it speaks in the clear. */
  async listen(port = 0, tls = undefined) {
    const answer = (request, reply) => this.answer(request, reply);
    this.server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    this.issuer = tls === undefined ? `http://127.0.0.1:${this.port}` : `https://localhost:${this.port}`;
    return this;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  answer(request, reply) {
    const path = request.url.split("?")[0];
    this.asked.push(path);
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      const say = (value, status = 200) => {
        reply.writeHead(status, { "Content-Type": "application/json" });
        reply.end(JSON.stringify(value));
      };
      if (this.wrong[path]) return this.wrong[path](request, reply);
      if (path === "/.well-known/openid-configuration") return say(this.document());
      if (path === "/keys") return say({ keys: [this.key.jwk] });
      if (path === "/token") return this.exchange(new URLSearchParams(body), say);
      return say({}, 404);
    });
  }

  document() {
    const at = (path) => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at("/auth"),
      token_endpoint: at("/token"),
      jwks_uri: at("/keys"),
      code_challenge_methods_supported: ["S256"],
    };
  }

  /** What the sign-in page would do: a code for the address that the browser was sent to. */
  allow(location) {
    const asked = new URL(location).searchParams;
    const code = randomBytes(16).toString("hex");
    this.codes.set(code, { nonce: asked.get("nonce"), challenge: asked.get("code_challenge"), client: asked.get("client_id") });
    return new URLSearchParams({ code, state: asked.get("state") });
  }

  exchange(form, say) {
    const known = this.codes.get(form.get("code"));
    this.codes.delete(form.get("code"));
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!known || known.challenge !== challenge) return say({ error: "invalid_grant" }, 400);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: known.client, iat: now, exp: now + 300, nonce: known.nonce, ...this.person };
    return say({ id_token: this.token(this, claims), access_token: "secret-access-token", token_type: "Bearer" });
  }

  rotate(kid) {
    this.key = newKey(kid);
  }
}
