import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { blank, plain } from "../../src/domains/metadata/rules.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

async function person() {
  const page = people.browser();
  const { memberId, accessToken } = await page.signIn(privateKeyToAccount(generatePrivateKey()));
  const headers = { authorization: `Bearer ${accessToken}` };
  const put = (body: object, seen = '"0"', id = memberId) =>
    page.send("PUT", `/api/v1/members/${id}/metadata`, body, { ...headers, "if-match": seen });
  const get = (more: Record<string, string> = {}) =>
    page.send("GET", `/api/v1/members/${memberId}/profile`, undefined, { ...headers, ...more });
  const asVisitor = () => people.browser().send("GET", `/api/v1/members/${memberId}/profile`);
  return { memberId, put, get, asVisitor };
}

const profile = { ...blank, displayName: "Seomjin", tags: ["river"], website: "https://seomjin.example" };

describe("a profile", () => {
  it("is shown to everybody but for what is nobody else's matter", async () => {
    const somebody = await person();
    await somebody.put(profile);
    const shown = (await (await somebody.asVisitor()).json()) as object;
    expect(shown).toMatchObject({ displayName: "Seomjin", website: "https://seomjin.example", tags: ["river"] });
    expect(Object.keys(shown).filter((name) => ["language", "currency", "timeZone", "custom"].includes(name))).toEqual(
      [],
    );
    expect(await (await somebody.get()).json()).toMatchObject({ currency: "KRW", timeZone: "Asia/Seoul" });
  });

  it("is changed over the version that was seen, and over no other", async () => {
    const somebody = await person();
    expect((await somebody.put(profile)).headers.get("etag")).toBe('"1"');
    expect(await refusal(await somebody.put({ ...profile, bio: "late" }))).toEqual([412, "PROFILE_CHANGED"]);
    expect(await refusal(await somebody.put(profile, "*"))).toEqual([428, "VERSION_MISSING"]);
    const both = await Promise.all([somebody.put(profile, '"1"'), somebody.put(profile, '"1"')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it("is not sent again to who has it", async () => {
    const somebody = await person();
    await somebody.put(profile);
    expect((await somebody.get({ "if-none-match": '"1"' })).status).toBe(304);
  });

  it("is changed by its member alone; a stranger and nobody look alike", async () => {
    const [somebody, other] = [await person(), await person()];
    expect(await refusal(await other.put(profile, '"0"', somebody.memberId))).toEqual([404, "MEMBER_NOT_FOUND"]);
    expect(await refusal(await other.put(profile, '"0"', randomUUID()))).toEqual([404, "MEMBER_NOT_FOUND"]);
  });

  it.each([
    ["website", { website: "http://seomjin.example" }],
    ["website", { website: "javascript:alert(1)" }],
    ["website", { website: "https://user:secret@seomjin.example" }],
    ["language", { language: "kor" }],
    ["currency", { currency: "ABC" }],
    ["timeZone", { timeZone: "Asia/Atlantis" }],
    ["displayName", { displayName: "n".repeat(61) }],
    ["tags", { tags: Array.from({ length: 11 }, (_, n) => `t${n}`) }],
    ["custom", { custom: { "no name": "x" } }],
    ["", { kycLevel: 3 }],
    ["", { version: 9 }],
  ])("names the field that is not as it must be: %s", async (field, change) => {
    const somebody = await person();
    const response = await somebody.put({ ...profile, ...change });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map((one) => one.field)).toEqual([field]);
  });

  it("takes no name that is none", async () => {
    const somebody = await person();
    const custom = JSON.parse('{"__proto__": "x"}') as object;
    expect(await refusal(await somebody.put({ ...profile, custom }))).toEqual([400, "REQUEST_INVALID"]);
  });

  it("keeps what is written, and no mark that turns it around", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), (name) => {
        expect(plain(plain(name))).toBe(plain(name));
        expect(plain(`\u202e${name}\u200b`)).toBe(plain(name));
      }),
    );
    expect(plain("\u202eevil\u202c")).toBe("evil");
    expect(plain("한글")).toBe("한글");
  });

  it("is forgotten with its member", async () => {
    const somebody = await person();
    await somebody.put(profile);
    await people.database.pool.query("update app.members set erased_at = now() where id = $1", [somebody.memberId]);
    expect(await refusal(await somebody.asVisitor())).toEqual([404, "MEMBER_NOT_FOUND"]);
  });
});
