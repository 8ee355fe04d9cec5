import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localWallet } from "../../../../scripts/local/chain.ts";
import { catchUp, engine } from "../../harness/engine.ts";
import { until } from "../../harness/until.ts";
import { refusal } from "../browser.ts";
import { type Kyc, startKyc } from "./applicants.ts";

let kyc: Kyc;
beforeAll(async () => {
  kyc = await startKyc();
});
afterAll(() => kyc?.stop());

/** A case with a green answer. */
async function reviewable() {
  const one = await kyc.submitted("HONG GILDONG");
  await kyc.answered(one.caseId, "green");
  return one;
}

interface Shown {
  state: string;
  applicant: Record<string, string | null>;
  documents: { isRead: boolean }[];
  findings: object | null;
  remarks: { kind: string; text: string }[];
  steps: { state: string }[];
  revocations: { to: `0x${string}`; data: `0x${string}` }[];
}
const shown = async (person: Awaited<ReturnType<Kyc["officer"]>>, caseId: string) =>
  person.must<Shown>("GET", `/api/v1/admin/kyc-cases/${caseId}`);

describe("a lease", () => {
  it("is one officer's, however many take the case at once, and another's when it is over or given back", async () => {
    const { caseId } = await reviewable();
    const path = `/api/v1/admin/kyc-cases/${caseId}/lease`;
    const officers = [];
    for (let n = 0; n < 20; n++) officers.push(await kyc.officer());
    const answers = await Promise.all(officers.map(({ ask }) => ask("PUT", path)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const holder = officers[answers.findIndex(({ status }) => status === 200)];
    const other = officers.find((officer) => officer !== holder);
    expect((await holder?.ask("PUT", path))?.status).toBe(200);
    expect(await refusal((await other?.ask("DELETE", path)) as Response)).toEqual([409, "KYC_LEASE_LOST"]);
    await kyc.pool.query("update app.kyc_cases set lease_until = now() where id = $1", [caseId]);
    expect((await other?.ask("PUT", path))?.status).toBe(200);
    expect((await other?.ask("DELETE", path))?.status).toBe(204);
    expect((await holder?.ask("PUT", path))?.status).toBe(200);
  });

  it("is given for the case that waits longest and that nobody has", async () => {
    const [one, other] = [await reviewable(), await reviewable()];
    await kyc.pool.query(
      "update app.kyc_cases set lease_until = now() + interval '1 hour', lease_by = gen_random_uuid()",
    );
    await kyc.pool.query("update app.kyc_cases set lease_until = null, lease_by = null where id = any($1)", [
      [one.caseId, other.caseId],
    ]);
    const officer = await kyc.officer();
    const next = () => officer.must<{ id: string | null }>("POST", "/api/v1/admin/kyc-cases/next");
    expect(await next()).toEqual({ id: one.caseId });
    await kyc.pool.query("update app.kyc_cases set state = 'expired' where id = $1", [one.caseId]);
    expect(await next()).toEqual({ id: other.caseId });
  });

  it("is needed to recommend", async () => {
    const { caseId } = await reviewable();
    const officer = await kyc.officer();
    const path = `/api/v1/admin/kyc-cases/${caseId}/recommendation`;
    expect(await refusal(await officer.ask("POST", path, { outcome: "approve" }))).toEqual([409, "KYC_LEASE_LOST"]);
  });
});

describe("a decision", () => {
  it("is never by the officer who recommended", async () => {
    const { caseId, documentId } = await reviewable();
    const officer = await kyc.officer();
    const approvalId = await kyc.recommended(officer, caseId);
    await kyc.opened(officer, caseId, documentId);
    expect(await refusal(await kyc.decided(officer, approvalId))).toEqual([403, "APPROVAL_SELF"]);
    expect((await kyc.rowOf(caseId)).state).toBe("recommended");
  });

  it("is not an administrator's, an auditor's or the applicant's, nor one without a second factor", async () => {
    const { member, caseId } = await reviewable();
    const approvalId = await kyc.recommended(await kyc.officer(), caseId);
    for (const role of ["administrator", "auditor"] as const) {
      const other = await kyc.person({ roles: [role] });
      expect(await refusal(await kyc.decided(other, approvalId))).toEqual([403, "FORBIDDEN"]);
    }
    await kyc.people.appoint(member.memberId, "compliance");
    expect(await refusal(await kyc.decided(member, approvalId))).toEqual([403, "KYC_OWN_CASE"]);
    const late = await kyc.officer();
    await kyc.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [late.memberId]);
    expect(await refusal(await kyc.decided(late, approvalId))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("to approve is refused until every document was opened by whoever decides", async () => {
    const { caseId, documentId } = await reviewable();
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    await kyc.opened(first, caseId, documentId);
    const approvalId = await kyc.recommended(first, caseId);
    expect(await refusal(await kyc.decided(second, approvalId))).toEqual([409, "KYC_DOCUMENTS_UNREAD"]);
    await kyc.opened(second, caseId, documentId);
    expect((await kyc.decided(second, approvalId)).status).toBe(200);
  });

  it("is taken once, however many officers decide at once", async () => {
    const { caseId, documentId } = await reviewable();
    const approvalId = await kyc.recommended(await kyc.officer(), caseId);
    const officers = [];
    for (let n = 0; n < 4; n++) officers.push(await kyc.officer());
    for (const officer of officers) await kyc.opened(officer, caseId, documentId);
    const answers = await Promise.all(officers.map((officer) => kyc.decided(officer, approvalId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const { rows } = await kyc.pool.query(
      "select count(*)::int as count from app.events where event = 'KycApproved' and detail->>'caseId' = $1",
      [caseId],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it("against a recommendation takes the case back to the officers", async () => {
    const { caseId } = await reviewable();
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    const approvalId = await kyc.recommended(first, caseId);
    expect((await kyc.decided(second, approvalId, false)).status).toBe(200);
    expect((await kyc.rowOf(caseId)).state).toBe("review");
    expect((await first.ask("PUT", `/api/v1/admin/kyc-cases/${caseId}/lease`)).status).toBe(200);
  });

  it("to reject tells the member why and until when, shows the comment and never the note", async () => {
    const { member, caseId } = await reviewable();
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    const what = {
      outcome: "reject",
      reason: "data_mismatch",
      comment: "이름이 다릅니다",
      note: "seen twice this week",
    };
    const approvalId = await kyc.recommended(first, caseId, what);
    expect((await kyc.ownCase(member)).comments).toEqual([]);
    await kyc.decided(second, approvalId);
    const answer = JSON.stringify(await member.must("GET", member.own));
    expect(JSON.parse(answer).case).toMatchObject({ state: "rejected", reason: "data_mismatch" });
    expect(answer).toContain("이름이 다릅니다");
    expect(answer).not.toContain("seen twice");
    expect(answer).not.toContain(first.memberId);
    expect((await shown(second, caseId)).remarks.map(({ text }) => text)).toEqual([what.comment, what.note]);
    const wish = { level: 1, legalName: "홍길동", latinName: "HONG", birthDate: "1990-04-01", nationality: "KOR" };
    expect(await refusal(await member.ask("POST", member.own, wish))).toEqual([409, "KYC_REAPPLY_EARLY"]);
    await kyc.pool.query("update app.kyc_cases set reapply_after = now() where id = $1", [caseId]);
    expect((await member.ask("POST", member.own, wish)).status).toBe(201);
  });
});

describe("a case", () => {
  it("is one at a time, however often it is begun at once", async () => {
    const member = await kyc.person();
    const wish = { level: 1, legalName: "홍길동", latinName: "HONG", birthDate: "1990-04-01", nationality: "KOR" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => member.ask("POST", member.own, wish)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it("is shown to officers in full, to auditors without documents and with masked names, to others not at all", async () => {
    const { caseId } = await reviewable();
    const officer = await shown(await kyc.officer(), caseId);
    expect(officer.applicant).toMatchObject({ legal_name: "홍길동", latin_name: "HONG GILDONG" });
    expect(officer.documents).toMatchObject([{ isRead: false }]);
    const auditor = await shown(await kyc.person({ roles: ["auditor"] }), caseId);
    expect(auditor.applicant).toMatchObject({ legal_name: "홍***", nationality: "KOR" });
    expect(auditor).toMatchObject({ documents: [], findings: { amlScore: 4 } });
    for (const roles of [["administrator"], []] as const) {
      const other = await kyc.person({ roles: [...roles] });
      expect(await refusal(await other.ask("GET", `/api/v1/admin/kyc-cases/${caseId}`))).toEqual([403, "FORBIDDEN"]);
      expect(await refusal(await other.ask("GET", "/api/v1/admin/kyc-cases"))).toEqual([403, "FORBIDDEN"]);
    }
  });

  it("that its member never completes ends after thirty days", async () => {
    const member = await kyc.person();
    const caseId = await kyc.begin(member, "HONG GILDONG");
    await kyc.pool.query("update app.kyc_cases set state_at = now() - interval '31 days' where id = $1", [caseId]);
    await kyc.queued("kyc-expiry");
    await until("its end", async () => (await kyc.rowOf(caseId)).state === "expired");
  });
});

describe("an approval", () => {
  const REGISTERED = 20;

  async function approved(index: number) {
    const key = localWallet(index).privateKey as `0x${string}`;
    const { member, caseId, documentId } = await kyc.submitted("HONG GILDONG", key);
    await kyc.answered(caseId, "green");
    const second = await kyc.officer();
    const approvalId = await kyc.recommended(await kyc.officer(), caseId);
    await kyc.opened(second, caseId, documentId);
    await kyc.decided(second, approvalId);
    return { member, caseId, officer: second };
  }
  const send = (from: `0x${string}`, { to, data }: { to: string; data: string }) =>
    kyc.people.chain.rpc<string>("eth_sendTransaction", [{ from, to, data, gas: "0x2dc6c0" }]);

  it("waits for the member to be registered on the chain", async () => {
    const { member } = await approved(REGISTERED + 1);
    const refused = await member.ask("POST", `${member.own}/attestation`);
    expect(await refusal(refused)).toEqual([409, "KYC_NOT_REGISTERED"]);
  });

  it("is an attestation that the contract takes, that the mirror shows, and that an officer's revocation ends", async () => {
    const { chain } = kyc.people;
    const { sync } = await engine(kyc.pool, { urls: [chain.url], record: chain.record });
    await chain.act(REGISTERED, "MemberRegistry", "register", [`0x${"5a".repeat(32)}`]);
    await catchUp(sync);
    const { member, caseId, officer } = await approved(REGISTERED);
    const { address } = member.account;
    type Signed = { uid: string; intent: { to: string; data: string } };
    const { uid, intent } = await member.must<Signed>("POST", `${member.own}/attestation`);
    // Asked again, by many at once, it is the same one, and signed once.
    const again = await Promise.all(
      Array.from({ length: 8 }, () => member.must<Signed>("POST", `${member.own}/attestation`)),
    );
    expect(new Set(again.map((one) => one.uid))).toEqual(new Set([uid]));
    expect((await chain.mined(await send(address, intent))).status).toBe("0x1");
    await catchUp(sync);
    expect((await kyc.ownCase(member)).isAttested).toBe(true);
    const memberNo = await chain.view<bigint>("MemberRegistry", "memberNoOf", [address]);
    expect(await chain.view("KycRegistry", "levelOf", [memberNo])).toBe(1);
    const { rows } = await kyc.pool.query("select kyc_level, kyc_uid from chain.members where owner = $1", [
      address.toLowerCase(),
    ]);
    expect(rows).toEqual([{ kyc_level: 1, kyc_uid: uid }]);

    const path = `/api/v1/admin/kyc-cases/${caseId}/revocation`;
    expect((await officer.ask("POST", path, { reason: "document_altered" })).status).toBe(204);
    const { revocations } = await shown(officer, caseId);
    expect(revocations).toHaveLength(1);
    for (const revocation of revocations) {
      const revoker = localWallet(0).address as `0x${string}`;
      expect((await chain.mined(await send(revoker, revocation))).status).toBe("0x1");
    }
    await catchUp(sync);
    expect(await chain.view("KycRegistry", "levelOf", [memberNo])).toBe(0);
    expect((await shown(officer, caseId)).revocations).toEqual([]);
  });

  it("ends with its attestation, a year later", async () => {
    const { caseId } = await approved(REGISTERED + 2);
    await kyc.pool.query("update app.kyc_cases set state_at = now() - interval '366 days' where id = $1", [caseId]);
    await kyc.queued("kyc-expiry");
    await until("its end", async () => (await kyc.rowOf(caseId)).state === "expired");
  });
});
