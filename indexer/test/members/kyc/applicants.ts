import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PgBoss } from "pg-boss";
import type { Hex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { localWallet } from "../../../../scripts/local/chain.ts";
import { freePort } from "../../../../scripts/local/upkeep/ports.ts";
import type { Role } from "../../../src/platform/access/actor.ts";
import type { Log } from "../../../src/platform/telemetry/log.ts";
import { until } from "../../harness/until.ts";
import { type People, startPeople } from "../people.ts";

/** A picture of some bytes, as a camera would begin it. */
export const picture = (bytes: number) =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), randomBytes(Math.max(0, bytes - 8))]);

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

interface OwnCase {
  id: string;
  state: string;
  reason: string | null;
  isRetry: boolean;
  isAttested: boolean;
  comments: { text: string }[];
  documents: { id: string; received: number; sha256: string | null }[];
}

const person =
  (people: People) =>
  /** Somebody who has signed in, with roles and a fresh second factor. */
  async ({ key = generatePrivateKey(), roles = [] }: { key?: Hex; roles?: Role[] } = {}) => {
    await people.forgetVisits();
    const page = people.browser();
    const account = privateKeyToAccount(key);
    const { memberId, accessToken } = await page.signIn(account);
    for (const role of roles) await people.appoint(memberId, role);
    const { pool } = people.database;
    await pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);
    const authorization = `Bearer ${accessToken}`;
    const own = `/api/v1/members/${memberId}/kyc`;
    const ask = (method: string, path: string, body?: unknown) => page.send(method, path, body, { authorization });
    return {
      ...{ memberId, account, ask, own },
      /** What an answer must be for the test to go on. */
      must: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
        const response = await ask(method, path, body);
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
        return (text === "" ? undefined : JSON.parse(text)) as T;
      },
      part: (documentId: string, offset: number, bytes: Buffer) =>
        fetch(`${people.api.url}${own}/documents/${documentId}?offset=${offset}`, {
          method: "PUT",
          headers: { authorization, "content-type": "application/octet-stream" },
          body: new Uint8Array(bytes),
        }),
    };
  };
type Person = Awaited<ReturnType<ReturnType<typeof person>>>;

/** What members do. */
function memberActs(people: People) {
  const signIn = person(people);

  async function begin(member: Person, latinName: string, level = 1): Promise<string> {
    const about = { legalName: "홍길동", birthDate: "1990-04-01", nationality: "KOR" };
    const { caseId } = await member.must<{ caseId: string }>("POST", member.own, { ...about, latinName, level });
    return caseId;
  }

  async function upload(member: Person, bytes = picture(3_000), kind = "identity"): Promise<string> {
    const wanted = { kind, mediaType: "image/jpeg", size: bytes.length };
    const { documentId } = await member.must<{ documentId: string }>("POST", `${member.own}/documents`, wanted);
    const response = await member.part(documentId, 0, bytes);
    if (!response.ok) throw new Error(await response.text());
    await member.must("POST", `${member.own}/documents/${documentId}/finish`, { sha256: sha256(bytes) });
    return documentId;
  }

  return {
    ...{ person: signIn, begin, upload },
    ownCase: async (member: Person) => (await member.must<{ case: OwnCase }>("GET", member.own)).case,
    /** A member whose case is with the provider and the officers. */
    submitted: async (latinName: string, key?: Hex) => {
      const member = await signIn(key ? { key } : {});
      const caseId = await begin(member, latinName);
      const documentId = await upload(member);
      await member.must("POST", `${member.own}/submission`);
      return { member, caseId, documentId };
    },
  };
}

/** What officers do. */
const officerActs = (people: People) => ({
  officer: () => person(people)({ roles: ["compliance"] }),
  /** Takes a case and recommends. @returns the proposal's id */
  recommended: async (officer: Person, caseId: string, what: object = { outcome: "approve" }): Promise<string> => {
    await officer.must("PUT", `/api/v1/admin/kyc-cases/${caseId}/lease`);
    const path = `/api/v1/admin/kyc-cases/${caseId}/recommendation`;
    return (await officer.must<{ approvalId: string }>("POST", path, what)).approvalId;
  },
  opened: (officer: Person, caseId: string, documentId: string) =>
    officer.ask("GET", `/api/v1/admin/kyc-cases/${caseId}/documents/${documentId}`),
  decided: (officer: Person, approvalId: string, approve = true) =>
    officer.ask("POST", `/api/v1/admin/approvals/${approvalId}/decision`, { approve, reason: "looked at it" }),
});

/** What can be seen and done past the API. */
function behind({ database }: People, documentsDir: string) {
  const rowOf = async (caseId: string) => {
    const { rows } = await database.pool.query("select * from app.kyc_cases where id = $1", [caseId]);
    return rows[0] as { state: string; answer: string; reason: string | null };
  };
  return {
    ...{ pool: database.pool, documentsDir, rowOf },
    /** Waits until the provider's word has come. */
    answered: (caseId: string, answer: string) =>
      until(`answer ${answer}`, async () => (await rowOf(caseId)).answer === answer),
    /** Puts a job into a queue, as time or a provider would. */
    queued: async (queue: string, data: object = {}) => {
      const boss = new PgBoss({ connectionString: database.url, schema: "boss", supervise: false });
      await boss.start();
      await boss.send(queue, data);
      await boss.stop({ graceful: false });
    },
    fileOf: (documentId: string) => join(documentsDir, documentId.slice(0, 2), documentId),
    bytesOnDisk: () =>
      Buffer.concat(
        readdirSync(documentsDir, { recursive: true, withFileTypes: true })
          .filter((one) => one.isFile())
          .map((one) => readFileSync(join(one.parentPath, one.name))),
      ),
  };
}

/** Everything that verifies identity, with the sandbox as provider. */
export async function startKyc({ log }: { log?: Log } = {}) {
  const documentsDir = mkdtempSync(join(tmpdir(), "tburn-documents-"));
  const port = await freePort(34_000 + Math.floor(Math.random() * 2_000));
  const settings = {
    PORT: String(port),
    KYC_PROVIDER: "sandbox",
    KYC_ATTESTER_KEY: localWallet(0).privateKey,
    DOCUMENTS_DIR: documentsDir,
  };
  const people = await startPeople({ worker: true, settings, ...(log && { log }) });
  return {
    people,
    ...memberActs(people),
    ...officerActs(people),
    ...behind(people, documentsDir),
    stop: async () => {
      await people.stop();
      rmSync(documentsDir, { recursive: true, force: true });
    },
  };
}

export type Kyc = Awaited<ReturnType<typeof startKyc>>;
