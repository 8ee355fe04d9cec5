import { deployment } from "@tburn/deployments/read";
import pg from "pg";
import { readEnv } from "../../indexer/src/env.ts";
import { openLog } from "../../indexer/src/platform/telemetry/log.ts";
import { startApi } from "../../indexer/src/roles/api.ts";
import { ask } from "./ask.ts";
import type { Settings } from "./servers/ours.ts";
import type { Asked } from "./servers/server.ts";

interface Statement {
  text: string;
  values: unknown[];
}

/** What this process asks PostgreSQL while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const asked = new Map<string, Statement>();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args;
    const text = typeof first === "string" ? first : (first as { text?: string }).text;
    const values = (typeof first === "string" ? second : (first as { values?: unknown[] }).values) ?? [];
    if (text && /^\s*(select|with)\b/i.test(text)) asked.set(text, { text, values: values as unknown[] });
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return [...asked.values()];
}

/** A table that a plan reads from end to end. */
export interface Scan {
  table: string;
  rows: number;
  statement: string;
}

/**
 * Tables that our API reads from end to end for questions, by the plans of what it asks.
 * @param owner Of the database.
 */
export async function scansOf(owner: pg.Client, settings: Settings, questions: Asked[]): Promise<Scan[]> {
  const env = readEnv({ ...settings, PORT: "0", LOG_LEVEL: "silent" });
  const api = await startApi(env, deployment(env.chainId, env.deploymentFile), openLog("silent"));
  const url = `http://127.0.0.1:${api.port}`;
  try {
    const statements = await statementsOf(async () => {
      for (const question of questions) await ask(url, question);
    });
    const scans: Scan[] = [];
    for (const { text, values } of statements) scans.push(...(await scansIn(owner, text, values)));
    return scans;
  } finally {
    await api.stop();
  }
}

async function scansIn(owner: pg.Client, text: string, values: unknown[]): Promise<Scan[]> {
  const { rows } = await owner.query<{ "QUERY PLAN": unknown }>(`explain (format json) ${text}`, values);
  const plan = JSON.stringify(rows[0]?.["QUERY PLAN"]);
  const tables = [...plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(([, table]) => table);
  const found: Scan[] = [];
  for (const table of new Set(tables)) {
    const size = await owner.query<{ rows: string }>(
      "select max(reltuples)::bigint as rows from pg_class where relname = $1",
      [table],
    );
    const statement = text.replaceAll(/\s+/g, " ").trim().slice(0, 120);
    found.push({ table: table ?? "", rows: Number(size.rows[0]?.rows ?? 0), statement });
  }
  return found;
}
