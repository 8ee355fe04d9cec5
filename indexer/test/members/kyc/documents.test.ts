import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eraseKyc } from "../../../src/domains/kyc/service/ending.ts";
import { refusal } from "../browser.ts";
import { type Kyc, picture, sha256, startKyc } from "./applicants.ts";

let kyc: Kyc;
beforeAll(async () => {
  kyc = await startKyc();
});
afterAll(() => kyc?.stop());

async function applicant() {
  const member = await kyc.person();
  const caseId = await kyc.begin(member, "HONG GILDONG");
  const announce = (size: number, more: object = {}) =>
    member.ask("POST", `${member.own}/documents`, { kind: "identity", mediaType: "image/jpeg", size, ...more });
  const announced = async (size: number, more: object = {}) =>
    ((await (await announce(size, more)).json()) as { documentId: string }).documentId;
  const finish = (id: string, hash: string) =>
    member.ask("POST", `${member.own}/documents/${id}/finish`, { sha256: hash });
  return { member, caseId, announce, announced, finish };
}

describe("an upload", () => {
  it("that was interrupted goes on from where the server says", async () => {
    const { member, announced, finish } = await applicant();
    const bytes = picture(200_000);
    const id = await announced(bytes.length);
    expect((await member.part(id, 0, bytes.subarray(0, 70_000))).status).toBe(200);
    // The answer was lost: the browser asks what is there.
    const { received } = await member.must<{ received: number }>("GET", `${member.own}/documents/${id}`);
    expect(received).toBe(70_000);
    const early = await member.part(id, 60_000, bytes.subarray(60_000));
    expect(early.headers.get("upload-offset")).toBe("70000");
    expect(await refusal(early)).toEqual([409, "KYC_OFFSET_WRONG"]);
    expect((await member.part(id, received, bytes.subarray(received))).status).toBe(200);
    expect((await finish(id, sha256(bytes))).status).toBe(200);
  });

  it("goes on over what a part that was cut off in the midst has left in the file", async () => {
    const { member, announced, finish } = await applicant();
    const bytes = picture(100_000);
    const id = await announced(bytes.length);
    await member.part(id, 0, bytes.subarray(0, 50_000));
    writeFileSync(kyc.fileOf(id), randomBytes(999), { flag: "a" });
    expect((await member.part(id, 50_000, bytes.subarray(50_000))).status).toBe(200);
    expect((await finish(id, sha256(bytes))).status).toBe(200);
  });

  it("with another hash than the browser's is refused and removed", async () => {
    const { member, announced, finish } = await applicant();
    const bytes = picture(5_000);
    const id = await announced(bytes.length);
    await member.part(id, 0, bytes);
    expect(await refusal(await finish(id, sha256(randomBytes(8))))).toEqual([422, "KYC_HASH_WRONG"]);
    expect(existsSync(kyc.fileOf(id))).toBe(false);
    expect((await kyc.ownCase(member)).documents).toEqual([]);
  });

  it("is of the type that its first bytes say, whatever it is called", async () => {
    const { member, announced } = await applicant();
    const script = Buffer.from("<script>alert(1)</script>");
    const id = await announced(script.length);
    expect(await refusal(await member.part(id, 0, script))).toEqual([415, "KYC_MEDIA_WRONG"]);
    const pdf = await announced(20, { mediaType: "application/pdf" });
    expect(await refusal(await member.part(pdf, 0, picture(20)))).toEqual([415, "KYC_MEDIA_WRONG"]);
  });

  it("is of no type but three, in parts of at most 5 MiB, and of at most 20 MiB in one case", async () => {
    const { member, announce, announced } = await applicant();
    expect(await refusal(await announce(10, { mediaType: "image/svg+xml" }))).toEqual([422, "INPUT_INVALID"]);
    const id = await announced(12 * 1_048_576);
    const large = await member.part(id, 0, picture(5 * 1_048_576 + 1));
    expect(await refusal(large)).toEqual([413, "REQUEST_TOO_LARGE"]);
    expect(await refusal(await announce(9 * 1_048_576))).toEqual([413, "KYC_DOCUMENTS_TOO_LARGE"]);
  });

  it("is nobody else's to go on with, to look at or to remove", async () => {
    const [one, other] = [await applicant(), await applicant()];
    const id = await one.announced(100);
    const path = `${other.member.own}/documents/${id}`;
    expect((await other.member.part(id, 0, picture(100))).status).toBe(404);
    expect(await refusal(await other.member.ask("GET", path))).toEqual([404, "KYC_DOCUMENT_NOT_FOUND"]);
    expect(await refusal(await other.member.ask("DELETE", path))).toEqual([404, "KYC_DOCUMENT_NOT_FOUND"]);
    const stranger = `${one.member.own}/documents/${id}`;
    expect(await refusal(await other.member.ask("GET", stranger))).toEqual([404, "MEMBER_NOT_FOUND"]);
  });

  it("ends with the handing over of the case: nothing is added or taken away after", async () => {
    const { member, documentId } = await kyc.submitted("HONG GILDONG");
    const wanted = { kind: "identity", mediaType: "image/png", size: 10 };
    expect(await refusal(await member.ask("POST", `${member.own}/documents`, wanted))).toEqual([409, "KYC_CASE_MOVED"]);
    const path = `${member.own}/documents/${documentId}`;
    expect(await refusal(await member.ask("DELETE", path))).toEqual([409, "KYC_CASE_MOVED"]);
  });
});

describe("a stored document", () => {
  /** A document of two parts that an officer may open. */
  async function stored() {
    const { member, caseId, announced, finish } = await applicant();
    const bytes = picture(150_000);
    const id = await announced(bytes.length);
    await member.part(id, 0, bytes.subarray(0, 80_000));
    await member.part(id, 80_000, bytes.subarray(80_000));
    await finish(id, sha256(bytes));
    const officer = await kyc.officer();
    const open = async () => {
      const response = await kyc.opened(officer, caseId, id);
      return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
    };
    return { member, caseId, bytes, id, officer, open, file: kyc.fileOf(id) };
  }

  it("is noise on the disk, and opens for an officer, which is written down", async () => {
    const { member, bytes, id, officer, open, file } = await stored();
    const sealed = readFileSync(file);
    expect(sealed.includes(bytes.subarray(0, 8))).toBe(false);
    expect(sealed.includes(bytes.subarray(100_000, 100_016))).toBe(false);
    expect(await open()).toEqual(bytes);
    const { rows } = await kyc.pool.query(
      "select actor_id, detail->>'documentId' as id from app.audit_entries where subject_id = $1 and action = 'kyc.document.read'",
      [member.memberId],
    );
    expect(rows).toEqual([{ actor_id: officer.memberId, id }]);
  });

  it.each<[string, (sealed: Buffer) => Buffer]>([
    ["a flipped byte", (sealed) => Buffer.from(sealed.map((byte, i) => (i === 90_000 ? byte ^ 1 : byte)))],
    ["a missing end", (sealed) => sealed.subarray(0, -20)],
    ["a missing part", (sealed) => sealed.subarray(0, 40 + 80_000 + 32)],
    [
      "parts in another order",
      (sealed) => Buffer.concat([sealed.subarray(40 + 80_000 + 32), sealed.subarray(0, 40 + 80_000 + 32)]),
    ],
    [
      "chunks in another order",
      (sealed) => {
        const [head, first, rest] = [sealed.subarray(0, 40), sealed.subarray(40, 65_592), sealed.subarray(65_592)];
        const second = rest.subarray(0, 80_000 + 32 - 65_552);
        return Buffer.concat([head, second, first, rest.subarray(second.length)]);
      },
    ],
    ["something behind it", (sealed) => Buffer.concat([sealed, Buffer.from([0])])],
  ])("with %s is not handed out whole", async (_what, change) => {
    const { open, bytes, file } = await stored();
    writeFileSync(file, change(readFileSync(file)));
    // The connection breaks at the first byte that cannot be trusted.
    expect(await open().catch(() => undefined)).not.toEqual(bytes);
  });

  it("under another document's name does not open", async () => {
    const [one, other] = [await stored(), await stored()];
    writeFileSync(other.file, readFileSync(one.file));
    expect(await other.open().catch(() => undefined)).toBeUndefined();
  });

  it("is not an auditor's, an administrator's or a member's to open", async () => {
    const { member, caseId, id } = await stored();
    for (const roles of [["auditor"], ["administrator"], []] as const) {
      const other = await kyc.person({ roles: [...roles] });
      expect(await refusal(await kyc.opened(other, caseId, id))).toEqual([403, "FORBIDDEN"]);
    }
    expect((await kyc.opened(member, caseId, id)).status).toBe(403);
  });

  it("goes with its member: row, key, file and who has read it", async () => {
    const { member, id, open, file } = await stored();
    await open();
    const verification = { documentsDir: kyc.documentsDir, provider: undefined, attesterKey: undefined };
    await eraseKyc(kyc.pool, { verification }, member.memberId);
    expect(existsSync(file)).toBe(false);
    for (const table of ["kyc_documents", "kyc_readings"]) {
      const { rows } = await kyc.pool.query(`select 1 from app.${table} where member_id = $1`, [member.memberId]);
      expect(rows).toEqual([]);
    }
    expect((await member.ask("GET", `${member.own}/documents/${id}`)).status).toBe(404);
  });
});
