// A real identity provider, the npm package oidc-provider, on this machine: people sign in with any password.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { kRepository } from "./harness.mjs";

export const kClient = { id: "meno", secret: "e2e-client-secret-0123456789-abcdef" };

/** What the provider knows of people, by the name that they sign in with there. */
const kPeople = {
  lin: { preferred_username: "e2e-student" },
  impostor: { preferred_username: "e2e-student" },
  stranger: { preferred_username: "nobody-here" },
};

/** Starts the provider for the page at `redirectUri`; answers its issuer and how to stop it. */
export async function startProvider(redirectUri) {
  const require = createRequire(join(kRepository, "web/package.json"));
  const quiet = { info: console.info, warn: console.warn };
  console.info = console.warn = () => {}; // it warns that its keys and its pages are for development only
  const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: kClient.id, client_secret: kClient.secret, redirect_uris: [redirectUri] }],
    cookies: { keys: ["e2e"] },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    claims: { openid: ["sub"], profile: ["preferred_username"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...kPeople[id] }) }),
  });
  server.on("request", provider.callback());
  Object.assign(console, quiet);
  return {
    issuer,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
