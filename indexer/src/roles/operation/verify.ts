import type { Deployment } from "@tburn/deployments";
import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Env } from "../../env.ts";
import { type Header, headersOf, logsOf, type RawLog } from "../../platform/chain/blocks.ts";
import { decoder } from "../../platform/chain/decode.ts";
import { editionOf } from "../../platform/chain/edition/version.ts";
import { mayContain } from "../../platform/chain/proof/bloom.ts";
import { provenLogs, sameLogs } from "../../platform/chain/proof/receipts.ts";
import { Rpc, RpcError } from "../../platform/chain/rpc.ts";
import { type Edition, readCheckpoint } from "../../platform/db/checkpoint.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { keptBlocks, keptLogs } from "../../platform/db/raw/logs.ts";
import { FatalError } from "../../platform/errors.ts";
import { type Command, optionsOf, wholeOf } from "./command.ts";
import { withPool } from "./database.ts";
import { blockDifference, type Difference, logDifference, rowDifference } from "./differences.ts";
import { mirroredBlocks, mirroredEvents } from "./repository.ts";

const AT_ONCE = 50;

const help = `npm run indexer -- verify [--from N] [--to M] [--rpc URL]

Holds blocks N to M against a node: that they link, that the logs that are kept are those that the receipts prove by the
root of the block's header, and that chain.blocks and chain.activity say what these logs say. Changes nothing.

  --from N    first block (default: the contracts' first)
  --to M      last block (default: the last one that is final)
  --rpc URL   the node to ask, best one that the indexer does not use (default: those of RPC_URL)

Prints what was looked at, and the first difference with its block, log, table and column, as JSON. NODE_LIES is a node whose
answers contradict each other. Ends with 1 and CHAIN_DIFFERS if there is a difference; RANGE_INVALID if the mirror has
not these blocks. What rows add up to is proven otherwise: compare \`digest\` with another operator's.`;

interface Range {
  from: number;
  to: number;
}

/** What was looked at, up to the first difference. */
interface Finding extends Range {
  ok: boolean;
  blocks: number;
  logs: number;
  first?: Difference;
}

/** Blocks of a node with their logs, proven; or where it contradicts itself. */
async function blocksOf(rpc: Rpc, { from, to }: Range, addresses: `0x${string}`[]) {
  const headers = (await headersOf(rpc, from, to)).filter((header) => header !== undefined);
  if (headers.length <= to - from)
    throw new RpcError("RPC_BLOCK_MISSING", `block ${from + headers.length} is not known`);
  const { value: told } = await logsOf(rpc, headers, addresses);
  const blocks: { header: Header; logs: RawLog[]; lie?: Difference }[] = [];
  for (const header of headers) {
    const claimed = told.filter((log) => log.blockNumber === header.number);
    const isConcerned = claimed.length > 0 || addresses.some((address) => mayContain(header.logsBloom, address));
    const logs = isConcerned ? await provenLogs(rpc, header, new Set(addresses)) : [];
    const lie = logDifference(header.number, logs, claimed);
    blocks.push({
      header,
      logs,
      ...(sameLogs(logs, claimed) ? {} : { lie: { ...(lie ?? { block: header.number }), code: "NODE_LIES" as const } }),
    });
  }
  return blocks;
}

/** Adds a part of the range to what was looked at. @returns the first difference */
async function compared(
  sql: Sql,
  { rpc, deployment }: { rpc: Rpc; deployment: Deployment },
  { from, to }: Range,
  finding: Finding,
): Promise<Difference | undefined> {
  const { addresses, decode } = decoder(deployment);
  const [blocks, heads, kept, mirrored, events] = await Promise.all([
    blocksOf(rpc, { from, to }, addresses),
    // One more: the first must follow what stands before it.
    keptBlocks(sql, from - 1, to),
    ...([keptLogs(sql, from, to), mirroredBlocks(sql, from, to), mirroredEvents(sql, from, to)] as const),
  ]);
  const headOf = new Map(heads.map((head) => [head.number, head]));
  for (const { header, logs, lie } of blocks) {
    const { number, timestamp } = header;
    const first =
      lie ??
      blockDifference(header, headOf.get(number), headOf.get(number - 1)) ??
      logDifference(number, logs, of(kept, number)) ??
      rowDifference(
        header,
        logs.flatMap((log) => decode(log, timestamp) ?? []),
        {
          logs: logs.length,
          block: mirrored.find((one) => one.number === number),
          events: of(events, number),
        },
      );
    finding.blocks++;
    finding.logs += logs.length;
    if (first) return first;
  }
  return undefined;
}

const of = <T extends { blockNumber: number }>(all: T[], number: number) =>
  all.filter(({ blockNumber }) => blockNumber === number);

const LIES = new Set(["RPC_RECEIPTS_INCOMPLETE", "RPC_UNLINKED", "RPC_LOGS_FOREIGN", "RPC_BLOCK_GONE"]);

/** What a node says against itself, again and again; its block is named only in words. */
const lieOf = (error: unknown, range: Range): Difference => {
  if (!(error instanceof RpcError && LIES.has(error.code))) throw error;
  const block = Number(/block (\d+)/.exec(error.message)?.[1] ?? range.from);
  return { code: "NODE_LIES", block, node: `${error.code}: ${error.message}` };
};

/** Holds a range of blocks against a node, up to the first difference. */
async function verifyRange(sql: Sql, rpc: Rpc, deployment: Deployment, range: Range): Promise<Finding> {
  const finding: Finding = { ok: true, ...range, blocks: 0, logs: 0 };
  for (let from = range.from; from <= range.to; from += AT_ONCE) {
    const part = { from, to: Math.min(range.to, from + AT_ONCE - 1) };
    const first = await compared(sql, { rpc, deployment }, part, finding).catch((error) => lieOf(error, part));
    if (first) return { ...finding, ok: false, first };
  }
  return finding;
}

async function rangeOf(
  sql: Sql,
  deployment: Deployment,
  edition: Edition,
  options: { from?: string; to?: string },
): Promise<Range> {
  const at = await readCheckpoint(sql, edition);
  const from = wholeOf("from", options.from, deployment.startBlock);
  const to = wholeOf("to", options.to, at?.finalBlock ?? -1);
  if (!at || from < deployment.startBlock || to > at.blockNumber || from > to) {
    const has = at ? `blocks ${deployment.startBlock} to ${at.blockNumber}` : "no block";
    throw new FatalError("RANGE_INVALID", `blocks ${from} to ${to} are asked for, and the mirror has ${has}`);
  }
  return { from, to };
}

/** The node that is asked. @throws {FatalError} COMMAND_INVALID */
function nodeOf(env: Env, url: string | undefined): Rpc {
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new FatalError("COMMAND_INVALID", "--rpc must be an address: http:// or https://");
  return new Rpc(url === undefined ? env.rpcUrls : [url], env.chainId);
}

/** Holds the mirror against a node. */
export const verify: Command = {
  help,
  run: async (env, args) => {
    const text = { type: "string" } as const;
    const { rpc: url, ...options } = optionsOf(args, { from: text, to: text, rpc: text });
    const rpc = nodeOf(env, url);
    const deployment = readDeployment(env.chainId, env.deploymentFile);
    const finding = await withPool(env, async (pool) => {
      const range = await rangeOf(pool, deployment, editionOf(deployment, env.mirrorVersion), options);
      await rpc.requireChain();
      return verifyRange(pool, rpc, deployment, range);
    });
    console.log(JSON.stringify(finding, null, 2));
    if (finding.first)
      throw new FatalError("CHAIN_DIFFERS", `block ${finding.first.block}: ${finding.first.code}; see above`);
  },
};
