import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everything } from "../../harness/database.ts";
import { type Kyc, picture, startKyc } from "./applicants.ts";

/** Strings that must be nowhere in plain text. */
const LATIN = "CANARYBIRD GILDONG LATE REJECT";
const NOTE = "canary-note-5f1c";
const COMMENT = "canary-comment-77aa";
const INSIDE = "canary-inside-the-document";

let kyc: Kyc;
const lines: string[] = [];
beforeAll(async () => {
  kyc = await startKyc({ log: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }) });
});
afterAll(() => kyc?.stop());

describe("what a member says of itself", () => {
  it("is in no table, job, log or file in plain text, from the form to the revocation", async () => {
    const member = await kyc.person();
    const caseId = await kyc.begin(member, LATIN);
    const documentId = await kyc.upload(member, Buffer.concat([picture(500), Buffer.from(INSIDE), picture(500)]));
    await member.must("POST", `${member.own}/submission`);
    await kyc.answered(caseId, "green");
    const [first, second] = [await kyc.officer(), await kyc.officer()];
    const what = { outcome: "reject", reason: "data_mismatch", comment: COMMENT, note: NOTE };
    const approvalId = await kyc.recommended(first, caseId, what);
    await kyc.opened(second, caseId, documentId);
    await kyc.decided(second, approvalId);
    // What breaks is told to the log by codes alone.
    await kyc.queued("kyc-news", { provider: "sandbox", ref: "nobody", at: new Date().toISOString() });

    const [dump, keys] = [await everything(kyc.pool), await everything(kyc.people.keyvault.pool)];
    const hex = (text: string) => Buffer.from(text).toString("hex");
    const disk = kyc.bytesOnDisk();
    expect(dump).toContain(caseId);
    expect(disk.length).toBeGreaterThan(1_000);
    for (const canary of [LATIN, "CANARYBIRD", "홍길동", "1990-04-01", NOTE, COMMENT, INSIDE]) {
      expect(dump).not.toContain(canary);
      expect(dump).not.toContain(hex(canary));
      expect(keys).not.toContain(canary);
      expect(lines.join("\n")).not.toContain(canary);
      expect(disk.includes(canary)).toBe(false);
    }
  });
});
