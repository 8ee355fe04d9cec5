import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tidy } from "../../src/app.ts";
import { refusal } from "./browser.ts";
import { behindProxy, keyHolders, plainKey } from "./key-holder.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let keys: ReturnType<typeof keyHolders>;
beforeAll(async () => {
  people = await startPeople(behindProxy);
  keys = keyHolders(people);
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

const profileOf = ({ memberId }: { memberId: string }) => `/members/${memberId}/profile`;
const refused = [401, "API_KEY_REFUSED"];

describe("an API key may not", () => {
  it("more than its scopes, even what anybody may read without one", async () => {
    const somebody = await keys.person();
    const { key } = await somebody.key({ scopes: ["registration:read"] });
    expect((await keys.by(key, "GET", "/registrations/current")).status).toBe(200);
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody)))).toEqual([403, "SCOPE_MISSING"]);
    expect(await refusal(await keys.by(key, "GET", `/members/${somebody.memberId}/audit-logs`))).toEqual([
      403,
      "SCOPE_MISSING",
    ]);
  });

  it("what asks for the person: keys, sessions, factors, settings, erasure, identity", async () => {
    const somebody = await keys.person();
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
      const response = await keys.by(key, method, path, method === "GET" || method === "DELETE" ? undefined : plainKey);
      expect([path, ...(await refusal(response))]).toEqual([path, 403, "API_KEY_NOT_ENOUGH"]);
    }
  });

  it("what its member may as one of the staff", async () => {
    const somebody = await keys.person();
    const { key } = await somebody.key({ scopes: ["audit:read"] });
    await people.appoint(somebody.memberId, "auditor");
    await people.appoint(somebody.memberId, "administrator");
    for (const path of ["/audit/entries", "/admin/staff", "/admin/approvals"]) {
      expect(await refusal(await keys.by(key, "GET", path))).toEqual([403, "API_KEY_NOT_ENOUGH"]);
    }
  });

  it("anything of another member, who looks like nobody", async () => {
    const [somebody, other] = [await keys.person(), await keys.person()];
    const { key, id } = await somebody.key({ scopes: ["audit:read", "profile:write"] });
    const nobody = crypto.randomUUID();
    for (const memberId of [other.memberId, nobody]) {
      const answer = await refusal(await keys.by(key, "GET", `/members/${memberId}/audit-logs`));
      expect(answer).toEqual([404, "MEMBER_NOT_FOUND"]);
      expect(
        await refusal(await other.ask("GET", `/members/${memberId === nobody ? nobody : somebody.memberId}/api-keys`)),
      ).toEqual([404, "MEMBER_NOT_FOUND"]);
    }
    expect(await refusal(await other.ask("DELETE", `${other.path}/${id}`))).toEqual([404, "API_KEY_NOT_FOUND"]);
    expect((await somebody.list()).map((listed) => listed.id)).toEqual([id]);
  });

  it("stand in the address, a cookie or another header", async () => {
    const somebody = await keys.person();
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
    const somebody = await keys.person();
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
    const somebody = await keys.person();
    const { key } = await somebody.key();
    for (const bad of malformed(key)) {
      const [status, code] = await refusal(await keys.by(bad, "GET", profileOf(somebody)));
      expect([bad, status]).toEqual([bad, 401]);
      expect(code).toBe(bad.startsWith("tbk_") ? "API_KEY_REFUSED" : "SIGN_IN_REQUIRED");
    }
  });

  it("after its end, and is forgotten ninety days later with its counts", async () => {
    const somebody = await keys.person();
    const { key, id } = await somebody.key();
    await keys.by(key, "GET", profileOf(somebody));
    await people.database.pool.query("update app.api_keys set expires_at = now() where id = $1", [id]);
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody)))).toEqual(refused);
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
    const somebody = await keys.person();
    const { key, id } = await somebody.key();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => somebody.ask("DELETE", `${somebody.path}/${id}`)),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });

  it("from another network than its own, whatever the caller writes before our proxy's word", async () => {
    const somebody = await keys.person();
    const { key } = await somebody.key({ networks: ["203.0.113.0/24", "2001:db8::/32"] });
    const from = async (chain: string) =>
      (await keys.by(key, "GET", profileOf(somebody), undefined, { "x-forwarded-for": chain })).status;
    for (const good of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::5", "198.51.100.1, 203.0.113.9"]) {
      expect([good, await from(good)]).toEqual([good, 200]);
    }
    for (const bad of ["203.0.114.9", "203.0.113.9, 198.51.100.1", "2001:db9::5", "203.0.113.9x", "unknown", ""]) {
      expect([bad, await from(bad)]).toEqual([bad, 401]);
    }
    const spoofed = { forwarded: "for=203.0.113.9", "x-real-ip": "203.0.113.9", "x-forwarded-for": "198.51.100.1" };
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody), undefined, spoofed))).toEqual(refused);
  });

  it("once the chain has suspended its member", async () => {
    const somebody = await keys.person();
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
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });

  it("once its member has been erased", async () => {
    const somebody = await keys.person();
    const { key } = await somebody.key();
    await people.database.pool.query("update app.members set erased_at = now() where id = $1", [somebody.memberId]);
    expect(await refusal(await keys.by(key, "GET", profileOf(somebody)))).toEqual(refused);
  });
});
