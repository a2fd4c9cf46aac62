// An identity provider written in another language: the npm package oidc-provider.
//   node tests/district_server.mjs PORT CALLBACK CLIENT SECRET FOLDER_OF_MODULES
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, callback, client, secret, modules] = process.argv.slice(2);
const found = createRequire(`${modules}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found));

const server = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [callback] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Wilma Lindqvist", email: `${id}@northern.k12.example`, email_verified: true }),
  }),
});
server.listen(Number(port), "127.0.0.1");
