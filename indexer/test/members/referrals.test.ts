import { randomUUID } from "node:crypto";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { type Applicant, type Applicants, addressOf, agreed, codeIn, mailTo, startApplicants } from "./applicant.ts";
import { refusal } from "./browser.ts";

let here: Applicants;
/** Somebody who was let in, and invites. */
let inviter: Applicant;
let code: string;

beforeAll(async () => {
  here = await startApplicants();
  const { sync } = await engine(here.database.pool, { urls: [here.chain.url], record: here.chain.record });
  await catchUp(sync);
  inviter = await attested();
  await isLetIn(inviter);
  code = await codeOf(inviter);
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

interface Referral {
  code: string | null;
  count: number;
  waitingCount: number;
  rewardsEarned: string;
}

/** Members of the cast whose identity the chain knows, each taken once. */
const cast = [...DELEGATORS];
const attested = () => {
  const index = cast.shift();
  if (index === undefined) throw new Error("the cast is used up");
  return here.applicant(privateKeyToAccount(localWallet(index).privateKey as `0x${string}`));
};

const begins = (one: Applicant, email: string, referralCode?: string, key: string = randomUUID()) =>
  one.post(
    "/api/v1/members/register",
    { tier: "BASIC_USER", language: "en", email, consents: agreed(), ...(referralCode && { referralCode }) },
    { "idempotency-key": key },
  );

/** Goes all the way, with somebody's code or without. */
async function isLetIn(one: Applicant, by?: string): Promise<void> {
  const email = addressOf("han");
  await begins(one, email, by);
  await one.verify(codeIn(await mailTo(here.sink, email)));
  await one.step("skip-phone");
  const done = await one.step("submit");
  if (done.status !== 200) throw new Error(await done.text());
}

async function referralOf(one: Applicant): Promise<Referral> {
  return (await one.get(`/api/v1/members/${one.memberId}/referral`)).json() as Promise<Referral>;
}
async function codeOf(one: Applicant): Promise<string> {
  const referral = await referralOf(one);
  if (!referral.code) throw new Error("has no code");
  return referral.code;
}
const referrerOf = async ({ memberId }: Applicant): Promise<string | null> => {
  const { rows } = await here.database.pool.query("select referrer_id as id from app.referrals where member_id = $1", [
    memberId,
  ]);
  return rows[0]?.id ?? null;
};

describe("a referral code", () => {
  it("is a member's from being let in on, of 128 bits, and nobody's before", async () => {
    const one = await attested();
    expect(await referralOf(one)).toEqual({ code: null, count: 0, waitingCount: 0, rewardsEarned: "0" });
    await isLetIn(one);
    expect((await referralOf(one)).code).toMatch(/^r[0-9a-f]{32}$/);
  });

  it("counts who came by it and was let in, names nobody, and earns nothing", async () => {
    await begins(await here.applicant(), addressOf("seo"), code);
    expect(await referralOf(inviter)).toEqual({ code, count: 0, waitingCount: 1, rewardsEarned: "0" });
    await isLetIn(await attested(), ` ${code.toUpperCase()} `);
    expect(await referralOf(inviter)).toEqual({ code, count: 1, waitingCount: 1, rewardsEarned: "0" });
  });

  it("is told to its member alone", async () => {
    const [one, other] = [await here.applicant(), await here.applicant()];
    const path = `/api/v1/members/${one.memberId}/referral`;
    expect((await one.get(path)).status).toBe(200);
    expect(await refusal(await other.get(path))).toEqual([404, "NOT_FOUND"]);
    expect(await refusal(await here.browser().send("GET", path))).toEqual([404, "NOT_FOUND"]);
  });

  it("that is wrong is answered as a right one is", async () => {
    const codes = [code, "0".repeat(32), "' or 1=1 --", undefined];
    const answers = await Promise.all(
      codes.map(async (one) => {
        const response = await begins(await here.applicant(), addressOf("min"), one);
        const { id: _id, startedAt: _at, deadline: _till, code: _mail, ...rest } = await response.json();
        return [response.status, rest];
      }),
    );
    expect(answers).toEqual(answers.map(() => answers[0]));
  });

  it("is never one's own, and closes no circle", async () => {
    const [first, second] = [await attested(), await attested()];
    await isLetIn(first);
    const own = await codeOf(first);
    await isLetIn(second, own);
    // Neither can begin anew by the other's code, and by one's own nobody can begin at all.
    for (const again of [await codeOf(second), own]) {
      expect(await refusal(await begins(first, addressOf("ahn"), again))).toEqual([409, "ALREADY_REGISTERED"]);
    }
    expect(await Promise.all([first, second].map(referrerOf))).toEqual([null, first.memberId]);
  });

  it("is taken once, however often the same beginning is sent", async () => {
    const [guest, email, key] = [await here.applicant(), addressOf("yu"), randomUUID()];
    const { waitingCount } = await referralOf(inviter);
    for (let i = 0; i < 3; i++) expect((await begins(guest, email, code, key)).status).toBe(202);
    expect((await referralOf(inviter)).waitingCount).toBe(waitingCount + 1);
    const { rows } = await here.database.pool.query(
      "select 1 from app.audit_entries where action = 'referral.note' and subject_id = $1",
      [guest.memberId],
    );
    expect(rows).toHaveLength(1);
  });
});
