import { randomUUID } from "node:crypto";
import { keccak256, stringToHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { address, DELEGATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
beforeAll(async () => {
  here = await startIntents();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

/** Wallet 0 holds the roles of the contracts. */
const OFFICE = 0;
const reason = { reason: "TERMS_OF_SERVICE", evidenceHash: `0x${"AB".repeat(32)}`, durationSeconds: 3_600 };
const delegator = (nth: number) => here.signer(DELEGATORS[nth] ?? 0);
const suspend = (by: Signer, { memberId }: Signer, body: object = reason) =>
  by.ask("POST", `/api/v1/members/${memberId}/suspend`, body);
const decided = (by: Signer, id: string, approve = true) =>
  by.ask("POST", `/api/v1/admin/approvals/${id}/decision`, { approve, reason: "as seen" });
const officers = async () => [await here.signer(30, "compliance"), await here.signer(OFFICE, "compliance")] as const;
const suspensionOf = async ({ index }: Signer): Promise<number> => {
  const memberNo = await here.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]);
  return Number(await here.chain.view<bigint>("SuspensionManager", "currentOf", [memberNo]));
};

/** Two officers suspend somebody. @returns who it is, signed in anew */
async function suspended(nth: number): Promise<Signer> {
  const [first, second] = await officers();
  const one = await delegator(nth);
  const answer = await suspend(first, one);
  expect(answer.status).toBe(202);
  const { approvalId } = (await answer.json()) as { approvalId: string };
  expect((await decided(second, approvalId)).status).toBe(200);
  await here.confirmed(second, await second.intent(approvalId));
  return here.signer(one.index);
}

describe("a suspension", () => {
  it("takes two officers, and then a signature of the contracts' own office", async () => {
    const [first, second] = await officers();
    const one = await delegator(0);
    const { approvalId } = (await (await suspend(first, one)).json()) as { approvalId: string };
    expect(await refusal(await suspend(first, one))).toEqual([409, "APPROVAL_OPEN"]);
    expect(await refusal(await decided(first, approvalId))).toEqual([403, "APPROVAL_SELF"]);
    expect(await refusal(await second.ask("GET", `/api/v1/tx-intents/${approvalId}`))).toEqual([
      404,
      "INTENT_NOT_FOUND",
    ]);
    expect((await decided(second, approvalId)).status).toBe(200);
    const intent = await second.intent(approvalId);
    expect(intent).toMatchObject({ kind: "SUSPEND", account: null, state: "PENDING" });
    expect(await suspensionOf(one)).toBe(0);
    await here.confirmed(second, intent);
    expect(await suspensionOf(one)).toBeGreaterThan(0);
    expect(await refusal(await suspend(first, one))).toEqual([409, "MEMBER_NOT_SUSPENDABLE"]);
  });

  it("is proposed by compliance alone, with a second factor, for reasons of the staff's and not too long", async () => {
    const [first] = await officers();
    const [one, other, admin] = [await delegator(1), await delegator(2), await here.signer(31, "administrator")];
    for (const by of [other, one, admin]) expect(await refusal(await suspend(by, one))).toEqual([403, "FORBIDDEN"]);
    const wrong: [object, number, string][] = [
      [{ ...reason, reason: "EMERGENCY" }, 422, "INPUT_INVALID"],
      [{ ...reason, evidenceHash: `0x${"00".repeat(32)}` }, 422, "INPUT_INVALID"],
      [{ ...reason, evidenceHash: "no hash" }, 422, "INPUT_INVALID"],
      [{ ...reason, status: "TERMINATED" }, 422, "INPUT_INVALID"],
      [{ ...reason, memberId: other.memberId }, 422, "INPUT_INVALID"],
      [{ ...reason, durationSeconds: 31 * 86_400 }, 422, "SUSPENSION_TOO_LONG"],
    ];
    for (const [body, status, code] of wrong) {
      expect(await refusal(await suspend(first, one, body))).toEqual([status, code]);
    }
    const nobody = await first.ask("POST", `/api/v1/members/${randomUUID()}/suspend`, reason);
    expect(await refusal(nobody)).toEqual([404, "MEMBER_NOT_FOUND"]);
    expect(await refusal(await suspend(first, await here.signer(41)))).toEqual([409, "MEMBER_NOT_ON_CHAIN"]);
    await here.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [
      first.memberId,
    ]);
    expect(await refusal(await suspend(first, one))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("that nobody agrees to prepares nothing; nobody decides about themselves", async () => {
    const [first, second] = await officers();
    const one = await here.signer(DELEGATORS[1] ?? 0, "compliance");
    const { approvalId } = (await (await suspend(first, one)).json()) as { approvalId: string };
    expect(await refusal(await decided(one, approvalId))).toEqual([403, "SUSPENSION_OWN"]);
    expect((await decided(second, approvalId, false)).status).toBe(200);
    expect(await refusal(await second.ask("GET", `/api/v1/tx-intents/${approvalId}`))).toEqual([
      404,
      "INTENT_NOT_FOUND",
    ]);
  });

  it("is asked for by GraphQL alike", async () => {
    const [first, second] = await officers();
    const one = await delegator(5);
    const query = `mutation ($id: ID!, $reason: SuspensionReasonInput!, $key: String!) {
      suspendMember(memberId: $id, reason: $reason, idempotencyKey: $key) { approvalId } }`;
    const { data } = await first.graph(query, { id: one.memberId, reason });
    const request = data?.suspendMember as { approvalId: string } | undefined;
    expect((await decided(second, request?.approvalId ?? "", false)).status).toBe(200);
  });
});

describe("an appeal", () => {
  const contest = (by: Signer, id: number, body: object = { statement: "그런 일은 없었습니다." }) =>
    by.ask("POST", `/api/v1/suspensions/${id}/appeal`, body);

  it("is the subject's alone, once, however many are made at once; its words are noise at rest", async () => {
    const one = await suspended(3);
    const id = await suspensionOf(one);
    const other = await delegator(1);
    expect(await refusal(await contest(other, id))).toEqual([404, "SUSPENSION_NOT_FOUND"]);
    expect(await refusal(await contest(one, 999))).toEqual([404, "SUSPENSION_NOT_FOUND"]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => contest(one, id)));
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(1);
    for (const late of answers.filter((answer) => answer !== taken[0])) {
      expect(await refusal(late)).toEqual([409, "APPEAL_OPEN"]);
    }
    const intent = (await taken[0]?.json()) as Intent & { statement: { hash: string; document: string } };
    expect(intent.statement.hash).toBe(keccak256(stringToHex(intent.statement.document)));
    const { rows } = await here.database.pool.query<{ hex: string }>(
      "select encode(sealed, 'hex') as hex from app.appeal_statements where suspension_id = $1",
      [id],
    );
    expect(rows[0]?.hex).not.toContain(Buffer.from("그런 일은").toString("hex"));
    await here.confirmed(one, intent);
    expect(await refusal(await contest(one, id))).toEqual([409, "APPEAL_NOT_OPEN"]);
    const [officer] = await officers();
    const read = await officer.must<object>("GET", `/api/v1/suspensions/${id}/appeal`);
    expect(read).toEqual(intent.statement);
    expect(await refusal(await other.ask("GET", `/api/v1/suspensions/${id}/appeal`))).toEqual([
      404,
      "SUSPENSION_NOT_FOUND",
    ]);
    const audit = await here.database.pool.query(
      "select 1 from app.audit_entries where action = 'intents.appeal.read'",
    );
    expect(audit.rows).toHaveLength(1);
  });

  it("is made by GraphQL alike, and refused when its time is over", async () => {
    const one = await suspended(4);
    const query = `mutation ($id: Int!, $appeal: AppealInput!, $key: String!) {
      appealSuspension(suspensionId: $id, appeal: $appeal, idempotencyKey: $key) {
        statementHash document intent { kind state } } }`;
    const appeal = { statement: "It was not me." };
    const { data } = await one.graph(query, { id: await suspensionOf(one), appeal });
    const made = data?.appealSuspension as { statementHash: string; document: string } | undefined;
    expect(made).toMatchObject({ intent: { kind: "APPEAL", state: "PENDING" } });
    expect(made?.statementHash).toBe(keccak256(stringToHex(made?.document ?? "")));
    await here.chain.passTime(130);
    await here.follow();
    expect(await refusal(await contest(one, await suspensionOf(one)))).toEqual([409, "APPEAL_TOO_LATE"]);
  });
});

describe("a restoration", () => {
  const restore = (by: Signer, { memberId }: Signer) => by.ask("POST", `/api/v1/members/${memberId}/restore`, {});

  it("waits for the end of the term, then anybody's signature carries it out", async () => {
    const one = await suspended(2);
    const early = (await (await restore(one, one)).json()) as { code: string; errors: { message: string }[] };
    expect([early.code, early.errors.map(({ message }) => message)]).toEqual(["RESTORE_NOT_CLEAR", ["term"]]);
    expect(await refusal(await restore(await delegator(5), one))).toEqual([404, "MEMBER_NOT_FOUND"]);
    await here.chain.passTime(3_700);
    await here.follow();
    const [officer] = await officers();
    const byStaff = (await (await restore(officer, one)).json()) as Intent;
    const own = (await (await restore(one, one)).json()) as Intent;
    expect(byStaff.data).toBe(own.data);
    const query = "mutation ($me: ID!, $key: String!) { restoreMember(memberId: $me, idempotencyKey: $key) { data } }";
    expect(await one.graphData(query)).toBe(own.data);
    await here.confirmed(one, own, DELEGATORS[5] ?? 0);
    expect(await refusal(await restore(one, one))).toEqual([409, "MEMBER_NOT_SUSPENDED"]);
  });
});
