import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusal } from "./browser.ts";
import { CLIENT_ID, startProvider, type TestProvider } from "./oidc.ts";
import { type People, startPeople } from "./people.ts";

let provider: TestProvider;
let people: People;
const settings = (of: TestProvider) => ({
  OIDC_ISSUER: of.issuer,
  OIDC_CLIENT_ID: CLIENT_ID,
  OIDC_CLIENT_SECRET: of.clientSecret,
  OIDC_GROUPS: "tburn-officers=compliance, tburn-auditors=auditor",
});
beforeAll(async () => {
  provider = await startProvider();
  people = await startPeople({ settings: settings(provider) });
});
afterAll(async () => {
  await people?.stop();
  await provider?.stop();
});
beforeEach(() => people.forgetVisits());

type Answer = Record<string, string>;

/** Somebody who has signed in by wallet at `at` and has just proved to be there. */
async function person(at = people) {
  const page = at.browser();
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  const ask = (method: string, path: string, body?: unknown, token = accessToken) =>
    page.send(method, `/api/v1/auth${path}`, body, { authorization: `Bearer ${token}` });
  const { secret } = (await (await ask("POST", "/mfa/totp")).json()) as { secret: string };
  await ask("POST", "/mfa/totp/confirm", { code: await generate({ secret }) });
  const start = async (token = accessToken) => {
    const response = await ask("POST", "/oidc/start", {}, token);
    if (response.status !== 200) throw new Error(`start: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { url: string }).url;
  };
  const back = (answer: Answer, token = accessToken) => ask("POST", "/oidc/callback", answer, token);
  const roles = async (token = accessToken) =>
    ((await (await ask("GET", "/session", undefined, token)).json()) as { roles: string[] }).roles;
  const stepDown = () =>
    at.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [memberId]);
  return { memberId, account, ask, start, back, roles, stepDown };
}

let subjects = 0;
/** Somebody whom the provider knows. */
const colleague = (...groups: string[]) => ({ sub: `colleague-${++subjects}`, groups });

const refused = [401, "STAFF_SIGN_IN_REFUSED"];

describe("a sign-in at the staff's provider", () => {
  it("gives the session the roles of the person's groups, and no other session", async () => {
    const [somebody, who] = [await person(), colleague("tburn-officers", "tburn-auditors", "canteen")];
    const answer = await somebody.back(await provider.signIn(await somebody.start(), who));
    expect(await answer.json()).toMatchObject({ roles: ["auditor", "compliance"] });
    expect(await somebody.roles()).toEqual(["auditor", "compliance"]);
    const { accessToken } = await people.browser().signIn(somebody.account);
    expect(await somebody.roles(accessToken)).toEqual([]);
  });

  it("asks with a challenge of S256, a state and a nonce, and for no more than groups", async () => {
    const { searchParams } = new URL(await (await person()).start());
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get("state")).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get("nonce")).toMatch(/^[\w-]{43}$/);
    expect([searchParams.get("scope"), searchParams.get("response_type")]).toEqual(["openid groups", "code"]);
  });

  it("ends its roles with the provider's token, after eight hours at the latest", async () => {
    const somebody = await person();
    const answer = await somebody.back(await provider.signIn(await somebody.start(), colleague("tburn-officers")));
    const { expiresAt } = (await answer.json()) as { expiresAt: string };
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
    await people.database.pool.query("update app.session_roles set expires_at = now() where member_id = $1", [
      somebody.memberId,
    ]);
    expect(await somebody.roles()).toEqual([]);
  });

  it("takes away what the provider has taken away, everywhere", async () => {
    const [somebody, who] = [await person(), colleague("tburn-officers")];
    await somebody.back(await provider.signIn(await somebody.start(), who));
    const { accessToken } = await people.browser().signIn(somebody.account);
    const url = await somebody.start(accessToken);
    const answer = await somebody.back(await provider.signIn(url, { ...who, groups: ["canteen"] }), accessToken);
    expect(await answer.json()).toMatchObject({ roles: [] });
    expect([await somebody.roles(), await somebody.roles(accessToken)]).toEqual([[], []]);
  });

  it("gives nothing to whoever is in no group of ours, and links nobody", async () => {
    const somebody = await person();
    const answer = await somebody.back(await provider.signIn(await somebody.start(), colleague("canteen")));
    expect(await answer.json()).toMatchObject({ roles: [] });
    expect(await (await somebody.ask("GET", "/oidc")).json()).toEqual({ isOn: true, isLinked: false });
  });

  it("is begun with a second factor the first time, and without one afterwards", async () => {
    const [somebody, who] = [await person(), colleague("tburn-officers")];
    await somebody.stepDown();
    expect(await refusal(await somebody.ask("POST", "/oidc/start", {}))).toEqual([401, "STEP_UP_REQUIRED"]);
    await people.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [
      somebody.memberId,
    ]);
    await somebody.back(await provider.signIn(await somebody.start(), who));
    await somebody.stepDown();
    const again = await somebody.back(await provider.signIn(await somebody.start(), who));
    expect(await again.json()).toMatchObject({ roles: ["compliance"] });
  });

  it("is no second factor where nobody has said so", async () => {
    const [somebody, who] = [await person(), { ...colleague("tburn-officers"), acr: "phr" }];
    const url = await somebody.start();
    await somebody.stepDown();
    await somebody.back(await provider.signIn(url, who));
    const session = (await (await somebody.ask("GET", "/session")).json()) as { steppedUpAt: string | null };
    expect(session.steppedUpAt).toBeNull();
  });

  it("leaves entries in the trail that name roles, and nobody at the provider", async () => {
    const [somebody, who] = [await person(), colleague("tburn-auditors")];
    await somebody.back(await provider.signIn(await somebody.start(), who));
    const { rows } = await people.database.pool.query<{ action: string; detail: object }>(
      "select action, detail from app.audit_entries where subject_id = $1 and action like 'staff.%' order by id",
      [somebody.memberId],
    );
    expect(rows).toEqual([
      { action: "staff.provider.link", detail: {} },
      { action: "staff.provider.sign-in", detail: { roles: "auditor" } },
    ]);
    const { rows: kept } = await people.database.pool.query<{ whole: string }>(
      "select string_agg(encode(identity, 'escape'), '') as whole from app.staff_identities",
    );
    expect(kept[0]?.whole).not.toContain(who.sub);
  });
});

describe("a sign-in at the staff's provider is refused alike", () => {
  it("with a state that this session did not begin", async () => {
    const [somebody, other] = [await person(), await person()];
    const mine = await provider.signIn(await somebody.start(), colleague("tburn-officers"));
    const theirs = await provider.signIn(await other.start(), colleague("tburn-officers"));
    expect(await refusal(await somebody.back({ ...mine, state: "made-up" }))).toEqual(refused);
    expect(await refusal(await somebody.back({ ...mine, state: theirs.state ?? "" }))).toEqual(refused);
    expect(await refusal(await somebody.back(theirs))).toEqual(refused);
    const { accessToken } = await people.browser().signIn(somebody.account);
    expect(await refusal(await somebody.back(mine, accessToken))).toEqual(refused);
    expect(await somebody.roles()).toEqual([]);
  });

  it("when it comes back twice, also at once", async () => {
    const somebody = await person();
    const answer = await provider.signIn(await somebody.start(), colleague("tburn-officers"));
    const answers = await Promise.all([somebody.back(answer), somebody.back(answer), somebody.back(answer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(await refusal(await somebody.back(answer))).toEqual(refused);
  });

  it("with a code that another sign-in of the same session got", async () => {
    const somebody = await person();
    const [first, second] = [await somebody.start(), await somebody.start()];
    const { code = "" } = await provider.signIn(first, colleague("tburn-officers"));
    const answer = await provider.signIn(second, colleague("tburn-officers"));
    expect(await refusal(await somebody.back({ ...answer, code }))).toEqual(refused);
  });

  it("with another nonce, another challenge or without one", async () => {
    for (const [name, value] of [
      ["nonce", "another"],
      ["nonce", undefined],
      ["code_challenge", "A".repeat(43)],
    ] as const) {
      const somebody = await person();
      const url = new URL(await somebody.start());
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
      const answer = await provider.signIn(url.href, colleague("tburn-officers"));
      expect([name, ...(await refusal(await somebody.back(answer)))]).toEqual([name, ...refused]);
    }
  });

  it("from another issuer, or from one that does not say who it is", async () => {
    const foreign = await startProvider();
    try {
      const somebody = await person();
      const answer = await provider.signIn(await somebody.start(), colleague("tburn-officers"));
      expect(await refusal(await somebody.back({ ...answer, iss: foreign.issuer }))).toEqual(refused);
      const { iss: _, ...unsaid } = await provider.signIn(await somebody.start(), colleague("tburn-officers"));
      expect(await refusal(await somebody.back(unsaid))).toEqual(refused);
    } finally {
      await foreign.stop();
    }
  });

  it("for an identity that is another member's: nobody is two people by having two wallets", async () => {
    const [somebody, second, who] = [await person(), await person(), colleague("tburn-officers")];
    await somebody.back(await provider.signIn(await somebody.start(), who));
    expect(await refusal(await second.back(await provider.signIn(await second.start(), who)))).toEqual(refused);
    expect(await second.roles()).toEqual([]);
  });

  it("for a second identity of a member", async () => {
    const somebody = await person();
    await somebody.back(await provider.signIn(await somebody.start(), colleague("tburn-officers")));
    const other = await provider.signIn(await somebody.start(), colleague("tburn-auditors"));
    expect(await refusal(await somebody.back(other))).toEqual(refused);
    expect(await somebody.roles()).toEqual(["compliance"]);
  });

  it("after ten minutes", async () => {
    const somebody = await person();
    const answer = await provider.signIn(await somebody.start(), colleague("tburn-officers"));
    await people.database.pool.query("update app.staff_sign_ins set expires_at = now() where member_id = $1", [
      somebody.memberId,
    ]);
    expect(await refusal(await somebody.back(answer))).toEqual(refused);
  });

  it("five times a minute, and not for whoever has no session", async () => {
    const somebody = await person();
    await people.forgetVisits();
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push((await somebody.back({ code: "x", state: "y" })).status);
    expect(codes).toEqual([401, 401, 401, 401, 401, 429]);
    const answer = await people.browser().send("POST", "/api/v1/auth/oidc/callback", { code: "x", state: "y" });
    expect(await refusal(answer)).toEqual([401, "SIGN_IN_REQUIRED"]);
  });
});

describe("where the strength of a sign-in is named", () => {
  it("one of that strength counts as a second factor from the time that the provider asked; a weaker one is refused", async () => {
    const strict = await startPeople({ settings: { ...settings(provider), OIDC_ACR: "phr" } });
    try {
      const somebody = await person(strict);
      const weak = { ...colleague("tburn-officers"), acr: "pwd" };
      expect(await refusal(await somebody.back(await provider.signIn(await somebody.start(), weak)))).toEqual(refused);
      const url = await somebody.start();
      await somebody.stepDown();
      const answer = await somebody.back(await provider.signIn(url, { ...weak, acr: "phr" }));
      expect(await answer.json()).toMatchObject({ roles: ["compliance"] });
      const session = (await (await somebody.ask("GET", "/session")).json()) as { steppedUpAt: string };
      expect(Date.now() - Date.parse(session.steppedUpAt)).toBeLessThan(60_000);
    } finally {
      await strict.stop();
    }
  });
});

describe("where no provider is named, or it is away", () => {
  it("nobody begins", async () => {
    const plain = await startPeople();
    try {
      const somebody = await person(plain);
      expect(await (await somebody.ask("GET", "/oidc")).json()).toEqual({ isOn: false, isLinked: false });
      expect(await refusal(await somebody.ask("POST", "/oidc/start", {}))).toEqual([404, "STAFF_PROVIDER_OFF"]);
    } finally {
      await plain.stop();
    }
  });

  it("it is said so", async () => {
    const gone = await startProvider();
    await gone.stop();
    const plain = await startPeople({ settings: settings(gone) });
    try {
      const somebody = await person(plain);
      const answer = await somebody.ask("POST", "/oidc/start", {});
      expect(await refusal(answer)).toEqual([503, "STAFF_PROVIDER_UNAVAILABLE"]);
    } finally {
      await plain.stop();
    }
  });
});
