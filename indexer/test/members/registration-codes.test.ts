import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Applicant,
  type Applicants,
  addressOf,
  agreed,
  codeIn,
  mailsTo,
  mailTo,
  type Standing,
  startApplicants,
} from "./applicant.ts";
import { refusal } from "./browser.ts";

let here: Applicants;
beforeAll(async () => {
  here = await startApplicants();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const WRONG = "ZZZZZZZZ";

async function asked(email = addressOf("kim")): Promise<{ one: Applicant; email: string; code: string }> {
  const one = await here.applicant();
  await one.register(email);
  return { one, email, code: codeIn(await mailTo(here.sink, email)) };
}

const sentLongAgo = (memberId: string) =>
  here.database.pool.query(
    "update app.verification_codes set created_at = created_at - interval '31 seconds' where member_id = $1",
    [memberId],
  );

describe("a code by mail", () => {
  it("comes in the applicant's language, as text and as HTML, from whom it says", async () => {
    const one = await here.applicant();
    const email = addressOf("ko");
    await one.post("/api/v1/members/register", {
      ...{ email, tier: "BASIC_USER", language: "ko", consents: agreed("ko") },
    });
    const mail = await mailTo(here.sink, email);
    expect(mail.subject).toBe("TBURN Members 이메일 인증 코드");
    expect(mail.from).toBe("members@tburn.test");
    expect(mail.html).toContain(codeIn(mail));
  });

  it("counts in any spelling that reads the same", async () => {
    const { one, code } = await asked();
    const spelt = `${code.slice(0, 4)}-${code.slice(4)} `.toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
    expect((await one.verify(spelt)).status).toBe(200);
  });

  it("is good for nothing after five wrong tries, not even the right one", async () => {
    const { one, code } = await asked();
    for (let tries = 1; tries <= 5; tries++) {
      expect(await refusal(await one.verify(WRONG))).toEqual([422, "CODE_WRONG"]);
      expect((await one.standing()).code?.attemptsLeft).toBe(5 - tries);
    }
    expect(await refusal(await one.verify(code))).toEqual([409, "CODE_OVER"]);
  });

  it("lets five of twenty guesses through that come at once, and counts them all", async () => {
    const { one } = await asked();
    const answers = await Promise.all(Array.from({ length: 20 }, () => one.verify(WRONG)));
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15);
    expect((await one.standing()).code?.attemptsLeft).toBe(0);
  });

  it("is taken once, however often it comes at once", async () => {
    const { one, code } = await asked();
    const answers = await Promise.all(Array.from({ length: 5 }, () => one.verify(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("does not cost a second try when the same request is repeated", async () => {
    const { one } = await asked();
    const key = randomUUID();
    expect(await refusal(await one.verify(WRONG, key))).toEqual([422, "CODE_WRONG"]);
    expect(await refusal(await one.verify(WRONG, key))).toEqual([422, "CODE_WRONG"]);
    expect((await one.standing()).code?.attemptsLeft).toBe(4);
  });

  it("ends after ten minutes", async () => {
    const { one, code } = await asked();
    const { rows } = await here.database.pool.query<{ lasts: string }>(
      "select extract(epoch from expires_at - created_at)::int as lasts from app.verification_codes where member_id = $1",
      [one.memberId],
    );
    expect(rows).toEqual([{ lasts: 600 }]);
    await here.database.pool.query("update app.verification_codes set expires_at = now() where member_id = $1", [
      one.memberId,
    ]);
    expect(await refusal(await one.verify(code))).toEqual([409, "CODE_OVER"]);
  });

  it("is sent again after half a minute and not before; then the earlier one counts no more", async () => {
    const { one, email, code } = await asked();
    const early = await one.step("resend");
    expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusal(early)).toEqual([429, "RESEND_TOO_SOON"]);
    await sentLongAgo(one.memberId);
    expect((await one.step("resend")).status).toBe(202);
    const second = codeIn(await mailTo(here.sink, email, 2));
    expect(second).not.toBe(code);
    expect(await refusal(await one.verify(code))).toEqual([422, "CODE_WRONG"]);
    expect((await one.verify(second)).status).toBe(200);
  });

  it("goes to another address when another is given, and the earlier one counts no more", async () => {
    const { one, code } = await asked();
    await sentLongAgo(one.memberId);
    const other = addressOf("other");
    expect((await one.step("email", { email: other })).status).toBe(202);
    const second = codeIn(await mailTo(here.sink, other));
    expect(await refusal(await one.verify(code))).toEqual([422, "CODE_WRONG"]);
    expect((await one.verify(second)).status).toBe(200);
  });
});

describe("an address that a member has", () => {
  it("is answered like any other, word for word; its owner gets a mail, and nobody a code", async () => {
    const { one, email, code } = await asked();
    await one.verify(code);
    const [known, unknown] = await Promise.all([here.applicant(), here.applicant()]);
    const answers = [await known.register(email), await unknown.register(addressOf("unknown"))];
    const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as Standing[];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const plain = (body: Standing | undefined) => JSON.stringify(body).replace(/[0-9a-f-]{36}|\d{4}-\d\d-[^"]*Z/g, "…");
    expect(plain(first)).toBe(plain(second));
    const notice = await mailTo(here.sink, email, 2);
    expect(notice.subject).toBe("Somebody tried to register with your address");
    expect(codeIn(notice)).toBe("");
  });

  it("that two prove at once is the first one's; the other gets the answer of a wrong code, and the owner a mail", async () => {
    const email = addressOf("race");
    const [one, two] = [await here.applicant(), await here.applicant()];
    await one.register(email);
    const first = codeIn(await mailTo(here.sink, email));
    await two.register(email);
    const second = codeIn(await mailTo(here.sink, email, 2));
    const answers = await Promise.all([one.verify(first), two.verify(second)]);
    const lost = answers.find(({ status }) => status !== 200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(lost && (await refusal(lost))).toEqual([422, "CODE_WRONG"]);
    await mailTo(here.sink, email, 3);
    expect(mailsTo(here.sink, email)[0]?.subject).toBe("Somebody tried to register with your address");
    const { rows } = await here.database.pool.query(
      "select 1 from app.blind_indexes where kind = 'email' and member_id = any($1)",
      [[one.memberId, two.memberId]],
    );
    expect(rows).toHaveLength(1);
  });
});
