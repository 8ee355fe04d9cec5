import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";
import { ORIGIN } from "./browser.ts";

/** Who sits before the provider's page, and what it knows of them. */
interface Person {
  sub: string;
  groups: string[];
  /** How strongly it asked them. */
  acr?: string;
}

export const CLIENT_ID = "tburn-members";

const configuration = (clientSecret: string, people: Map<string, Person>): Configuration => ({
  clients: [{ client_id: CLIENT_ID, client_secret: clientSecret, redirect_uris: [`${ORIGIN}/staff/return`] }],
  scopes: ["openid", "groups"],
  claims: { openid: ["sub"], groups: ["groups"], acr: null, auth_time: null },
  acrValues: ["phr", "pwd"],
  // Groups are in the identity token, as with the common providers.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/asked/${uid}` },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: async () => ({ sub, groups: people.get(sub)?.groups ?? [] }),
  }),
  cookies: { keys: [randomBytes(32).toString("base64")] },
  ttl: { IdToken: 3_600, Session: 3_600, Grant: 3_600, Interaction: 600, AccessToken: 600, AuthorizationCode: 60 },
});

/** A provider of OpenID Connect on loopback whose page asks nothing: the person that was named is there, and consents. */
export async function startProvider() {
  const clientSecret = randomBytes(24).toString("base64url");
  const people = new Map<string, Person>();
  let present: Person = { sub: "nobody", groups: [] };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(clientSecret, people));

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (!request.url?.startsWith("/asked/")) return provider.callback()(request, response);
    const { prompt, params, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      const { sub: accountId, acr } = present;
      return provider.interactionFinished(request, response, { login: { accountId, ...(acr && { acr }) } });
    }
    const client = { accountId: present.sub, clientId: String(params.client_id) };
    const grant = (grantId ? await provider.Grant.find(grantId) : undefined) ?? new provider.Grant(client);
    grant.addOIDCScope("openid groups");
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }
  server.on("request", (request, response) => void answer(request, response));

  return {
    issuer,
    clientSecret,
    /** Follows the redirects of a sign-in as a browser of this person would, up to the page that it comes back to. */
    signIn: async (url: string, person: Person): Promise<Record<string, string>> => {
      present = person;
      people.set(person.sub, person);
      const cookies = new Map<string, string>();
      let at = url;
      for (let hops = 0; hops < 12 && !at.startsWith(ORIGIN); hops++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await fetch(at, { redirect: "manual", headers: { cookie } });
        for (const set of response.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const next = response.headers.get("location");
        if (next === null) throw new Error(`the provider stopped: ${response.status} ${await response.text()}`);
        at = new URL(next, at).href;
      }
      return Object.fromEntries(new URL(at).searchParams);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;
