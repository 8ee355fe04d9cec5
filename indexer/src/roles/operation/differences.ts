import { isDeepStrictEqual } from "node:util";
import { plainArgs } from "../../platform/chain/args.ts";
import type { BlockHead, RawLog } from "../../platform/chain/blocks.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { MirroredBlock, MirroredEvent } from "./repository.ts";

/** Something that the database and a node tell differently, or that contradicts itself. */
export interface Difference {
  /** Which of the two is wrong is for a person to say, except where the node's own answers contradict each other. */
  code:
    | "BLOCK_MISSING"
    | "BLOCK_DIFFERS"
    | "LOG_MISSING"
    | "LOG_INVENTED"
    | "LOG_DIFFERS"
    | "ROW_DIFFERS"
    | "NODE_LIES";
  block: number;
  logIndex?: number;
  /** Where the row is. */
  table?: string;
  column?: string;
  database?: unknown;
  node?: unknown;
}

/** The first column of a kept block that is not the node's. @param before The block kept before it, if one is. */
export function blockDifference(
  node: BlockHead,
  kept: BlockHead | undefined,
  before: BlockHead | undefined,
): Difference | undefined {
  const at = { block: node.number, table: "ops.raw_blocks" };
  if (!kept) return { code: "BLOCK_MISSING", ...at, node: node.hash };
  for (const column of ["hash", "parentHash", "timestamp"] as const) {
    if (kept[column] !== node[column])
      return { code: "BLOCK_DIFFERS", ...at, column, database: kept[column], node: node[column] };
  }
  if (!before || before.hash === node.parentHash) return undefined;
  return {
    code: "BLOCK_DIFFERS",
    ...at,
    block: before.number,
    column: "hash",
    database: before.hash,
    node: node.parentHash,
  };
}

const COLUMNS = ["address", "topics", "data", "transactionHash", "transactionIndex"] as const;

/** The first log of one block that is not the node's; both in their order. */
export function logDifference(block: number, node: RawLog[], kept: RawLog[]): Difference | undefined {
  const at = { block, table: "ops.raw_logs" };
  for (let i = 0; i < Math.max(node.length, kept.length); i++) {
    const [theirs, ours] = [node[i], kept[i]];
    if (theirs && (!ours || ours.logIndex > theirs.logIndex))
      return { code: "LOG_MISSING", ...at, logIndex: theirs.logIndex };
    if (ours && (!theirs || ours.logIndex < theirs.logIndex))
      return { code: "LOG_INVENTED", ...at, logIndex: ours.logIndex };
    if (!ours || !theirs) continue;
    for (const column of COLUMNS) {
      // Logs kept before their transaction's place was do not know it.
      if (column === "transactionIndex" && (ours[column] === null || theirs[column] === null)) continue;
      if (!isDeepStrictEqual(ours[column], theirs[column])) {
        const [database, told] = [ours[column], theirs[column]];
        return { code: "LOG_DIFFERS", ...at, logIndex: ours.logIndex, column, database, node: told };
      }
    }
  }
  return undefined;
}

/** What the mirror says of one block. */
interface Mirrored {
  block: MirroredBlock | undefined;
  events: MirroredEvent[];
  /** How many the node has. */
  logs: number;
}

/** The first row about a block, or about an event of it, that is not what the block and its logs say. */
export function rowDifference(node: BlockHead, events: ChainEvent[], mirrored: Mirrored): Difference | undefined {
  const of = (table: string, column: string, database: unknown, told: unknown): Difference[] =>
    isDeepStrictEqual(database, told)
      ? []
      : [{ code: "ROW_DIFFERS", block: node.number, table, column, database: database ?? null, node: told }];
  const told = new Map(events.map((event) => [event.logIndex, event]));
  const found = mirrored.events.flatMap((row) => {
    const event = told.get(row.logIndex);
    const wrong = [
      ...of("chain.activity", "event", row.event, event?.name ?? null),
      ...of("chain.activity", "tx_hash", row.txHash, event?.txHash ?? null),
      ...of("chain.activity", "args", row.args, event ? plainArgs(event) : null),
    ];
    return wrong.map((difference) => ({ ...difference, logIndex: row.logIndex }));
  });
  return [
    ...of("chain.blocks", "hash", mirrored.block?.hash, node.hash),
    ...of("chain.blocks", "log_count", mirrored.block?.logCount, mirrored.logs),
    ...found,
  ][0];
}
