import { randomUUID } from "node:crypto";
import type { ContractName } from "@tburn/deployments";
import type { z } from "zod";
import { type Actor, system } from "../../../platform/access/actor.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { newestBlock } from "../../../platform/db/mirror/state.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { type Answer, type Commit, once, requireKey } from "../../../platform/http/idempotency/once.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { checked } from "../../../platform/http/rest.ts";
import { accountOfWallet } from "../../identity/service/accounts.ts";
import { crowdOut, type Expected, insertIntent, type Step, type TxIntent } from "../repository/intents.ts";
import { type ChainMember, memberOwnedBy } from "../repository/mirror.ts";
import { type Kind, LIFE_MS } from "../rules.ts";
import { shownIntent } from "./showing.ts";

/** Who asks, and what moment of the chain the answer stands for. */
export interface Scene {
  kit: Kit;
  actor: MemberActor;
  requestId: string;
  /** Newest block that the mirror knows. */
  block: number;
  /** Unix seconds that the next block has at least: the chain's clock and ours are not the same one. */
  now: number;
}

/** A transaction that is to be prepared. */
export interface Draft {
  kind: Kind;
  /** Null where any holder of a role may sign. */
  account: string | null;
  steps: Step[];
  expected: Expected;
}

/** An act as both APIs ask for it. */
export interface Command {
  /** What is asked for. */
  schema: z.ZodType;
  /** Looks at what is asked for and whether the actor may; the rest is done once per key. */
  carryOut(kit: Kit, actor: MemberActor, requestId: string, raw: unknown, key: unknown): Promise<Answer>;
}

/** Intents of a member that nobody told of, at once; the oldest makes room. Those told of end after a day. */
const MOST_OPEN = 50;

async function sceneOf(kit: Kit, actor: MemberActor, requestId: string): Promise<Scene> {
  const newest = await newestBlock(kit.pool);
  if (!newest) throw new Problem(503, "CHAIN_UNKNOWN", "the chain is not mirrored yet; try again in a moment");
  const now = Math.max(newest.timestamp, Math.floor(kit.clock().getTime() / 1_000));
  return { kit, actor, requestId, block: newest.number, now };
}

/**
 * @param name Shares its idempotency keys between the APIs.
 * @param allow Refuses whoever may not, by `permit`.
 */
export const command = <Input extends object>(
  name: string,
  schema: z.ZodType<Input>,
  allow: (actor: MemberActor, input: Input, now: Date) => void,
  prepare: (scene: Scene, input: Input) => Promise<Commit>,
): Command => ({
  schema,
  carryOut: async (kit, actor, requestId, raw, key) => {
    const asked = { memberId: actor.memberId, command: name, key: requireKey(key) };
    const input = checked(schema, raw ?? {});
    allow(actor, input, kit.clock());
    return once(kit, { ...asked, input }, async () => prepare(await sceneOf(kit, actor, requestId), input));
  },
});

/** A call of one of our contracts. */
export const act = ({ contracts }: Kit, contract: ContractName, data: string): Step => ({
  name: "act",
  to: contracts[contract].address,
  data,
  value: "0",
});

/** What is known of an act before its event: arguments as the mirror writes them, hashes and addresses in lower case. */
export const event = (
  name: string,
  memberNo: number | null,
  args: Record<string, string | number | bigint>,
): Expected => ({
  event: name,
  memberNo,
  args: Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)])),
});

/** Writes an intent down with its audit entry, in the caller's transaction. */
export async function keepIntent(
  sql: Sql,
  { clock, audit, chainId }: Kit,
  actor: Actor & { memberId: string },
  {
    draft,
    fromBlock,
    requestId,
    id = randomUUID(),
  }: { draft: Draft; fromBlock: number; requestId?: string; id?: string },
): Promise<TxIntent> {
  const at = clock();
  const wallet = draft.account === null ? undefined : await accountOfWallet(sql, draft.account);
  const intent: TxIntent = {
    ...{ memberId: actor.memberId, id, state: "PENDING", chainId, ...draft, fromBlock, createdAt: at },
    isContractWallet: wallet?.isContract === true,
    expiresAt: new Date(at.getTime() + LIFE_MS),
    ...{ txHash: null, submittedAt: null, blockNumber: null, blockHash: null, logIndex: null },
  };
  for (const old of await crowdOut(sql, actor.memberId, MOST_OPEN - 1, at)) {
    const detail = { intentId: old.id, kind: old.kind };
    await audit.append(sql, system, { action: "intents.expire", subjectId: actor.memberId, detail }, at);
  }
  await insertIntent(sql, intent);
  const detail = { intentId: id, kind: draft.kind };
  const entry = { action: "intents.prepare", subjectId: actor.memberId, detail, ...(requestId && { requestId }) };
  await audit.append(sql, actor, entry, at);
  return intent;
}

/** Ends a command with a transaction for the actor's wallet. */
export const prepared =
  ({ kit, actor, requestId, block }: Scene, draft: Draft): Commit =>
  async (sql) => {
    const intent = await keepIntent(sql, kit, actor, { draft, fromBlock: block, requestId });
    return { status: 201, body: shownIntent(intent) };
  };

/** @throws {Problem} 409 MEMBER_NOT_ON_CHAIN */
export async function requireMember({ kit, actor }: Scene): Promise<ChainMember> {
  const member = await memberOwnedBy(kit.pool, actor.address);
  if (member) return member;
  throw new Problem(409, "MEMBER_NOT_ON_CHAIN", "register this wallet on the chain first; it is no member's yet");
}
