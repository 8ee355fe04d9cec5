import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TestPasskey } from "./authenticator.ts";
import { ORIGIN, refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

/** Somebody who has signed in. */
async function person() {
  const page = people.browser();
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  let token = accessToken;
  const ask = (method: string, path: string, body?: unknown) =>
    page.send(method, `/api/v1/auth${path}`, body, { authorization: `Bearer ${token}` });
  const asked = async <T>(method: string, path: string, body?: unknown) => {
    const response = await ask(method, path, body);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  const renew = async () => {
    token = ((await (await page.refresh()).json()) as { accessToken: string }).accessToken;
  };
  return { memberId, ask, asked, renew };
}
type Person = Awaited<ReturnType<typeof person>>;

/** A code of the step that lies `steps` from now. */
const codeOf = (secret: string, steps = 0) => generate({ secret, epoch: Math.floor(Date.now() / 1_000) + 30 * steps });

/** Enrols an authenticator with the code of the step before, so that the one of now is left. */
async function enrolTotp({ asked }: Person) {
  const { secret } = await asked<{ secret: string }>("POST", "/mfa/totp");
  const confirm = async () =>
    asked<{ recoveryCodes: string[] }>("POST", "/mfa/totp/confirm", { code: await codeOf(secret, -1) });
  // A step may end on the way; its code is then two steps old.
  const { recoveryCodes } = await confirm().catch(confirm);
  return { secret, recoveryCodes };
}

async function enrolPasskey({ asked }: Person, passkey = new TestPasskey(ORIGIN)) {
  const options = await asked<{ challenge: string }>("POST", "/mfa/webauthn/options");
  await asked("POST", "/mfa/webauthn", { name: "Laptop", response: passkey.create(options) });
  return passkey;
}

const forget = ({ memberId }: Person) =>
  people.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [memberId]);
const steppedUp = async ({ asked }: Person) =>
  (await asked<{ steppedUpAt: string | null }>("GET", "/session")).steppedUpAt !== null;

describe("an authenticator app", () => {
  it("counts after its first code, and gives ten recovery codes", async () => {
    const somebody = await person();
    await somebody.asked("POST", "/mfa/totp");
    expect(await somebody.asked("GET", "/mfa")).toMatchObject({ totp: false });
    const { recoveryCodes } = await enrolTotp(somebody);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await somebody.asked("GET", "/mfa")).toEqual({ totp: true, passkeys: [], recoveryCodesLeft: 10 });
  });

  it("steps a session up, once per code, however many try it at once", async () => {
    const somebody = await person();
    const { secret } = await enrolTotp(somebody);
    await forget(somebody);
    const code = await codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => somebody.ask("POST", "/step-up", { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    expect(await steppedUp(somebody)).toBe(true);
  });

  it("refuses codes of other times", async () => {
    const somebody = await person();
    const { secret } = await enrolTotp(somebody);
    for (const steps of [-3, 5]) {
      const response = await somebody.ask("POST", "/step-up", { code: await codeOf(secret, steps) });
      expect(await refusal(response)).toEqual([401, "FACTOR_REFUSED"]);
    }
  });

  it("counts tries before it compares, good ones too", async () => {
    const somebody = await person();
    const { secret } = await enrolTotp(somebody);
    await people.forgetVisits();
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => somebody.ask("POST", "/step-up", { code: String(100_000 + n) })),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    expect((await somebody.ask("POST", "/step-up", { code: await codeOf(secret) })).status).toBe(429);
  });

  it("does not stand readable in the database", async () => {
    const somebody = await person();
    const { secret, recoveryCodes } = await enrolTotp(somebody);
    const { rows } = await people.database.pool.query(
      "select encode(sealed, 'escape') as text from app.totp_secrets union all select encode(hmac, 'escape') from app.recovery_codes",
    );
    const dump = rows.map(({ text }) => text).join("\n");
    expect([secret, ...recoveryCodes].filter((one) => dump.includes(one))).toEqual([]);
  });

  it("is not enrolled over a first one by whoever holds the session alone", async () => {
    const somebody = await person();
    await enrolTotp(somebody);
    await forget(somebody);
    expect(await refusal(await somebody.ask("POST", "/mfa/totp"))).toEqual([401, "STEP_UP_REQUIRED"]);
    expect(await refusal(await somebody.ask("POST", "/mfa/webauthn/options"))).toEqual([401, "STEP_UP_REQUIRED"]);
    expect(await refusal(await somebody.ask("DELETE", "/mfa/totp"))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("is a first factor only soon after the wallet signed", async () => {
    const somebody = await person();
    await people.database.pool.query(
      "update app.sessions set created_at = now() - interval '16 minutes' where member_id = $1",
      [somebody.memberId],
    );
    await somebody.renew();
    expect(await refusal(await somebody.ask("POST", "/mfa/totp"))).toEqual([401, "SIGN_IN_AGAIN"]);
  });
});

describe("a recovery code", () => {
  it("steps up once, in any letter case", async () => {
    const somebody = await person();
    const { recoveryCodes } = await enrolTotp(somebody);
    await forget(somebody);
    const code = (recoveryCodes[0] ?? "").toLowerCase();
    expect((await somebody.ask("POST", "/step-up", { code })).status).toBe(200);
    expect(await refusal(await somebody.ask("POST", "/step-up", { code }))).toEqual([401, "FACTOR_REFUSED"]);
    expect(await somebody.asked("GET", "/mfa")).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it("is nobody else's", async () => {
    const [one, other] = [await person(), await person()];
    const { recoveryCodes } = await enrolTotp(one);
    await enrolTotp(other);
    expect(await refusal(await other.ask("POST", "/step-up", { code: recoveryCodes[0] }))).toEqual([
      401,
      "FACTOR_REFUSED",
    ]);
  });
});

describe("a passkey", () => {
  it("is enrolled, seen by its name, and steps a session up", async () => {
    const somebody = await person();
    const passkey = await enrolPasskey(somebody);
    expect(await somebody.asked("GET", "/mfa")).toMatchObject({ passkeys: [{ id: passkey.id, name: "Laptop" }] });
    await forget(somebody);
    const options = await somebody.asked<{ challenge: string }>("POST", "/step-up/webauthn/options");
    await somebody.asked("POST", "/step-up/webauthn", { response: passkey.get(options) });
    expect(await steppedUp(somebody)).toBe(true);
  });

  const proof = async (change: (passkey: TestPasskey) => void, origin = ORIGIN) => {
    const somebody = await person();
    const passkey = new TestPasskey(ORIGIN);
    passkey.counter = 5;
    await enrolPasskey(somebody, passkey);
    const options = await somebody.asked<{ challenge: string }>("POST", "/step-up/webauthn/options");
    change(passkey);
    return refusal(await somebody.ask("POST", "/step-up/webauthn", { response: passkey.get(options, origin) }));
  };

  it("is refused without its person, for another site, and as a copy", async () => {
    const refused = [401, "FACTOR_REFUSED"];
    expect(await proof((passkey) => (passkey.verifies = false))).toEqual(refused);
    expect(await proof(() => undefined, "http://members.example")).toEqual(refused);
    expect(await proof((passkey) => (passkey.counter = 2))).toEqual(refused);
  });

  it("answers each challenge once, and in the session that asked alone", async () => {
    const [one, other] = [await person(), await person()];
    const passkey = await enrolPasskey(one);
    await enrolPasskey(other);
    const options = await one.asked<{ challenge: string }>("POST", "/step-up/webauthn/options");
    const response = passkey.get(options);
    expect(await refusal(await other.ask("POST", "/step-up/webauthn", { response }))).toEqual([401, "FACTOR_REFUSED"]);
    await one.asked("POST", "/step-up/webauthn", { response });
    expect(await refusal(await one.ask("POST", "/step-up/webauthn", { response }))).toEqual([401, "FACTOR_REFUSED"]);
  });

  it("stays if it is the last factor of somebody who works here", async () => {
    const officer = await person();
    const passkey = await enrolPasskey(officer);
    await people.appoint(officer.memberId, "compliance");
    expect(await refusal(await officer.ask("DELETE", `/mfa/webauthn/${passkey.id}`))).toEqual([409, "LAST_FACTOR"]);
    const member = await person();
    const theirs = await enrolPasskey(member);
    expect((await member.ask("DELETE", `/mfa/webauthn/${theirs.id}`)).status).toBe(204);
  });
});
