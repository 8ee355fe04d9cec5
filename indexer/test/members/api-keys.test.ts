import { createHash } from "node:crypto";
import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessRules, tidy } from "../../src/app.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
beforeAll(async () => {
  // As behind one proxy of ours: the address is what it appends to X-Forwarded-For.
  people = await startPeople({ settings: { PROXY_HOPS: "1" } });
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

const HERE = "203.0.113.7";

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
  const create = (wanted: object = {}) => ask("POST", path, { ...plain, ...wanted });
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

interface Listed {
  id: string;
  state: string;
  requests: string;
  requestsToday: string;
  lastUsedAt: string | null;
  networks: string[];
}

const plain = { name: "Accounts", scopes: ["profile:read"], expiresInDays: 30 };

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
const profileOf = ({ memberId }: { memberId: string }) => `/members/${memberId}/profile`;
const refused = [401, "API_KEY_REFUSED"];

describe("an API key", () => {
  it("reads what its scope says, in its member's name", async () => {
    const somebody = await person();
    const { key } = await somebody.key();
    const profile = await by(key, "GET", profileOf(somebody));
    expect([profile.status, ((await profile.json()) as { language?: string }).language]).toEqual([200, "ko"]);
  });

  it("is shown once, and in the database as a hash alone", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key({ networks: ["203.0.113.0/24"] });
    expect(key).toMatch(/^tbk_[0-9a-f]{32}_[\w-]{43}$/);
    const secret = key.slice(-43);
    expect(JSON.stringify(await somebody.list())).not.toContain(secret);
    const { rows } = await people.database.pool.query<{ whole: string; hash: Buffer }>(
      "select k::text as whole, secret_hash as hash from app.api_keys k where id = $1",
      [id],
    );
    expect(rows[0]?.hash).toEqual(createHash("sha256").update(secret).digest());
    expect(rows[0]?.whole).not.toContain(secret);
  });

  it("is made and ended by a second factor, which leaves two entries in the trail", async () => {
    const somebody = await person();
    const { id } = await somebody.key();
    await somebody.stepDown();
    expect(await refusal(await somebody.create())).toEqual([401, "STEP_UP_REQUIRED"]);
    expect(await refusal(await somebody.ask("DELETE", `${somebody.path}/${id}`))).toEqual([401, "STEP_UP_REQUIRED"]);
    await people.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [
      somebody.memberId,
    ]);
    expect((await somebody.ask("DELETE", `${somebody.path}/${id}`)).status).toBe(204);
    const { rows } = await people.database.pool.query(
      "select action, detail->>'keyId' as id from app.audit_entries where subject_id = $1 and action like 'api-keys.%' order by id",
      [somebody.memberId],
    );
    expect(rows).toEqual([
      { action: "api-keys.create", id },
      { action: "api-keys.remove", id },
    ]);
  });

  it("counts each request that it is let in for, and no other", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key();
    await Promise.all(Array.from({ length: 7 }, () => by(key, "GET", profileOf(somebody))));
    await by(`${key.slice(0, -1)}${key.endsWith("A") ? "E" : "A"}`, "GET", profileOf(somebody));
    const [listed] = await somebody.list();
    expect(listed).toMatchObject({ id, requests: "7", requestsToday: "7", state: "good" });
    expect(listed?.lastUsedAt).not.toBeNull();
  });

  it("asks as often as it says, whatever other keys do", async () => {
    const somebody = await person();
    const slow = await somebody.key({ ratePerMinute: 2 });
    const other = await somebody.key();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await by(slow.key, "GET", profileOf(somebody))).status);
    expect(answers).toEqual([200, 200, 429]);
    expect((await by(other.key, "GET", profileOf(somebody))).status).toBe(200);
  });

  it("is told from the person in the trail", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key({ scopes: ["profile:write"] });
    const profile = {
      ...{ displayName: "By key", bio: "", website: "", links: [], tags: [], custom: {} },
      ...{ language: "ko", currency: "KRW", timeZone: "Asia/Seoul" },
    };
    const put = await by(key, "PUT", `/members/${somebody.memberId}/metadata`, profile, { "if-match": '"0"' });
    expect(put.status).toBe(200);
    const { rows } = await people.database.pool.query(
      "select detail->>'apiKeyId' as key from app.audit_entries where subject_id = $1 and action = 'profile.change'",
      [somebody.memberId],
    );
    expect(rows).toEqual([{ key: id }]);
  });
});

describe("an API key may not", () => {
  it("more than its scopes, even what anybody may read without one", async () => {
    const somebody = await person();
    const { key } = await somebody.key({ scopes: ["registration:read"] });
    expect((await by(key, "GET", "/registrations/current")).status).toBe(200);
    expect(await refusal(await by(key, "GET", profileOf(somebody)))).toEqual([403, "SCOPE_MISSING"]);
    expect(await refusal(await by(key, "GET", `/members/${somebody.memberId}/audit-logs`))).toEqual([
      403,
      "SCOPE_MISSING",
    ]);
  });

  it("what asks for the person: keys, sessions, factors, settings, erasure, identity", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key({
      scopes: ["profile:read", "profile:write", "registration:read", "audit:read"],
    });
    const own = `/members/${somebody.memberId}`;
    for (const [method, path] of [
      ["GET", `${own}/api-keys`],
      ["POST", `${own}/api-keys`],
      ["DELETE", `${own}/api-keys/${id}`],
      ["GET", `${own}/sessions`],
      ["DELETE", `${own}/sessions`],
      ["GET", `${own}/security`],
      ["PUT", `${own}/security`],
      ["POST", `${own}/erasure`],
      ["GET", "/auth/session"],
      ["POST", "/auth/logout"],
      ["GET", "/auth/mfa"],
      ["POST", "/auth/mfa/totp"],
      ["POST", "/auth/step-up"],
      ["GET", `${own}/kyc`],
      ["POST", "/members/register"],
    ] as const) {
      const response = await by(key, method, path, method === "GET" || method === "DELETE" ? undefined : plain);
      expect([path, ...(await refusal(response))]).toEqual([path, 403, "API_KEY_NOT_ENOUGH"]);
    }
  });

  it("what its member may as one of the staff", async () => {
    const somebody = await person();
    const { key } = await somebody.key({ scopes: ["audit:read"] });
    await people.appoint(somebody.memberId, "auditor");
    await people.appoint(somebody.memberId, "administrator");
    for (const path of ["/audit/entries", "/admin/staff", "/admin/approvals"]) {
      expect(await refusal(await by(key, "GET", path))).toEqual([403, "API_KEY_NOT_ENOUGH"]);
    }
  });

  it("anything of another member, who looks like nobody", async () => {
    const [somebody, other] = [await person(), await person()];
    const { key, id } = await somebody.key({ scopes: ["audit:read", "profile:write"] });
    const nobody = crypto.randomUUID();
    for (const memberId of [other.memberId, nobody]) {
      const answer = await refusal(await by(key, "GET", `/members/${memberId}/audit-logs`));
      expect(answer).toEqual([404, "MEMBER_NOT_FOUND"]);
      expect(
        await refusal(await other.ask("GET", `/members/${memberId === nobody ? nobody : somebody.memberId}/api-keys`)),
      ).toEqual([404, "MEMBER_NOT_FOUND"]);
    }
    expect(await refusal(await other.ask("DELETE", `${other.path}/${id}`))).toEqual([404, "API_KEY_NOT_FOUND"]);
    expect((await somebody.list()).map((listed) => listed.id)).toEqual([id]);
  });

  it("stand in the address, a cookie or another header", async () => {
    const somebody = await person();
    const { key } = await somebody.key({ scopes: ["audit:read"] });
    const path = `${people.api.url}/api/v1/members/${somebody.memberId}/audit-logs`;
    const tries = [
      fetch(`${path}?api_key=${key}&access_token=${key}`),
      fetch(path, { headers: { cookie: `tburn-refresh=${key}; authorization=Bearer ${key}` } }),
      fetch(path, { headers: { "x-api-key": key } }),
      fetch(path, { headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` } }),
      fetch(path, { headers: { authorization: key } }),
    ];
    for (const response of await Promise.all(tries)) {
      expect(await refusal(response)).toEqual([401, "SIGN_IN_REQUIRED"]);
    }
  });

  it("be asked for with more than the form has, or without an end", async () => {
    const somebody = await person();
    for (const wanted of [
      { memberId: crypto.randomUUID() },
      { id: crypto.randomUUID() },
      { roles: ["administrator"] },
      { secret: "x" },
      { scopes: [] },
      { scopes: ["*"] },
      { scopes: ["api-keys.change"] },
      { expiresInDays: 366 },
      { expiresInDays: null },
      { expiresInDays: undefined },
      { ratePerMinute: 601 },
      { networks: ["10.0.0.1/8"] },
      { networks: ["0.0.0.0/0; drop table"] },
      { name: " " },
    ]) {
      expect(await refusal(await somebody.create(wanted))).toEqual([422, "INPUT_INVALID"]);
    }
    expect(await somebody.list()).toEqual([]);
  });
});

describe("an API key is refused alike", () => {
  const malformed = (key: string) => [
    "tbk_",
    "tbk_x_y",
    key.slice(0, -1),
    `${key}A`,
    key.toUpperCase().replace("TBK", "tbk"),
    key.replace(/^tbk_.{32}/, `tbk_${"0".repeat(32)}`),
    key.replace(/.{43}$/, "A".repeat(43)),
    key.replace("_", "-"),
  ];

  it("where it is malformed or nobody's", async () => {
    const somebody = await person();
    const { key } = await somebody.key();
    for (const bad of malformed(key)) {
      const [status, code] = await refusal(await by(bad, "GET", profileOf(somebody)));
      expect([bad, status]).toEqual([bad, 401]);
      expect(code).toBe(bad.startsWith("tbk_") ? "API_KEY_REFUSED" : "SIGN_IN_REQUIRED");
    }
  });

  it("after its end, and is forgotten ninety days later with its counts", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key();
    await by(key, "GET", profileOf(somebody));
    await people.database.pool.query("update app.api_keys set expires_at = now() where id = $1", [id]);
    expect(await refusal(await by(key, "GET", profileOf(somebody)))).toEqual(refused);
    expect((await somebody.list())[0]?.state).toBe("expired");
    await tidy(people.database.pool, () => new Date(Date.now() + 91 * 86_400_000));
    const { rows } = await people.database.pool.query(
      `select (select count(*) from app.api_keys where id = $1)::integer as keys,
              (select count(*) from app.api_key_uses where key_id = $1)::integer as uses`,
      [id],
    );
    expect(rows).toEqual([{ keys: 0, uses: 0 }]);
  });

  it("once it has been ended, also among many who end it at once", async () => {
    const somebody = await person();
    const { key, id } = await somebody.key();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => somebody.ask("DELETE", `${somebody.path}/${id}`)),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
    expect(await refusal(await by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });

  it("from another network than its own, whatever the caller writes before our proxy's word", async () => {
    const somebody = await person();
    const { key } = await somebody.key({ networks: ["203.0.113.0/24", "2001:db8::/32"] });
    const from = async (chain: string) =>
      (await by(key, "GET", profileOf(somebody), undefined, { "x-forwarded-for": chain })).status;
    for (const good of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::5", "198.51.100.1, 203.0.113.9"]) {
      expect([good, await from(good)]).toEqual([good, 200]);
    }
    for (const bad of ["203.0.114.9", "203.0.113.9, 198.51.100.1", "2001:db9::5", "203.0.113.9x", "unknown", ""]) {
      expect([bad, await from(bad)]).toEqual([bad, 401]);
    }
    const spoofed = { forwarded: "for=203.0.113.9", "x-real-ip": "203.0.113.9", "x-forwarded-for": "198.51.100.1" };
    expect(await refusal(await by(key, "GET", profileOf(somebody), undefined, spoofed))).toEqual(refused);
  });

  it("once the chain has suspended its member", async () => {
    const somebody = await person();
    const { key } = await somebody.key();
    const owner = somebody.account.address.toLowerCase();
    await people.database.pool.query(
      `insert into chain.members (member_no, member_id, owner, payout, status, registered_at, last_activity_at, kyc_level)
       values (900002, $1, $2, $2, 4, 0, 0, 0)`,
      [`0x${"3".repeat(64)}`, owner],
    );
    await people.database.pool.query(
      `insert into chain.suspensions (member_no, suspension_id, reason, state, evidence_hash, suspended_at, suspended_by, ends_at, appeal_by, block_number, tx_hash)
       select 900002, 1, 1, 1, $1, 0, $2, 0, 0, coalesce((select block_number from ops.checkpoint), 0) + 1, $1`,
      [`0x${"4".repeat(64)}`, owner],
    );
    expect(await refusal(await by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });

  it("once its member has been erased", async () => {
    const somebody = await person();
    const { key } = await somebody.key();
    await people.database.pool.query("update app.members set erased_at = now() where id = $1", [somebody.memberId]);
    expect(await refusal(await by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });
});

describe("a member's keys", () => {
  it("are twenty at most, however many are asked for at once", async () => {
    const somebody = await person();
    const answers = await Promise.all(Array.from({ length: 30 }, () => somebody.create()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(await refusal(await somebody.create())).toEqual([409, "API_KEYS_FULL"]);
    expect(await somebody.list()).toHaveLength(20);
  });

  it("show the networks that they come from, which the database cannot read", async () => {
    const somebody = await person();
    const { id } = await somebody.key({ networks: ["203.0.113.7", "2001:DB8::/32"] });
    expect((await somebody.list())[0]?.networks).toEqual(["203.0.113.7/32", "2001:db8::/32"]);
    const { rows } = await people.database.pool.query<{ whole: string }>(
      "select encode(networks, 'escape') || k::text as whole from app.api_keys k where id = $1",
      [id],
    );
    expect(rows[0]?.whole).not.toMatch(/203\.0\.113|2001:db8|cb007107/i);
  });
});

describe("what a key may be for", () => {
  it("is nothing that asks for a second factor", () => {
    const verbs = accessRules().flatMap(({ access }) => access.verbs);
    expect(verbs.filter(({ scope, stepUp }) => scope && stepUp)).toEqual([]);
  });

  it("is nothing that only a role may", () => {
    const verbs = accessRules().flatMap(({ access }) => access.verbs);
    const kept = verbs.filter(({ scope, may }) => scope && !may.some((grant) => ["self", "public"].includes(grant)));
    expect(kept).toEqual([]);
  });
});
