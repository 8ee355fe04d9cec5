import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { People } from "./people.ts";

/** As behind one proxy of ours: an address is what it appends to X-Forwarded-For. */
export const behindProxy = { settings: { PROXY_HOPS: "1" } };

const HERE = "203.0.113.7";

interface Listed {
  id: string;
  state: string;
  requests: string;
  requestsToday: string;
  lastUsedAt: string | null;
  networks: string[];
}

/** A key as it is asked for, unless a test says otherwise. */
export const plainKey = { name: "Accounts", scopes: ["profile:read"], expiresInDays: 30 };

/** Members with keys, and programs that have them, of one service. */
export function keyHolders(people: People) {
  /** Somebody who has signed in and has just proved to be there. */
  async function person() {
    const page = people.browser();
    const account = privateKeyToAccount(generatePrivateKey());
    const { memberId, accessToken } = await page.signIn(account);
    const headers = { authorization: `Bearer ${accessToken}`, "x-forwarded-for": HERE };
    const ask = (method: string, path: string, body?: unknown) => page.send(method, `/api/v1${path}`, body, headers);
    const { secret } = (await (await ask("POST", "/auth/mfa/totp")).json()) as { secret: string };
    await ask("POST", "/auth/mfa/totp/confirm", { code: await generate({ secret }) });
    const path = `/members/${memberId}/api-keys`;
    const create = (wanted: object = {}) => ask("POST", path, { ...plainKey, ...wanted });
    const key = async (wanted: object = {}) => {
      const response = await create(wanted);
      if (response.status !== 201) throw new Error(`create: ${response.status} ${await response.text()}`);
      return (await response.json()) as { key: string; id: string };
    };
    const list = async () => ((await (await ask("GET", path)).json()) as { apiKeys: Listed[] }).apiKeys;
    const stepDown = () =>
      people.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [memberId]);
    return { memberId, account, ask, path, create, key, list, stepDown };
  }

  /** Asks as a program would. */
  const by = (key: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${people.api.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        "x-forwarded-for": HERE,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  return { person, by };
}
