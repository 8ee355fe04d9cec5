import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { purposes } from "../../src/domains/consents/rules.ts";
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

let here: Applicants;
beforeAll(async () => {
  here = await startApplicants();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

type Agreement = ReturnType<typeof agreed>[number];
interface Given {
  purpose: string;
  language: string;
  version: number;
}

function begins(one: Applicant, consents: object[] | undefined, email = addressOf("kim"), key: string = randomUUID()) {
  const body = { email, tier: "BASIC_USER", language: "en", ...(consents && { consents }) };
  return one.post("/api/v1/members/register", body, { "idempotency-key": key });
}

/** Code of a refusal, and the purposes that it names. */
async function refused(response: Response): Promise<[number, string, string[]]> {
  const { code, errors = [] } = (await response.json()) as { code: string; errors?: { message: string }[] };
  return [response.status, code, errors.map(({ message }) => message)];
}

async function givenBy({ memberId }: Applicant): Promise<Given[]> {
  const { rows } = await here.database.pool.query<Given>(
    "select purpose, language, version from app.consents where member_id = $1 and given order by purpose, number",
    [memberId],
  );
  return rows;
}

/** As if the member had read words that others have taken the place of since. */
const hadOlderWords = ({ memberId }: Applicant, purpose: string) =>
  here.database.pool.query(
    `insert into app.consents (member_id, purpose, number, given, version, language, text_hash, at)
     select member_id, purpose, max(number) + 1, true, 0, 'en', '\\x00', now() from app.consents
      where member_id = $1 and purpose = $2 group by member_id, purpose`,
    [memberId, purpose],
  );

const agreeTo = (one: Applicant, { purpose, textHash }: Agreement) =>
  one.put(`/api/v1/members/${one.memberId}/consents`, { purpose, given: true, textHash });

describe("a registration", () => {
  it.each([
    ["nothing", [], ["terms", "personal_data"]],
    ["the terms alone", agreed("en", "terms"), ["personal_data"]],
    ["news alone", agreed("ko", "news"), ["terms", "personal_data"]],
  ])("with consent to %s is refused, and says to what else", async (_what, consents, missing) => {
    const one = await here.applicant();
    const email = addressOf("kim");
    expect(await refused(await begins(one, consents, email))).toEqual([409, "CONSENT_REQUIRED", missing]);
    // Nothing of it stands: no registration, no consent, no mail.
    expect([await one.standing(), await givenBy(one), mailsTo(here.sink, email)]).toEqual([null, [], []]);
  });

  it("that says nothing of consents is refused", async () => {
    expect(await refused(await begins(await here.applicant(), undefined))).toEqual([
      409,
      "CONSENT_REQUIRED",
      ["terms", "personal_data"],
    ]);
  });

  it("begins with the consents, which name the words that were shown and leave entries", async () => {
    const one = await here.applicant();
    const consents = [...agreed("ko"), ...agreed("ko", "news")];
    expect((await begins(one, consents)).status).toBe(202);
    const version = (purpose: keyof typeof purposes) => purposes[purpose].version;
    expect(await givenBy(one)).toEqual([
      { purpose: "news", language: "ko", version: version("news") },
      { purpose: "personal_data", language: "ko", version: version("personal_data") },
      { purpose: "terms", language: "ko", version: version("terms") },
    ]);
    const { rows } = await here.database.pool.query(
      "select 1 from app.audit_entries where subject_id = $1 and action = 'consents.change'",
      [one.memberId],
    );
    expect(rows).toHaveLength(3);
  });

  it.each([
    ["other words", { textHash: "0".repeat(64) }],
    ["words under another number", { version: 99 }],
  ])("with consent to %s is refused", async (_what, changed) => {
    const [terms, ...rest] = agreed();
    const answer = await begins(await here.applicant(), [{ ...terms, ...changed }, ...rest]);
    expect(await refused(answer)).toEqual([409, "CONSENT_TEXT_CHANGED", ["terms"]]);
  });

  it("asks nothing again that was agreed to before", async () => {
    const one = await here.applicant();
    for (const consent of agreed()) expect((await agreeTo(one, consent)).status).toBe(200);
    expect((await begins(one, [])).status).toBe(202);
    expect(await givenBy(one)).toHaveLength(2);
  });

  it("repeated under its key answers the same and writes no consent twice", async () => {
    const [one, email, key] = [await here.applicant(), addressOf("kim"), randomUUID()];
    const answers = await Promise.all([1, 2, 3].map(() => begins(one, agreed(), email, key)));
    const [first, ...rest] = await Promise.all(answers.map((answer) => answer.json()));
    expect([answers.map(({ status }) => status), rest]).toEqual([
      [202, 202, 202],
      [first, first],
    ]);
    expect(await givenBy(one)).toHaveLength(2);
  });
});

describe("newer words", () => {
  it("are agreed to before the next step, which then goes on where it was", async () => {
    const [one, email] = [await here.applicant(), addressOf("kim")];
    await begins(one, agreed(), email);
    const code = codeIn(await mailTo(here.sink, email));
    await hadOlderWords(one, "personal_data");
    expect(await refused(await one.verify(code))).toEqual([409, "CONSENT_REQUIRED", ["personal_data"]]);
    const before = await one.standing();
    // The code was not tried.
    expect([before.state, before.code?.attemptsLeft]).toEqual(["EMAIL_PENDING", 5]);
    expect(await refused(await one.step("resend"))).toEqual([409, "CONSENT_REQUIRED", ["personal_data"]]);
    for (const consent of agreed("en", "personal_data")) await agreeTo(one, consent);
    expect(((await (await one.verify(code)).json()) as Standing).state).toBe("PHONE_PENDING");
  });
});
