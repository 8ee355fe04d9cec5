import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timedSignature } from "../../../src/domains/kyc/providers/signature.ts";
import { until } from "../../harness/until.ts";
import { refusal } from "../browser.ts";
import { type Kyc, startKyc } from "./applicants.ts";

let kyc: Kyc;
beforeAll(async () => {
  kyc = await startKyc();
});
afterAll(() => kyc?.stop());

const eventsOf = async (memberId: string) => {
  const { rows } = await kyc.pool.query("select event from app.events where member_id = $1 order by id", [memberId]);
  return rows.map(({ event }) => event as string);
};

/** Ends the waiting of a job of the sandbox: its day has passed. */
const passDay = (ref: string) =>
  until("the later step", async () => {
    const { rowCount } = await kyc.pool.query(
      "update boss.job set start_after = now() where name = 'kyc-sandbox' and state = 'created' and data->>'ref' = $1",
      [ref],
    );
    return rowCount === 1;
  });

/** A webhook as the sandbox signs them. */
function signed(body: object, seconds = Math.floor(Date.now() / 1_000)) {
  const seed = Buffer.from(kyc.people.settings.TOKEN_SEED ?? "", "base64");
  const secret = createHmac("sha256", seed).update("kyc sandbox webhooks").digest("hex");
  const raw = Buffer.from(JSON.stringify(body));
  return { raw, signature: timedSignature(secret, raw, seconds) };
}
const post = (raw: Buffer, signature: string, provider = "sandbox") =>
  fetch(`${kyc.people.api.url}/webhooks/kyc/${provider}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sandbox-signature": signature },
    body: new Uint8Array(raw),
  });
const newsJobs = async (ref: string) => {
  const { rows } = await kyc.pool.query(
    "select count(*)::int as count from boss.job where name = 'kyc-news' and data->>'ref' = $1",
    [ref],
  );
  return rows[0]?.count as number;
};

describe("the sandbox", () => {
  it("approves: the case waits for officers, and only they approve it", async () => {
    const { member, caseId } = await kyc.submitted("HONG GILDONG");
    await kyc.answered(caseId, "green");
    expect(await kyc.ownCase(member)).toMatchObject({ state: "review", isRetry: false });
    expect(await eventsOf(member.memberId)).toEqual(["KycSubmitted"]);
  });

  it("asks for a retry: the member may add documents and come again, and is then approved", async () => {
    const { member, caseId } = await kyc.submitted("HONG GILDONG REJECT RETRY");
    await until("the retry", async () => (await kyc.ownCase(member)).isRetry);
    await kyc.upload(member);
    await member.must("POST", `${member.own}/submission`);
    await kyc.answered(caseId, "green");
    expect(await kyc.ownCase(member)).toMatchObject({ state: "review", isRetry: false });
  });

  it("rejects for good: no officer can recommend to approve, and the member is not rejected by a machine", async () => {
    const { member, caseId } = await kyc.submitted("HONG GILDONG REJECT FINAL");
    await kyc.answered(caseId, "red_final");
    expect((await kyc.ownCase(member)).state).toBe("review");
    const officer = await kyc.officer();
    await officer.must("PUT", `/api/v1/admin/kyc-cases/${caseId}/lease`);
    const path = `/api/v1/admin/kyc-cases/${caseId}/recommendation`;
    const refused = await officer.ask("POST", path, { outcome: "approve" });
    expect(await refusal(refused)).toEqual([409, "KYC_PROVIDER_DISAGREES"]);
  });

  it("rejects late: what two officers approved is revoked, and the revocation waits for a signature", async () => {
    const { member, caseId, documentId } = await kyc.submitted("HONG GILDONG LATE REJECT");
    await kyc.answered(caseId, "green");
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    const approvalId = await kyc.recommended(first, caseId);
    await kyc.opened(second, caseId, documentId);
    expect((await kyc.decided(second, approvalId)).status).toBe(200);
    await passDay(`sandbox-${caseId}`);
    await until("the revocation", async () => (await kyc.ownCase(member)).state === "revoked");
    expect((await kyc.ownCase(member)).reason).toBe("provider_reversed");
    expect(await eventsOf(member.memberId)).toEqual(["KycSubmitted", "KycApproved", "KycRevoked"]);
  });

  it("rejects while an approval waits: the proposal lapses, and the case is looked at again", async () => {
    const { caseId, documentId } = await kyc.submitted("KIM LATE REJECT");
    await kyc.answered(caseId, "green");
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    const approvalId = await kyc.recommended(first, caseId);
    await passDay(`sandbox-${caseId}`);
    await kyc.answered(caseId, "red_final");
    expect((await kyc.rowOf(caseId)).state).toBe("review");
    await kyc.opened(second, caseId, documentId);
    expect(await refusal(await kyc.decided(second, approvalId))).toEqual([409, "APPROVAL_DECIDED"]);
  });

  it("says one thing twice: it counts once", async () => {
    const { caseId } = await kyc.submitted("HONG GILDONG DUPLICATE");
    await kyc.answered(caseId, "green");
    await until("both webhooks", async () => {
      const { rows } = await kyc.pool.query(
        "select count(*)::int as count from boss.job where name = 'kyc-sandbox' and state = 'completed' and data->>'ref' = $1",
        [`sandbox-${caseId}`],
      );
      return rows[0]?.count === 1;
    });
    expect(await newsJobs(`sandbox-${caseId}`)).toBe(1);
  });

  it("says things out of order: the newest by its own clock counts, whenever it comes", async () => {
    const { caseId } = await kyc.submitted("HONG GILDONG OUT OF ORDER");
    const ref = `sandbox-${caseId}`;
    await kyc.answered(caseId, "green");
    // The older one has been taken, too, and has changed nothing.
    await until("both pieces of news", async () => (await newsJobs(ref)) === 2);
    await until("an end of both", async () => {
      const { rows } = await kyc.pool.query(
        "select count(*)::int as count from boss.job where name = 'kyc-news' and state = 'completed' and data->>'ref' = $1",
        [ref],
      );
      return rows[0]?.count === 2;
    });
    expect(await kyc.rowOf(caseId)).toMatchObject({ answer: "green", state: "review" });
  });
});

describe("a webhook", () => {
  it("with one byte flipped is refused, in body or signature", async () => {
    const { raw, signature } = signed({ id: "e1", ref: "sandbox-x", at: new Date().toISOString() });
    const flipped = Buffer.from(raw);
    flipped[10] = (flipped[10] ?? 0) ^ 1;
    expect(await refusal(await post(flipped, signature))).toEqual([401, "KYC_WEBHOOK_REFUSED"]);
    const other = signature.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expect(await refusal(await post(raw, other))).toEqual([401, "KYC_WEBHOOK_REFUSED"]);
    expect(await refusal(await post(raw, ""))).toEqual([401, "KYC_WEBHOOK_REFUSED"]);
  });

  it("whose JSON says the same in other bytes is refused: the signature is over the bytes", async () => {
    const { raw, signature } = signed({ id: "e2", ref: "sandbox-x", at: new Date().toISOString() });
    const spaced = Buffer.from(JSON.stringify(JSON.parse(raw.toString()), null, 1));
    expect((await post(spaced, signature)).status).toBe(401);
  });

  it("that was signed more than five minutes ago is refused", async () => {
    const body = { id: "e3", ref: "sandbox-x", at: new Date().toISOString() };
    const { raw, signature } = signed(body, Math.floor(Date.now() / 1_000) - 301);
    expect(await refusal(await post(raw, signature))).toEqual([401, "KYC_WEBHOOK_REFUSED"]);
  });

  it("that is sent again is taken, and makes no second job", async () => {
    const { raw, signature } = signed({ id: "e4", ref: "sandbox-again", at: new Date().toISOString() });
    expect((await post(raw, signature)).status).toBe(200);
    expect((await post(raw, signature)).status).toBe(200);
    expect(await newsJobs("sandbox-again")).toBe(1);
  });

  it("of a provider that is not ours leads nowhere", async () => {
    const { raw, signature } = signed({ id: "e5", ref: "sandbox-x", at: new Date().toISOString() });
    expect((await post(raw, signature, "sumsub")).status).toBe(404);
  });

  it("is not believed: its author's word is asked for", async () => {
    const { member, caseId } = await kyc.submitted("HONG GILDONG");
    await kyc.answered(caseId, "green");
    const ref = `sandbox-${caseId}`;
    const { raw, signature } = signed({ id: "e6", ref, at: new Date(Date.now() + 1_000).toISOString() });
    expect((await post(raw, signature)).status).toBe(200);
    await until("both pieces of news", async () => (await newsJobs(ref)) === 2);
    expect((await kyc.ownCase(member)).state).toBe("review");
    expect((await kyc.rowOf(caseId)).answer).toBe("green");
  });

  it("that was lost is made good: an hour later the provider is asked again", async () => {
    const { caseId } = await kyc.submitted("HONG GILDONG");
    await kyc.answered(caseId, "green");
    await kyc.pool.query(
      `update app.kyc_cases set answer = 'waiting', answer_at = null, state_at = now() - interval '61 minutes'
        where id = $1`,
      [caseId],
    );
    await kyc.queued("kyc-reask");
    await kyc.answered(caseId, "green");
  });
});
