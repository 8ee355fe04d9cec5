import type { Pool } from "pg";
import { treeOf } from "../machine/tree.ts";

/** One look at everything that must stay flat. */
export interface Sample {
  /** Seconds since the beginning. */
  at: number;
  /** Of the indexer's process, follower and API. */
  memoryMiB: number;
  /** Of the server, of everybody. */
  connections: number;
  journalRows: number;
  journalMiB: number;
  /** Blocks between the node's head and the checkpoint. */
  lagBlocks: number;
  /** Of a read by GraphQL, asked with the sample. */
  answerMs: number;
}

const MIB = 2 ** 20;
const rounded = (value: number) => Math.round(value * 10) / 10;

/** @param head The node's newest block. */
export async function look(
  { pool, pid, apiUrl, begun }: { pool: Pool; pid: number; apiUrl: string; begun: number },
  head: () => Promise<number>,
): Promise<Sample> {
  const [top, asked] = [await head(), performance.now()];
  const query = "{ networkStats { delegated } validators(first: 20) { edges { node { totalStake } } } }";
  const answer = await fetch(`${apiUrl}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  if (!answer.ok || (await answer.text()).includes('"errors"')) throw new Error(`the API answered ${answer.status}`);
  const answerMs = rounded(performance.now() - asked);
  const { rows } = await pool.query<{ connections: string; journal: string; bytes: string; indexed: string }>(
    `select (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
            (select count(*) from ops.journal) as journal, pg_total_relation_size('ops.journal') as bytes,
            (select block_number from ops.checkpoint) as indexed`,
  );
  const row = rows[0];
  return {
    at: Math.round((performance.now() - begun) / 1_000),
    memoryMiB: rounded(treeOf(pid).residentBytes / MIB),
    connections: Number(row?.connections),
    journalRows: Number(row?.journal),
    journalMiB: rounded(Number(row?.bytes) / MIB),
    lagBlocks: Math.max(0, top - Number(row?.indexed)),
    answerMs,
  };
}

export type Figure = Exclude<keyof Sample, "at">;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Median of the second quarter against that of the last: what grows without end shows here. */
export function drift(samples: Sample[], figure: Figure): { early: number; late: number; most: number } {
  const quarter = Math.floor(samples.length / 4);
  const of = (part: Sample[]) => median(part.map((sample) => sample[figure]));
  return {
    early: of(samples.slice(quarter, 2 * quarter)),
    late: of(samples.slice(-quarter)),
    most: Math.max(...samples.map((sample) => sample[figure])),
  };
}
