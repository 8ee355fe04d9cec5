import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessRules } from "../../src/app.ts";
import { refusal } from "./browser.ts";
import { behindProxy, keyHolders } from "./key-holder.ts";
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

describe("an API key", () => {
  it("reads what its scope says, in its member's name", async () => {
    const somebody = await keys.person();
    const { key } = await somebody.key();
    const profile = await keys.by(key, "GET", profileOf(somebody));
    expect([profile.status, ((await profile.json()) as { language?: string }).language]).toEqual([200, "ko"]);
  });

  it("is shown once, and in the database as a hash alone", async () => {
    const somebody = await keys.person();
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
    const somebody = await keys.person();
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
    const somebody = await keys.person();
    const { key, id } = await somebody.key();
    await Promise.all(Array.from({ length: 7 }, () => keys.by(key, "GET", profileOf(somebody))));
    await keys.by(`${key.slice(0, -1)}${key.endsWith("A") ? "E" : "A"}`, "GET", profileOf(somebody));
    const [listed] = await somebody.list();
    expect(listed).toMatchObject({ id, requests: "7", requestsToday: "7", state: "good" });
    expect(listed?.lastUsedAt).not.toBeNull();
  });

  it("asks as often as it says, whatever other keys do", async () => {
    const somebody = await keys.person();
    const slow = await somebody.key({ ratePerMinute: 2 });
    const other = await somebody.key();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await keys.by(slow.key, "GET", profileOf(somebody))).status);
    expect(answers).toEqual([200, 200, 429]);
    expect((await keys.by(other.key, "GET", profileOf(somebody))).status).toBe(200);
  });

  it("is told from the person in the trail", async () => {
    const somebody = await keys.person();
    const { key, id } = await somebody.key({ scopes: ["profile:write"] });
    const profile = {
      ...{ displayName: "By key", bio: "", website: "", links: [], tags: [], custom: {} },
      ...{ language: "ko", currency: "KRW", timeZone: "Asia/Seoul" },
    };
    const put = await keys.by(key, "PUT", `/members/${somebody.memberId}/metadata`, profile, { "if-match": '"0"' });
    expect(put.status).toBe(200);
    const { rows } = await people.database.pool.query(
      "select detail->>'apiKeyId' as key from app.audit_entries where subject_id = $1 and action = 'profile.change'",
      [somebody.memberId],
    );
    expect(rows).toEqual([{ key: id }]);
  });
});

describe("a member's keys", () => {
  it("are twenty at most, however many are asked for at once", async () => {
    const somebody = await keys.person();
    const answers = await Promise.all(Array.from({ length: 30 }, () => somebody.create()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(await refusal(await somebody.create())).toEqual([409, "API_KEYS_FULL"]);
    expect(await somebody.list()).toHaveLength(20);
  });

  it("show the networks that they come from, which the database cannot read", async () => {
    const somebody = await keys.person();
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
