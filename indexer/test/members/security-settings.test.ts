import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusal, TestBrowser } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople({ settings: { PROXY_HOPS: "1" } });
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

const [HOME, ABROAD] = ["203.0.113.7", "198.51.100.1"];

/** A browser behind one proxy of ours, which says that it is at `at`. */
class PlacedBrowser extends TestBrowser {
  at = HOME;

  override send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return super.send(method, path, body, { "x-forwarded-for": this.at, ...headers });
  }
}

/** Somebody who has signed in at home and has just proved to be there. */
async function person() {
  const page = new PlacedBrowser(people.api, people.chain.record.chainId);
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  const ask = (method: string, path: string, body?: unknown) =>
    page.send(method, `/api/v1${path}`, body, { authorization: `Bearer ${accessToken}` });
  const { secret } = (await (await ask("POST", "/auth/mfa/totp")).json()) as { secret: string };
  await ask("POST", "/auth/mfa/totp/confirm", { code: await generate({ secret }) });
  const path = `/members/${memberId}/security`;
  const set = (wanted: object) => ask("PUT", path, { networks: [], sessionHours: null, ...wanted });
  return { memberId, account, page, ask, path, set };
}
const elsewhere = [403, "ADDRESS_NOT_ALLOWED"];

describe("a member's list of networks", () => {
  it("is asked at each request of a session, which goes on at home", async () => {
    const { page, ask, set } = await person();
    expect((await set({ networks: ["203.0.113.0/24"] })).status).toBe(200);
    page.at = ABROAD;
    expect(await refusal(await ask("GET", "/auth/session"))).toEqual(elsewhere);
    page.at = HOME;
    expect((await ask("GET", "/auth/session")).status).toBe(200);
  });

  it("is asked when a session is renewed, and spends no token of somebody abroad", async () => {
    const { page, set } = await person();
    await set({ networks: ["203.0.113.0/24"] });
    page.at = ABROAD;
    expect(await refusal(await page.refresh())).toEqual(elsewhere);
    page.at = HOME;
    expect((await page.refresh()).status).toBe(200);
  });

  it("is asked at sign-in, after the wallet has signed: a stranger learns nothing of it", async () => {
    const { page, account, set } = await person();
    await set({ networks: [HOME] });
    page.at = ABROAD;
    const good = await page.message(account.address);
    expect(await refusal(await page.verify(good, await account.signMessage({ message: good })))).toEqual(elsewhere);
    const bad = await page.message(account.address);
    const stranger = privateKeyToAccount(generatePrivateKey());
    expect(await refusal(await page.verify(bad, await stranger.signMessage({ message: bad })))).toEqual([
      401,
      "SIGN_IN_REFUSED",
    ]);
  });

  it("is asked of the member's API keys, too", async () => {
    const { memberId, page, ask, set } = await person();
    const wanted = { name: "Accounts", scopes: ["profile:read"], expiresInDays: 1 };
    const { key } = (await (await ask("POST", `/members/${memberId}/api-keys`, wanted)).json()) as { key: string };
    await set({ networks: [HOME] });
    const read = () => page.as(key, "GET", `/api/v1/members/${memberId}/profile`);
    expect((await read()).status).toBe(200);
    page.at = ABROAD;
    expect(await refusal(await read())).toEqual([401, "API_KEY_REFUSED"]);
  });

  it("is not taken if it leaves out whoever sets it, and nothing changes", async () => {
    const { ask, path, set } = await person();
    expect(await refusal(await set({ networks: ["198.51.100.0/24"] }))).toEqual([409, "ADDRESS_EXCLUDED"]);
    expect(await (await ask("GET", path)).json()).toMatchObject({ networks: [], networkCount: 0 });
  });

  it("believes our own proxy alone about where somebody is", async () => {
    const { page, ask, set } = await person();
    await set({ networks: [HOME] });
    page.at = `${HOME}, ${ABROAD}`;
    expect(await refusal(await ask("GET", "/auth/session"))).toEqual(elsewhere);
    page.at = `${ABROAD}, ${HOME}`;
    expect((await ask("GET", "/auth/session")).status).toBe(200);
  });

  it("is in the database in no form that shows a network", async () => {
    const { memberId, set } = await person();
    await set({ networks: ["203.0.113.0/24"] });
    const { rows } = await people.database.pool.query<{ whole: string }>(
      `select encode(networks, 'escape') || s::text || (select string_agg(a::text, '') from app.audit_entries a where subject_id = $1) as whole
         from app.security_settings s where member_id = $1`,
      [memberId],
    );
    expect(rows[0]?.whole).not.toMatch(/203\.0\.113|cb0071/i);
  });
});

describe("the length of a member's sessions", () => {
  it("ends those that are older, from their next request on", async () => {
    const { memberId, page, ask, set } = await person();
    await people.database.pool.query(
      "update app.sessions set created_at = now() - interval '2 hours' where member_id = $1",
      [memberId],
    );
    expect((await set({ sessionHours: 3 })).status).toBe(200);
    expect((await ask("GET", "/auth/session")).status).toBe(200);
    await set({ sessionHours: 1 });
    expect(await refusal(await ask("GET", "/auth/session"))).toEqual([401, "SESSION_ENDED"]);
    expect((await page.refresh()).status).toBe(401);
  });

  it("shows in the list of sessions", async () => {
    const { memberId, ask, set } = await person();
    await set({ sessionHours: 8 });
    const { sessions } = (await (await ask("GET", `/members/${memberId}/sessions`)).json()) as {
      sessions: { createdAt: string; expiresAt: string }[];
    };
    const [hours] = sessions.map(
      ({ createdAt, expiresAt }) => (Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000,
    );
    expect(hours).toBe(8);
  });
});

describe("how a member is signed in", () => {
  it("is changed with a second factor, in its own form alone, and leaves an entry", async () => {
    const { memberId, ask, path, set } = await person();
    await set({ networks: [HOME], sessionHours: 12 });
    const { rows } = await people.database.pool.query(
      "select detail from app.audit_entries where subject_id = $1 and action = 'security.change'",
      [memberId],
    );
    expect(rows).toEqual([{ detail: { networks: 1, sessionHours: 12 } }]);
    for (const more of [
      { sessionHours: 0 },
      { sessionHours: 721 },
      { networks: ["x"] },
      { memberId },
      { steppedUp: true },
    ]) {
      expect(await refusal(await set(more))).toEqual([422, "INPUT_INVALID"]);
    }
    await people.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [memberId]);
    expect(await refusal(await set({}))).toEqual([401, "STEP_UP_REQUIRED"]);
    expect((await ask("GET", path)).status).toBe(200);
  });

  it("shows what failed of late: the wallet's word, the network, a factor", async () => {
    const { account, page, ask, path, set } = await person();
    await set({ networks: [HOME] });
    await ask("POST", "/auth/step-up", { code: "000000" });
    const forged = await page.message(account.address);
    await page.verify(forged, await privateKeyToAccount(generatePrivateKey()).signMessage({ message: forged }));
    page.at = ABROAD;
    const message = await page.message(account.address);
    await page.verify(message, await account.signMessage({ message }));
    page.at = HOME;
    const { failures } = (await (await ask("GET", path)).json()) as { failures: { because: string; count: number }[] };
    expect(failures.map(({ because, count }) => [because, count])).toEqual([
      ["factor", 1],
      ["network", 1],
      ["signature", 1],
    ]);
  });

  it("is seen by the member and by the staff, who see no network; nobody else, not even whether there is somebody", async () => {
    const [somebody, officer] = [await person(), await person()];
    await somebody.set({ networks: [HOME], sessionHours: 24 });
    for (const id of [somebody.memberId, crypto.randomUUID()]) {
      expect(await refusal(await officer.ask("GET", `/members/${id}/security`))).toEqual([403, "FORBIDDEN"]);
      expect(await refusal(await officer.ask("PUT", `/members/${id}/security`, {}))).toEqual([404, "MEMBER_NOT_FOUND"]);
    }
    await people.appoint(officer.memberId, "compliance");
    expect(await (await officer.ask("GET", somebody.path)).json()).toMatchObject({
      factors: { totp: true, passkeys: 0, recoveryCodesLeft: 10 },
      sessions: 1,
      networkCount: 1,
      networks: null,
      sessionHours: 24,
    });
  });
});
