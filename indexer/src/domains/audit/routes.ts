import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AuditTrail } from "../../platform/access/audit/trail.ts";
import { permit } from "../../platform/access/decide.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { checked } from "../../platform/http/rest.ts";
import { roots, sealedEntries } from "./repository.ts";
import { readOwnTrail, readTrail } from "./rules.ts";
import type { RootSigner } from "./service.ts";

export const range = z.object({
  from: z.coerce.number().int().min(1).default(1),
  first: z.coerce.number().int().min(1).max(1_000).default(200),
});
const memberPath = z.object({ id: z.uuid() });
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

/** The trail for auditors, in the form that they can recompute, and each member's own part of it. */
export function auditRoutes(rest: FastifyInstance, { door, pool, clock, audit }: RouteKit, signer: RootSigner): void {
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
    return {
      key,
      roots: list.map(({ firstSeq, lastSeq, root, head, signature, madeAt }) => ({
        ...{ firstSeq, lastSeq, madeAt: madeAt.toISOString() },
        ...{ root: hex(root), head: hex(head), signature: hex(signature) },
      })),
    };
  });

  rest.get("/api/v1/members/:id/audit-logs", async (request) => {
    const actor = await door.selfOrKey(request, readOwnTrail);
    permit(actor, readOwnTrail, clock(), checked(memberPath, request.params).id);
    const { from, first } = checked(range, request.query);
    const entries = await sealedEntries(pool, from, first, actor.memberId);
    return { entries: entries.map((told) => redacted(told, actor.memberId)) };
  });
}
