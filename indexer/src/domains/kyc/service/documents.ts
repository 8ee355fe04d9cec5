import { createHash, randomBytes, randomUUID } from "node:crypto";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { submitKyc } from "../access.ts";
import { BEGINNING_BYTES, beginsAs, type MediaType } from "../files/media.ts";
import { DocumentStore } from "../files/store.ts";
import {
  completeDocument,
  documentOf,
  documentsOf,
  dropDocument,
  growDocument,
  insertDocument,
  type KycDocument,
  lockDocument,
} from "../repository/documents.ts";
import type { DocumentKind } from "../rules.ts";
import { openCaseOf } from "./applying.ts";
import { caseMoved, lockedCase } from "./moving.ts";

export const MAX_PART_BYTES = 5 * 1_048_576;
/** Of all documents of a case. */
export const MAX_CASE_BYTES = 20 * 1_048_576;
const MAX_DOCUMENTS = 10;

export const storeOf = ({ verification }: Pick<Kit, "verification">): DocumentStore => {
  if (verification.documentsDir === undefined) {
    throw new Problem(503, "KYC_OFF", "documents cannot be kept here: DOCUMENTS_DIR is not set");
  }
  return new DocumentStore(verification.documentsDir);
};

const placeOf = (memberId: string, rowId: string) => ({ table: "app.kyc_documents", column: "key", memberId, rowId });

/** The key of one file, sealed under the member's: who erases the member's key has erased all its documents. */
export const keyOf = async (
  { seals }: Pick<Kit, "seals">,
  { memberId, id, keySealed }: Pick<KycDocument, "memberId" | "id" | "keySealed">,
): Promise<Buffer> => Buffer.from(await seals.open("profile", placeOf(memberId, id), keySealed), "base64");

/** A complete document's own bytes. @throws {DocumentBroken} */
export async function contentOf(
  kit: Kit,
  document: Pick<KycDocument, "memberId" | "id" | "keySealed" | "size" | "stored">,
) {
  const bytes: Buffer[] = [];
  for await (const part of storeOf(kit).read(await keyOf(kit, document), wholeOf(document), document.stored))
    bytes.push(part);
  return Buffer.concat(bytes);
}

export const wholeOf = ({ id, size }: Pick<KycDocument, "id" | "size">) => ({ documentId: id, size });

const noDocument = () => new Problem(404, "KYC_DOCUMENT_NOT_FOUND", "there is no such document");

/** The member's document of its open case. @throws {Problem} 404 KYC_DOCUMENT_NOT_FOUND */
export async function ownDocument(kit: Kit, { memberId }: MemberActor, id: string): Promise<KycDocument> {
  const found = await documentOf(kit.pool, memberId, id);
  if (!found) throw noDocument();
  return found;
}

export interface Announcement {
  kind: DocumentKind;
  mediaType: MediaType;
  /** Bytes. */
  size: number;
}

/**
 * Makes place for a document, whose bytes follow in parts.
 * @throws {Problem} 409 KYC_CASE_MOVED once the case is handed over; 413 KYC_DOCUMENTS_TOO_LARGE
 */
export async function announceDocument(kit: Kit, actor: MemberActor, wanted: Announcement): Promise<string> {
  const { memberId } = actor;
  const at = kit.clock();
  permit(actor, submitKyc, at, memberId);
  storeOf(kit);
  const open = await openCaseOf(kit, memberId);
  return transaction(kit.pool, async (sql) => {
    const one = await lockedCase(sql, open.id);
    if (one.state !== "pending") throw caseMoved(one.state);
    const earlier = await documentsOf(sql, memberId, one.id);
    const bytes = earlier.reduce((sum, { size }) => sum + size, wanted.size);
    if (bytes > MAX_CASE_BYTES || earlier.length >= MAX_DOCUMENTS) {
      const most = `${MAX_DOCUMENTS} documents and ${MAX_CASE_BYTES} bytes`;
      throw new Problem(413, "KYC_DOCUMENTS_TOO_LARGE", `a case has at most ${most}; remove one first`);
    }
    const id = randomUUID();
    const keySealed = await kit.seals.seal("profile", placeOf(memberId, id), randomBytes(32).toString("base64"));
    await insertDocument(sql, { ...wanted, memberId, id, caseId: one.id, keySealed, createdAt: at });
    return id;
  });
}

function requireFit(document: KycDocument, offset: number, part: Buffer): void {
  if (document.sha256) throw new Problem(409, "KYC_DOCUMENT_COMPLETE", "the document is complete");
  if (offset !== document.received) {
    const message = `${document.received} bytes are here; go on from there`;
    throw new Problem(409, "KYC_OFFSET_WRONG", message, { headers: { "upload-offset": String(document.received) } });
  }
  if (part.length === 0 || offset + part.length > document.size) {
    throw new Problem(422, "KYC_PART_WRONG", "a part has at least one byte, and none beyond the announced size");
  }
  const isTold = part.length >= Math.min(BEGINNING_BYTES, document.size);
  if (offset === 0 && !(isTold && beginsAs(document.mediaType, part))) {
    throw new Problem(415, "KYC_MEDIA_WRONG", `the bytes are not of type ${document.mediaType}`);
  }
}

/**
 * Writes the next part, sealed; one that was interrupted is sent again from where `received` says.
 * @returns how many bytes are here now
 * @throws {Problem} 409 KYC_OFFSET_WRONG or KYC_DOCUMENT_COMPLETE; 415 KYC_MEDIA_WRONG; 422 KYC_PART_WRONG
 */
export async function writePart(
  kit: Kit,
  actor: MemberActor,
  id: string,
  offset: number,
  part: Buffer,
): Promise<number> {
  permit(actor, submitKyc, kit.clock(), actor.memberId);
  return transaction(kit.pool, async (sql) => {
    const document = await lockDocument(sql, actor.memberId, id);
    if (!document) throw noDocument();
    requireFit(document, offset, part);
    const key = await keyOf(kit, document);
    const stored = await storeOf(kit).write(key, wholeOf(document), { stored: document.stored, offset }, part);
    await growDocument(sql, document, offset + part.length, stored);
    return offset + part.length;
  });
}

/**
 * Ends a document: what was stored is read again and must have the SHA-256 that the browser computed. One that has not
 * is removed.
 * @throws {Problem} 409 KYC_DOCUMENT_INCOMPLETE; 422 KYC_HASH_WRONG
 */
export async function finishDocument(kit: Kit, actor: MemberActor, id: string, sha256: Buffer): Promise<void> {
  const at = kit.clock();
  permit(actor, submitKyc, at, actor.memberId);
  const document = await ownDocument(kit, actor, id);
  if (document.received < document.size) {
    throw new Problem(409, "KYC_DOCUMENT_INCOMPLETE", `${document.received} of ${document.size} bytes are here; go on`);
  }
  const hash = createHash("sha256");
  for await (const bytes of storeOf(kit).read(await keyOf(kit, document), wholeOf(document), document.stored))
    hash.update(bytes);
  if (!hash.digest().equals(sha256)) {
    await removeDocument(kit, actor, id);
    throw new Problem(422, "KYC_HASH_WRONG", "the bytes that came are not those of the file; upload it again");
  }
  await transaction(kit.pool, async (sql) => {
    await completeDocument(sql, document, sha256);
    const detail = { caseId: document.caseId, documentId: id };
    await kit.audit.append(sql, actor, { action: "kyc.document.add", subjectId: actor.memberId, detail }, at);
  });
}

/** Takes a document out of a case that is not handed over yet. @throws {Problem} 404, or 409 KYC_CASE_MOVED */
export async function removeDocument(kit: Kit, actor: MemberActor, id: string): Promise<void> {
  const at = kit.clock();
  permit(actor, submitKyc, at, actor.memberId);
  const { caseId } = await ownDocument(kit, actor, id);
  await transaction(kit.pool, async (sql) => {
    const one = await lockedCase(sql, caseId);
    if (one.state !== "pending") throw caseMoved(one.state);
    await dropDocument(sql, actor.memberId, id);
    const detail = { caseId, documentId: id };
    await kit.audit.append(sql, actor, { action: "kyc.document.remove", subjectId: actor.memberId, detail }, at);
  });
  await storeOf(kit).remove(id);
}
