import { createHash, randomUUID } from "node:crypto";
import { type Actor, system } from "../../../platform/access/actor.ts";
import { canonical } from "../../../platform/access/audit/canonical.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { acceptList, proposeList, readLists } from "../access.ts";
import { ListRefused } from "../lists/entry.ts";
import { type ListFiles, sourceOf } from "../lists/open.ts";
import {
  dropEntries,
  insertEntries,
  insertVersion,
  listVersions,
  lockList,
  lockVersion,
  markUnchanged,
  refuseHeldBefore,
  type StoredEntry,
  saveVersion,
  type Version,
  versionsInForce,
} from "../repository/versions.ts";
import { loadRefusal } from "../rules.ts";

export const DELTA_QUEUE = "screening-delta";
export const LIST_APPROVAL = "screening.list.accept";
const BATCH = 500;
const MOST = 100;

export interface Loading extends ListFiles {
  /** Name of the list, such as `ofac-sdn`. */
  list: string;
  /** Hex, as the publisher says it; refused if the file has another one. */
  sha256?: string | undefined;
}

export interface Loaded {
  versionId: string;
  /** `held` waits for two officers, `unchanged` is what is in force already. */
  outcome: "in_force" | "held" | "unchanged";
  entries: number;
  before: number;
}

const digestOf = (entry: StoredEntry["entry"]): Buffer => createHash("sha256").update(canonical(entry)).digest();

async function stage(sql: Sql, versionId: string, entries: AsyncIterable<StoredEntry["entry"]>): Promise<number> {
  let batch: StoredEntry[] = [];
  let count = 0;
  for await (const entry of entries) {
    batch.push({ entry, digest: digestOf(entry) });
    count++;
    if (batch.length < BATCH) continue;
    await insertEntries(sql, versionId, batch);
    batch = [];
  }
  if (batch.length > 0) await insertEntries(sql, versionId, batch);
  return count;
}

/** Puts a staged version into force in place of the one before, and has members compared with what is new in it. */
async function swap(sql: Sql, kit: Kit, version: Version, before: Version | undefined, actor: Actor): Promise<void> {
  const at = kit.clock();
  if (before) {
    await markUnchanged(sql, version.id, before);
    await saveVersion(sql, { ...before, state: "replaced" });
    await dropEntries(sql, before.id);
  }
  await refuseHeldBefore(sql, version);
  await saveVersion(sql, { ...version, state: "in_force", inForceAt: at });
  const { id: versionId, list, entryCount } = version;
  await kit.jobs.send(sql, DELTA_QUEUE, { versionId });
  const detail = { versionId, list, entries: entryCount, sha256: version.sha256.toString("hex") };
  await kit.audit.append(sql, actor, { action: "screening.list.in_force", detail }, at);
}

async function hold(sql: Sql, kit: Kit, version: Version): Promise<void> {
  await saveVersion(sql, { ...version, state: "held" });
  const detail = { versionId: version.id, list: version.list, entries: version.entryCount };
  await kit.audit.append(sql, system, { action: "screening.list.held", detail }, kit.clock());
}

/**
 * Loads a file of a list. All of it comes into force in one transaction, or nothing does and the list in force stays.
 * One that lost more than a fifth of its entries is held until two officers accept it.
 * @throws {ListRefused} LIST_EMPTY, LIST_CHECKSUM_WRONG, LIST_TRUNCATED, LIST_BROKEN, LIST_TOO_LARGE, LIST_FORBIDDEN
 */
export async function loadList(kit: Kit, loading: Loading): Promise<Loaded> {
  const source = sourceOf(loading);
  const staged = { id: randomUUID(), list: loading.list, format: loading.format, loadedAt: kit.clock() };
  return transaction(kit.pool, async (sql) => {
    await insertVersion(sql, staged);
    const entryCount = await stage(sql, staged.id, source.entries());
    const sha256 = source.sha256();
    if (loading.sha256 && loading.sha256.toLowerCase() !== sha256.toString("hex")) {
      throw new ListRefused("LIST_CHECKSUM_WRONG", `the file's SHA-256 is ${sha256.toString("hex")}; fetch it again`);
    }
    await lockList(sql, loading.list);
    const before = (await versionsInForce(sql)).find(({ list }) => list === loading.list);
    const version: Version = {
      ...staged,
      ...{ sha256, entryCount, entriesBefore: before?.entryCount ?? 0, state: "staged" },
      ...{ inForceAt: null, comparedAt: null, approvalId: null },
    };
    const loaded = { versionId: staged.id, entries: entryCount, before: version.entriesBefore };
    const refused = loadRefusal(version.entriesBefore, entryCount);
    if (refused === "LIST_EMPTY") throw new ListRefused(refused, "the file names nobody; the list in force stays");
    if (before?.sha256.equals(sha256)) {
      await dropEntries(sql, staged.id);
      await saveVersion(sql, { ...version, state: "replaced" });
      return { ...loaded, versionId: before.id, outcome: "unchanged" };
    }
    if (refused) {
      await hold(sql, kit, version);
      return { ...loaded, outcome: "held" };
    }
    await swap(sql, kit, version, before, system);
    return { ...loaded, outcome: "in_force" };
  });
}

/** Versions of all lists, the newest first. */
export function lists(kit: Kit, actor: Actor): Promise<Version[]> {
  permit(actor, readLists, kit.clock());
  return listVersions(kit.pool, MOST);
}

/** What is in force, for the command line. */
export const listsInForce = (sql: Sql): Promise<Version[]> => versionsInForce(sql);

const noVersion = () => new Problem(404, "LIST_NOT_FOUND", "there is no such version of a list");
const outdated = () => new Problem(409, "LIST_OUTDATED", "a newer version is in force by now");
const notHeld = () => new Problem(409, "LIST_NOT_HELD", "this version waits for nobody; look at it again");

/** Proposes that a held version comes into force although it lost so many entries. @throws {Problem} 404, 409 */
export function proposeHeld(kit: Kit, actor: MemberActor, id: string): Promise<string> {
  permit(actor, proposeList, kit.clock());
  return transaction(kit.pool, async (sql) => {
    const version = await lockVersion(sql, id);
    if (!version) throw noVersion();
    if (version.state === "refused") throw outdated();
    if (version.state !== "held") throw notHeld();
    const detail = { versionId: id, list: version.list, entries: version.entryCount, before: version.entriesBefore };
    const { approvalId } = await propose(sql, kit, actor, { kind: LIST_APPROVAL, subjectId: id, detail });
    await saveVersion(sql, { ...version, approvalId });
    return approvalId;
  });
}

/** The second officer's word on a held version. */
export const heldAccepted: ApprovalKind = {
  verb: acceptList,
  carryOut: async (sql, kit, { detail }, actor) => {
    // Danger: the list is locked before its versions, as a load does; the other order could wait for ever.
    await lockList(sql, String(detail.list));
    const version = await lockVersion(sql, String(detail.versionId));
    if (!version) throw noVersion();
    const before = (await versionsInForce(sql)).find(({ list }) => list === version.list);
    if (version.state === "refused") throw outdated();
    if (version.state !== "held") throw notHeld();
    await swap(sql, kit, version, before, actor);
  },
  // Rejected or forgotten, it may be proposed anew until a newer one is in force.
  dropped: async (sql, _kit, { detail }) => {
    const version = await lockVersion(sql, String(detail.versionId));
    if (version?.state === "held") await saveVersion(sql, { ...version, approvalId: null });
  },
};
