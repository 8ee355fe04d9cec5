import { createHash } from "node:crypto";
import type { Sql } from "../../indexer/src/platform/db/pool.ts";
import type { Contestant } from "./contestants/contestant.ts";

interface Canonical {
  key: string[];
  values: string[];
}

/** Tables that every contestant keeps; ours keeps these among others. */
const canonical: Record<string, Canonical> = {
  members: { key: ["member_no"], values: ["owner"] },
  validators: {
    key: ["validator_id"],
    values: ["member_no", "name", "commission_bps", "self_stake", "pool_tokens", "pool_shares", "rewards_total"],
  },
  positions: { key: ["position_id"], values: ["member_no", "validator_id", "shares", "claimed", "since"] },
  requests: {
    key: ["request_id"],
    values: [
      ...["member_no", "validator_id", "position_id", "tokens_at_request"],
      ...["requested_at", "matures_at", "claimed_at", "paid"],
    ],
  },
  reward_credits: {
    key: ["validator_id", "epoch"],
    values: ["self_part", "commission", "net", "block_number"],
  },
  reward_payments: {
    key: ["block_number", "log_index"],
    values: ["member_no", "position_id", "validator_id", "amount", "paid_to"],
  },
  commission_changes: { key: ["validator_id", "block_number", "log_index"], values: ["from_bps", "to_bps"] },
  balances: { key: ["account"], values: ["amount"] },
};

const CHUNK = 20_000;

/** A table's rows as texts, in the order of its key. */
function rowsOf(contestant: Contestant, name: string, { key, values }: Canonical): string {
  const named = (column: string) => contestant.column?.(column) ?? `"${column}"`;
  const text = [...key, ...values].map((column) => `${named(column)}::text`).join(", ");
  const order = key.map((column) => `${named(column)}${column === "account" ? ' collate "C"' : ""}`).join(", ");
  return `select concat_ws(' ', ${text.replaceAll(/("[^"]+"::text)/g, "coalesce($1, '-')")}) as row from ${contestant.table(name)} order by ${order}`;
}

/** Hands over a table's rows, so many at once, from a transaction that is begun. */
async function* chunks(sql: Sql, statement: string): AsyncGenerator<string[]> {
  await sql.query(`declare race no scroll cursor for ${statement}`);
  for (;;) {
    const { rows } = await sql.query<{ row: string }>(`fetch ${CHUNK} from race`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql.query("close race");
}

/** How many rows a table has, and a digest over all of them. */
export async function digestTables(sql: Sql, contestant: Contestant) {
  const found: Record<string, { rows: number; digest: string }> = {};
  await sql.query("begin");
  for (const [name, table] of Object.entries(canonical)) {
    const hash = createHash("sha256");
    let count = 0;
    for await (const rows of chunks(sql, rowsOf(contestant, name, table))) {
      count += rows.length;
      hash.update(`${rows.join("\n")}\n`);
    }
    found[name] = { rows: count, digest: hash.digest("hex") };
  }
  await sql.query("commit");
  return found;
}

/** The first row in which two contestants differ, told as both have it. */
export async function firstDifference(
  name: string,
  one: { sql: Sql; contestant: Contestant },
  other: { sql: Sql; contestant: Contestant },
): Promise<string> {
  const table = canonical[name];
  if (!table) return "no such table";
  const sides = [one, other];
  for (const { sql } of sides) await sql.query("begin");
  try {
    const streams = sides.map(({ sql, contestant }) => chunks(sql, rowsOf(contestant, name, table)));
    for (;;) {
      const [mine, theirs] = await Promise.all(streams.map(async (stream) => (await stream.next()).value ?? []));
      const at = (mine ?? []).findIndex((row: string, i: number) => row !== theirs?.[i]);
      if (at >= 0)
        return `${one.contestant.name}: ${mine?.[at]}\n${other.contestant.name}: ${theirs?.[at] ?? "nothing"}`;
      if ((theirs?.length ?? 0) > (mine?.length ?? 0)) {
        return `${one.contestant.name}: nothing\n${other.contestant.name}: ${theirs?.[mine?.length ?? 0]}`;
      }
      if (!mine?.length) return "none";
    }
  } finally {
    for (const { sql } of sides) await sql.query("rollback");
  }
}
