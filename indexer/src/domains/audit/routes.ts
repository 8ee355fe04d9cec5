import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AuditTrail } from "../../platform/access/audit/trail.ts";
import { granted, permit } from "../../platform/access/decide.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { type Anchored, anchoredAmong } from "./repository/anchors.ts";
import { type Root, roots, sealedEntries, sealedLeaf } from "./repository/trail.ts";
import { proveEntry, readOwnTrail, readTrail } from "./rules.ts";
import { type Proof, prove } from "./service/proving.ts";
import type { RootSigner } from "./service/sealing.ts";

export const range = z.object({
  from: z.coerce.number().int().min(1).default(1),
  first: z.coerce.number().int().min(1).max(1_000).default(200),
});
const memberPath = z.object({ id: z.uuid() });
const entryPath = z.object({ id: z.coerce.number().int().min(1) });
const hex = (bytes: Buffer) => `0x${bytes.toString("hex")}`;
type Told = Awaited<ReturnType<typeof sealedEntries>>[number];

/** With the key of this entry alone, so that an auditor's own browser recomputes its leaf. */
const opened = (trail: AuditTrail, told: Told) =>
  told.leaf === null
    ? { seq: told.seq, hash: hex(told.hash), leaf: null }
    : {
        ...{ seq: told.seq, hash: hex(told.hash), leaf: hex(told.leaf) },
        ...{ opening: hex(trail.openingOf(told.nonce)), body: told.body },
      };

/** A member sees what was done, not which of the staff did it. */
const redacted = (told: Told, memberId: string) =>
  told.leaf === null
    ? { seq: told.seq }
    : {
        ...{ seq: told.seq, at: told.body.at, action: told.body.action, detail: told.body.detail },
        by: told.body.actorId === memberId ? "you" : told.body.actorKind,
      };

const rootTold = ({ firstSeq, lastSeq, root, head, signature, madeAt }: Root, anchored: Anchored | undefined) => ({
  ...{ firstSeq, lastSeq, madeAt: madeAt.toISOString() },
  ...{ root: hex(root), head: hex(head), signature: hex(signature) },
  anchor: anchored ? { transactionHash: anchored.transactionHash, blockNumber: anchored.blockNumber } : null,
});

const proofTold = ({ seq, leaf, previous, hash, rooted }: Proof) => ({
  ...{ seq, leaf: hex(leaf), previous: hex(previous), hash: hex(hash) },
  siblings: (rooted?.siblings ?? []).map(hex),
  root: rooted ? rootTold(rooted.root, rooted.anchored) : null,
});

/** Proofs of single entries; of an entry that is neither theirs nor there members are told alike. */
function proofRoute(rest: FastifyInstance, { door, pool, clock, audit }: RouteKit): void {
  rest.get("/api/v1/audit/:id/proof", async (request) => {
    const actor = await door.memberOrKey(request, proveEntry);
    const { id } = checked(entryPath, request.params);
    const found = await sealedLeaf(pool, id);
    const subjectId = found?.subjectId ?? undefined;
    if (!found || found.leaf === null || !granted(actor, proveEntry.may, subjectId)) {
      throw new Problem(404, "AUDIT_ENTRY_UNKNOWN", "there is no sealed entry of yours with this number");
    }
    permit(actor, proveEntry, clock(), subjectId);
    // Who looks at the trail stands in it; a member looks at its own.
    if (subjectId !== actor.memberId) {
      const act = { action: proveEntry.name, requestId: request.id, detail: { seq: id } };
      await audit.append(pool, actor, act, clock());
    }
    return proofTold(await prove(pool, { ...found, leaf: found.leaf }));
  });
}

/** The trail for auditors, in the form that they can recompute, and each member's own part of it. */
export function auditRoutes(rest: FastifyInstance, kit: RouteKit, signer: RootSigner): void {
  const { door, pool, clock, audit } = kit;
  proofRoute(rest, kit);
  rest.get("/api/v1/audit/entries", async (request) => {
    const actor = await door.member(request);
    permit(actor, readTrail, clock());
    const { from, first } = checked(range, request.query);
    const entries = await sealedEntries(pool, from, first);
    // Who looks at the trail stands in it.
    const detail = { from, count: entries.length };
    await audit.append(pool, actor, { action: readTrail.name, requestId: request.id, detail }, clock());
    return { entries: entries.map((told) => opened(audit, told)) };
  });

  rest.get("/api/v1/audit/roots", async (request) => {
    permit(await door.member(request), readTrail, clock());
    const key = signer.publicKey.export({ format: "jwk" });
    const list = await roots(pool);
    const anchored = await anchoredAmong(pool, list);
    return { key, roots: list.map((root) => rootTold(root, anchored.get(root.firstSeq))) };
  });

  rest.get("/api/v1/members/:id/audit-logs", async (request) => {
    const actor = await door.selfOrKey(request, readOwnTrail);
    permit(actor, readOwnTrail, clock(), checked(memberPath, request.params).id);
    const { from, first } = checked(range, request.query);
    const entries = await sealedEntries(pool, from, first, actor.memberId);
    return { entries: entries.map((told) => redacted(told, actor.memberId)) };
  });
}
