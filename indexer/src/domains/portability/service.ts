import { createHash, randomUUID } from "node:crypto";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { type Level, system } from "../../platform/access/actor.ts";
import { permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { asVisitor, letIn } from "../../platform/access/scope.ts";
import { tell } from "../../platform/db/outbox.ts";
import { transaction } from "../../platform/db/pool.ts";
import { Snapshot } from "../../platform/db/reads/snapshot.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import type { JobData } from "../../platform/jobs.ts";
import { archiveOf } from "./archive.ts";
import {
  type Export,
  endExport,
  endOpenExport,
  insertExport,
  lockArchive,
  newestExport,
  putArchive,
  waitingExport,
} from "./repository/exports.ts";
import { askExport, dropExport, fetchExport, seeExport, WAIT_MS } from "./rules.ts";

export const ARCHIVES = "portability-archives";
const READ_MS = 60_000;

const later = (at: Date) => new Date(at.getTime() + WAIT_MS);
const gone = () => new Problem(404, "EXPORT_NOT_FOUND", "there is no such archive, or not any more; ask for a new one");

/** @throws {Problem} 422 INPUT_INVALID */
function requireRecipient(recipient: string): void {
  try {
    new Encrypter().addRecipient(recipient);
  } catch {
    const errors = [{ field: "recipient", message: "is no recipient of age: it begins with age1" }];
    throw new Problem(422, "INPUT_INVALID", "some fields are not as they must be", { errors });
  }
}

/** A member's copies of its own data. */
export class OwnExports {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  async newest(actor: MemberActor): Promise<Export | undefined> {
    permit(actor, seeExport, this.#kit.clock(), actor.memberId);
    return newestExport(this.#kit.pool, actor.memberId);
  }

  /**
   * Asks for a copy, encrypted to the member's own key, or to one that is made here, told once and kept nowhere.
   * @returns the request, and that key; the one that is open already has no key to tell
   * @throws {Problem} 401 STEP_UP_REQUIRED, 422 INPUT_INVALID
   */
  async ask(
    actor: MemberActor,
    wanted: string | undefined,
    requestId: string,
  ): Promise<{ one: Export; key: string | null }> {
    const { clock, pool, audit, jobs } = this.#kit;
    const at = clock();
    const { memberId } = actor;
    permit(actor, askExport, at, memberId);
    if (wanted !== undefined) requireRecipient(wanted);
    const key = wanted === undefined ? await generateX25519Identity() : null;
    const recipient = wanted ?? (await identityToRecipient(key ?? ""));
    const id = randomUUID();
    const isNew = await transaction(pool, async (sql) => {
      if (!(await insertExport(sql, { memberId, id, recipient, requestedAt: at, endsAt: later(at) }))) return false;
      await jobs.send(sql, ARCHIVES, { memberId, exportId: id });
      const act = { action: askExport.name, subjectId: memberId, requestId, detail: { exportId: id } };
      await audit.append(sql, actor, act, at);
      return true;
    });
    const one = await newestExport(pool, memberId);
    if (!one) throw gone();
    return { one, key: isNew ? key : null };
  }

  /** Hands the archive out, and forgets it. @throws {Problem} 404 EXPORT_NOT_FOUND, also at the second time */
  async take(actor: MemberActor, id: string, requestId: string): Promise<Buffer> {
    const { clock, pool, audit } = this.#kit;
    const at = clock();
    const { memberId } = actor;
    permit(actor, fetchExport, at, memberId);
    return transaction(pool, async (sql) => {
      const archive = await lockArchive(sql, memberId, id, at);
      if (!archive) throw gone();
      await endExport(sql, memberId, id, "fetched");
      const act = { action: fetchExport.name, subjectId: memberId, requestId, detail: { exportId: id } };
      await audit.append(sql, actor, act, at);
      return archive;
    });
  }

  /** Takes the request back, such as when its key is lost. @throws {Problem} 404 EXPORT_NOT_FOUND */
  async drop(actor: MemberActor, requestId: string): Promise<void> {
    const { clock, pool, audit } = this.#kit;
    const at = clock();
    permit(actor, dropExport, at, actor.memberId);
    await transaction(pool, async (sql) => {
      if (!(await endOpenExport(sql, actor.memberId))) throw gone();
      await audit.append(sql, actor, { action: dropExport.name, subjectId: actor.memberId, requestId }, at);
    });
  }
}

async function make(kit: Kit, memberId: string, exportId: string): Promise<void> {
  const one = await waitingExport(kit.pool, memberId, exportId);
  if (!one) return;
  const snapshot = new Snapshot(kit.pool, READ_MS);
  const archive = await archiveOf(snapshot, kit, memberId, one.recipient).finally(() => snapshot.end());
  const sha256 = createHash("sha256").update(archive).digest();
  const at = kit.clock();
  await transaction(kit.pool, async (sql) => {
    if (!(await putArchive(sql, one, { archive, sha256, at, endsAt: later(at) }))) return;
    const act = { action: "export.make", subjectId: memberId, detail: { exportId, bytes: archive.length } };
    await kit.audit.append(sql, system, act, at);
    await tell(sql, { event: "DataExportReady", memberId, detail: { exportId } }, at);
  });
}

/** Makes an archive. Danger: as the member itself, so that a statement which forgets whose row it wants adds none. */
export async function makeArchive({ memberId, exportId }: JobData, kit: Kit): Promise<void> {
  if (typeof memberId !== "string" || typeof exportId !== "string") return;
  await asVisitor(() => {
    letIn({ memberId, levels: new Set<Level>(["public", "member"]), roles: new Set() });
    return make(kit, memberId, exportId);
  });
}
