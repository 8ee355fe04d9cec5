import { randomUUID } from "node:crypto";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { until } from "../harness/until.ts";
import { type Applicants, addressOf, codeIn, mailTo, type Standing, startApplicants } from "./applicant.ts";
import { refusal } from "./browser.ts";

let here: Applicants;

beforeAll(async () => {
  here = await startApplicants();
  const { sync } = await engine(here.database.pool, { urls: [here.chain.url], record: here.chain.record });
  await catchUp(sync);
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

/** Somebody of the chain's cast, whose identity is attested there. */
const member = (index: number) => privateKeyToAccount(localWallet(index).privateKey as `0x${string}`);
const eventsOf = async (memberId: string) => {
  const { rows } = await here.database.pool.query<{ event: string }>(
    "select event from app.events where member_id = $1 order by id",
    [memberId],
  );
  return rows.map(({ event }) => event);
};
/** A stranger whose address is proven. */
async function proven(email = addressOf("kim")) {
  const one = await here.applicant();
  await one.register(email);
  await one.verify(codeIn(await mailTo(here.sink, email)));
  return { one, email };
}

describe("a registration", () => {
  it("leads from an address over an identity to a member, one step after the other", async () => {
    const one = await here.applicant(member(DELEGATORS[0] ?? 0));
    const email = addressOf("park");
    const begun = await one.register(email);
    expect([begun.status, ((await begun.json()) as Standing).state]).toEqual([202, "EMAIL_PENDING"]);
    const verified = await one.verify(codeIn(await mailTo(here.sink, email)));
    expect([verified.status, ((await verified.json()) as Standing).state]).toEqual([200, "PHONE_PENDING"]);
    expect((await one.step("skip-phone")).status).toBe(200);
    expect(await one.standing()).toMatchObject({ state: "KYC_APPROVED", kycLevel: 1, open: ["tier", "submit"] });
    const done = await one.step("submit");
    expect([done.status, ((await done.json()) as Standing).state]).toEqual([200, "APPROVED"]);
    expect(await eventsOf(one.memberId)).toEqual([
      ...["ConsentGiven", "ConsentGiven", "EmailVerified", "MemberRegistered"],
    ]);
  });

  it("proves a telephone by a code of its own", async () => {
    const { one } = await proven();
    expect((await one.step("phone", { phone: "+821012345678" })).status).toBe(202);
    const text = await until("text message", () =>
      here.sink.mails().find(({ to }) => to === "821012345678@sandbox-phone.invalid"),
    );
    expect(text.subject).toContain("simulated");
    const code = /[0-9A-Z]{8}/.exec(text.text.replace("TBURN Members code: ", ""))?.[0] ?? "";
    const verified = await one.step("verify-phone", { code });
    expect([verified.status, ((await verified.json()) as Standing).state]).toEqual([200, "KYC_PENDING"]);
  });

  it("refuses a step before its turn, and names those that are open", async () => {
    const one = await here.applicant();
    await one.register(addressOf("lee"));
    const response = await one.step("submit");
    const { code, errors } = (await response.json()) as { code: string; errors: { message: string }[] };
    expect([response.status, code]).toEqual([409, "STEP_OUT_OF_ORDER"]);
    expect(errors.map(({ message }) => message)).toEqual(["email", "verify-email", "resend", "tier"]);
  });

  it("is one, however many are begun at once", async () => {
    const one = await here.applicant();
    const answers = await Promise.all(Array.from({ length: 8 }, () => one.register(addressOf("choi"))));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(7).fill(409)]);
  });

  it("is nobody else's", async () => {
    const { one } = await proven();
    const other = await here.applicant();
    const { id } = await one.standing();
    expect(await refusal(await other.post(`/api/v1/registrations/${id}/skip-phone`))).toEqual([
      404,
      "REGISTRATION_NOT_FOUND",
    ]);
    const path = `/api/v1/members/${one.memberId}/verify-email`;
    expect(await refusal(await other.post(path, { code: "00000000" }))).toEqual([404, "MEMBER_NOT_FOUND"]);
  });

  it("keeps each step, and leaves an entry in the audit trail for it", async () => {
    const { one } = await proven();
    const steps = await here.database.pool.query<{ command: string }>(
      "select command from app.registration_steps where member_id = $1 order by version",
      [one.memberId],
    );
    expect(steps.rows.map(({ command }) => command)).toEqual(["bind-account", "email", "verify-email"]);
    const entries = await here.database.pool.query<{ action: string }>(
      "select action from app.audit_entries where subject_id = $1 and action like 'registration.%' order by id",
      [one.memberId],
    );
    expect(entries.rows.map(({ action }) => action)).toEqual([
      "registration.bind-account",
      "registration.email",
      "registration.verify-email",
    ]);
  });
});

describe("a command", () => {
  it("is done once and answered alike, however often it comes under one key", async () => {
    const one = await here.applicant();
    const [email, key] = [addressOf("jung"), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => one.register(email, "BASIC_USER", key)));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
    expect(new Set(bodies.map((body) => (body as Standing).id)).size).toBe(1);
    const { rows } = await here.database.pool.query("select id from app.registrations where member_id = $1", [
      one.memberId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it("that was refused is refused alike when it is repeated, though it would be open now", async () => {
    const one = await here.applicant();
    const email = addressOf("han");
    await one.register(email);
    const { id } = await one.standing();
    const skip = () =>
      one.post(`/api/v1/registrations/${id}/skip-phone`, undefined, { "idempotency-key": "skip-it-1" });
    expect(await refusal(await skip())).toEqual([409, "STEP_OUT_OF_ORDER"]);
    await one.verify(codeIn(await mailTo(here.sink, email)));
    expect(await refusal(await skip())).toEqual([409, "STEP_OUT_OF_ORDER"]);
    expect((await one.step("skip-phone")).status).toBe(200);
  });

  it("with another body under a used key is refused", async () => {
    const one = await here.applicant();
    const key = randomUUID();
    await one.register(addressOf("yoon"), "BASIC_USER", key);
    expect(await refusal(await one.register(addressOf("yoon"), "BASIC_USER", key))).toEqual([
      422,
      "IDEMPOTENCY_KEY_REUSED",
    ]);
  });

  it("without a key is refused", async () => {
    const one = await here.applicant();
    const body = { email: addressOf("seo"), tier: "BASIC_USER" };
    expect(await refusal(await one.post("/api/v1/members/register", body, {}))).toEqual([
      400,
      "IDEMPOTENCY_KEY_MISSING",
    ]);
  });

  it.each([
    [{ tier: "GENESIS_VALIDATOR", email: "a@example.com" }],
    [{ tier: "BASIC_USER", email: "two@example.com, more@example.com" }],
    [{ tier: "BASIC_USER", email: "a@example.com", state: "APPROVED" }],
  ])("with fields that are not as they must be is refused: %j", async (body) => {
    const one = await here.applicant();
    expect(await refusal(await one.post("/api/v1/members/register", body))).toEqual([422, "INPUT_INVALID"]);
  });
});

describe("a registration whose time is over", () => {
  const expireNow = async (memberId: string) => {
    await here.database.pool.query(
      "update app.registrations set deadline = now() - interval '1 second' where member_id = $1",
      [memberId],
    );
  };

  it("takes no step any more, and makes room for a new one", async () => {
    const { one } = await proven();
    await expireNow(one.memberId);
    expect(await refusal(await one.step("skip-phone"))).toEqual([409, "REGISTRATION_EXPIRED"]);
    expect((await one.register(addressOf("again"))).status).toBe(202);
  });

  it("leaves no address behind of whoever was never identified, and the address is free again", async () => {
    const { one, email } = await proven();
    await expireNow(one.memberId);
    await until("end", async () => {
      await here.database.pool.query("insert into boss.job (name, data) values ('registration-expiry', '{}')");
      const { rows } = await here.database.pool.query<{ state: string }>(
        "select state from app.registrations where member_id = $1",
        [one.memberId],
      );
      return rows[0]?.state === "EXPIRED";
    });
    const left = await here.database.pool.query(
      `select 1 from app.member_personal where member_id = $1 union all
       select 1 from app.blind_indexes where member_id = $1 union all
       select 1 from app.verification_codes where member_id = $1 union all
       select 1 from app.registrations where member_id = $1 and (sealed_email is not null or sealed_phone is not null)`,
      [one.memberId],
    );
    expect(left.rows).toEqual([]);
    const other = await here.applicant();
    await other.register(email);
    const again = await mailTo(here.sink, email, 2);
    expect((await other.verify(codeIn(again))).status).toBe(200);
  });
});
