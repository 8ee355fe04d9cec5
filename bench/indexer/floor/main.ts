// The floor of the race: fetches, decodes by hand and copies; keeps raw logs. Started by contestants/floor.ts.
import pg from "pg";
import { copyIn } from "../../../indexer/src/platform/db/load/copy.ts";
import { Fold, type WireLog } from "./fold.ts";
import { schema } from "./schema.ts";

interface Settings {
  rpcUrl: string;
  databaseUrl: string;
  first: number;
  head: number;
  addresses: string[];
}

/** Blocks of one batch: about ten thousand logs where blocks are full. */
const BLOCKS = 32;
const { rpcUrl, databaseUrl, first, head, addresses } = JSON.parse(process.argv[2] ?? "") as Settings;
const hex = (value: number) => `0x${value.toString(16)}`;

interface Range {
  blocks: { number: string; hash: string; parentHash: string; timestamp: string }[];
  logs: WireLog[];
}

async function fetchRange(from: number): Promise<Range> {
  const to = Math.min(head, from + BLOCKS - 1);
  const calls = [{ method: "eth_getLogs", params: [{ fromBlock: hex(from), toBlock: hex(to), address: addresses }] }];
  for (let n = from; n <= to; n++) calls.push({ method: "eth_getBlockByNumber", params: [hex(n), false] as never });
  const body = JSON.stringify(calls.map((call, id) => ({ jsonrpc: "2.0", id, ...call })));
  const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
  const answers = (await response.json()) as { id: number; result: never }[];
  const [logs, ...blocks] = answers.sort((a, b) => a.id - b.id).map(({ result }) => result);
  return { logs: logs ?? [], blocks };
}

const client = new pg.Client({ connectionString: databaseUrl });
await client.connect();
await client.query(schema);
const fold = new Fold();

/** Copies what nodes said of a range. */
async function keep({ blocks, logs }: Range): Promise<void> {
  const bytes = (text: string) => `\\\\x${text.slice(2)}`;
  const lines = logs.map(
    (log) =>
      `${Number(log.blockNumber)}\t${Number(log.logIndex)}\t${bytes(log.transactionHash)}\t${bytes(log.address)}\t\\\\x${log.topics.map((topic) => topic.slice(2)).join("")}\t${bytes(log.data)}\n`,
  );
  await copyIn(client, "copy raw_logs from stdin", [Buffer.from(lines.join(""))]);
  const heads = blocks.map(
    (b) => `${Number(b.number)}\t${bytes(b.hash)}\t${bytes(b.parentHash)}\t${Number(b.timestamp)}\n`,
  );
  await copyIn(client, "copy raw_blocks from stdin", [Buffer.from(heads.join(""))]);
}

let ahead = fetchRange(first);
let kept = Promise.resolve();
for (let from = first; from <= head; from += BLOCKS) {
  const range = await ahead;
  if (from + BLOCKS <= head) ahead = fetchRange(from + BLOCKS);
  await kept;
  kept = keep(range);
  const times = new Map(range.blocks.map((block) => [block.number, Number(block.timestamp)]));
  for (const log of range.logs) fold.take(log, times.get(log.blockNumber) ?? 0);
}
await kept;
for (const [table, lines] of fold.tables()) await copyIn(client, `copy ${table} from stdin`, lines);
await client.end();
