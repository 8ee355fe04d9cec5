import { randomBytes, randomUUID } from "node:crypto";
import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import { encodeFunctionData, keccak256, stringToHex } from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { suspensionOf } from "../../suspensions/service.ts";
import { type AppealStatement, keepStatement, statementAbout } from "../repository/appeals.ts";
import { appeal, readAppeals, statementDocument } from "../rules.ts";
import { hash, text } from "./inputs.ts";
import { act, command, event, keepIntent, requireMember } from "./preparing.ts";
import { shownIntent } from "./showing.ts";

/** Files stay with their owner; their hashes go into the statement. */
const file = z.strictObject({ name: text(255), bytes: z.int().min(0), keccak256: hash });

const notFound = () => new Problem(404, "SUSPENSION_NOT_FOUND", "you have no such suspension");

const placeOf = ({ memberId, suspensionId }: Pick<AppealStatement, "memberId" | "suspensionId">) => ({
  ...{ table: "app.appeal_statements", column: "sealed", memberId, rowId: String(suspensionId) },
});

/**
 * Contests a suspension, once and in time. The hash of the statement goes on the chain, its words stay here, sealed. Nothing
 * is decided by it: that is the council's.
 */
export const appealSuspension = command(
  "intents.appeal",
  z.strictObject({
    suspensionId: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    statement: text(5_000),
    files: z.array(file).max(20).default([]),
  }),
  (actor, _input, now) => permit(actor, appeal, now, actor.memberId),
  async (scene, { suspensionId, statement, files }) => {
    const { kit, actor, now, block, requestId } = scene;
    const [member, found] = [await requireMember(scene), await suspensionOf(kit.pool, suspensionId)];
    if (!found || found.memberNo !== member.memberNo) throw notFound();
    if (found.state !== "IMPOSED")
      throw new Problem(409, "APPEAL_NOT_OPEN", "a suspension is contested once, while in force");
    if (now >= found.appealBy) throw new Problem(409, "APPEAL_TOO_LATE", "the time to appeal is over");
    const salt = `0x${randomBytes(32).toString("hex")}`;
    const document = statementDocument(`suspension-${suspensionId}`, statement, files, salt);
    const statementHash = keccak256(stringToHex(document));
    const args = [BigInt(suspensionId), statementHash] as const;
    const data = encodeFunctionData({ abi: suspensionManagerAbi, functionName: "appeal", args });
    const expected = event("SuspensionAppealed", member.memberNo, { suspensionId, statementHash });
    const steps = [act(kit, "SuspensionManager", data)];
    const draft = { kind: "APPEAL" as const, account: member.owner, steps, expected };
    const id = randomUUID();
    const kept = { memberId: actor.memberId, suspensionId, intentId: id, hash: statementHash };
    const sealed = await kit.seals.seal("profile", placeOf(kept), document);
    return async (sql) => {
      if (!(await keepStatement(sql, { ...kept, sealed, at: kit.clock() }))) {
        throw new Problem(409, "APPEAL_OPEN", "your appeal is prepared already; sign the one that you have");
      }
      const intent = await keepIntent(sql, kit, actor, { draft, fromBlock: block, requestId, id });
      return { status: 202, body: { ...shownIntent(intent), statement: { hash: statementHash, document } } };
    };
  },
);

/** The words of an appeal, for who wrote them and for compliance; each reading leaves an audit entry. */
export async function readStatement(
  kit: Kit,
  actor: MemberActor,
  suspensionId: number,
  requestId: string,
): Promise<{ hash: string; document: string }> {
  const at = kit.clock();
  const found = await statementAbout(kit.pool, suspensionId);
  const isStaff = actor.roles.has("compliance");
  if (!found || (found.memberId !== actor.memberId && !isStaff)) throw notFound();
  permit(actor, readAppeals, at, found.memberId);
  return transaction(kit.pool, async (sql) => {
    const entry = { action: readAppeals.name, subjectId: found.memberId, requestId, detail: { suspensionId } };
    await kit.audit.append(sql, actor, entry, at);
    return { hash: found.hash, document: await kit.seals.open("profile", placeOf(found), found.sealed) };
  });
}
