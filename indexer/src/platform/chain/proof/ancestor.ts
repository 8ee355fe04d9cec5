import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import type { Checkpoint } from "../../db/checkpoint.ts";
import { knownHashes } from "../../db/mirror/state.ts";
import { FatalError } from "../../errors.ts";
import { hashesAt, headersOf } from "../blocks.ts";
import { type Hex, type Rpc, RpcError, RpcLie } from "../rpc.ts";

const HEADERS_AT_ONCE = 16;
/** How often all endpoints must say it, and how long after one another. */
const ROUNDS = 5;
const BETWEEN_ROUNDS_MS = 200;

/** Whose chains are compared: the endpoints', and the mirror's. */
interface Asked {
  rpc: Rpc;
  pool: Pool;
  deployment: Deployment;
}

/** The newest block that both chains have; without a hash it is the one before the contracts. */
export async function commonAncestor(
  { rpc, pool, deployment }: Asked,
  at: Checkpoint,
): Promise<{
  ancestor: { number: number; hash: string | undefined };
  replacedBy: string | undefined;
}> {
  const { startBlock } = deployment;
  const lowest = Math.max(at.finalBlock, startBlock);
  let replacedBy: string | undefined;
  for (let to = at.blockNumber; to >= lowest; to -= HEADERS_AT_ONCE) {
    const from = Math.max(lowest, to - HEADERS_AT_ONCE + 1);
    const theirs = await headersOf(rpc, from, to);
    const mine = await knownHashes(pool, from, to);
    for (let number = to; number >= from; number--) {
      const found = theirs[number - from];
      if (found && found.hash === mine.get(number)) return { ancestor: { number, hash: found.hash }, replacedBy };
      replacedBy = found?.hash;
    }
  }
  if (at.finalBlock < startBlock) return { ancestor: { number: startBlock - 1, hash: undefined }, replacedBy };
  return noAncestor({ rpc, pool }, at.finalBlock);
}

/**
 * Stops if all endpoints agree, time and again, that a final block is another one: it takes a person to go on. A node that
 * lags, lies alone, or lies for a moment decides nothing.
 */
async function noAncestor({ rpc, pool }: Pick<Asked, "rpc" | "pool">, finalBlock: number): Promise<never> {
  const mine = (await knownHashes(pool, finalBlock, finalBlock)).get(finalBlock);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await rpc.pause(BETWEEN_ROUNDS_MS);
    const theirs = await hashesAt(rpc, finalBlock);
    // Who has not our block rests, so that the next question goes to whoever has it.
    const strangers = theirs.filter(({ hash }) => hash !== mine);
    if (strangers.length < theirs.length || strangers.some(({ hash }) => hash === undefined)) {
      for (const { endpoint, hash } of strangers) rpc.blame(endpoint, problemOf(endpoint, hash, finalBlock));
      throw new RpcError("RPC_ENDPOINTS_DISAGREE", `not all endpoints say that block ${finalBlock} has changed`);
    }
  }
  throw new FatalError(
    "REORG_BEYOND_FINALITY",
    `the chain has changed below block ${finalBlock}, which was final; if the endpoints are right, rebuild with: npm run indexer -- replay`,
  );
}

function problemOf(endpoint: string, hash: Hex | undefined, finalBlock: number): RpcError {
  const problem = `${endpoint} ${hash ? "has another" : "lacks"} block ${finalBlock}, which was final`;
  return hash ? new RpcLie("RPC_FINAL_BLOCK_OTHER", problem) : new RpcError("RPC_BLOCK_MISSING", problem);
}
