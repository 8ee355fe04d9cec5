import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../indexer/src/platform/db/migrate.ts";
import { openPool } from "../../indexer/src/platform/db/pool.ts";
import { chainTables, type Table } from "../../indexer/src/platform/db/tables.ts";
import { type LocalPostgres, postgresDir, startPostgres } from "../../scripts/local/postgres.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { emptied, Judge } from "./oracle/judge.ts";
import { NaiveReplay } from "./oracle/naive.ts";
import { SimulatedProcess } from "./process.ts";
import { SimulatedNode } from "./world/node.ts";
import type { Recording } from "./world/recording.ts";

async function twoDatabases(server: string): Promise<{ url: string; pool: pg.Pool; bench: pg.Pool }> {
  const at = (name: string) => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query("create database simulated");
  await migrate(at("simulated"));
  await admin.query("create database bench template simulated");
  await admin.end();
  const name = "tburn-simulation";
  return { url: at("simulated"), pool: openPool(at("simulated"), { name }), bench: openPool(at("bench"), { name }) };
}

/** What all schedules of a run share: one PostgreSQL, two nodes, and the judge. */
export class Stage {
  readonly recording: Recording;
  readonly nodes: SimulatedNode[];
  /** Of the database that the engine writes. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly tables: Map<string, Table>;
  readonly judge: Judge;
  /** The engine under test; another one may take its place. */
  Process: typeof SimulatedProcess = SimulatedProcess;
  readonly #dir: string;
  readonly #port: number;
  readonly #bench: pg.Pool;
  #postgres: LocalPostgres;

  private constructor(
    made: Pick<Stage, "recording" | "nodes" | "url" | "pool" | "tables" | "judge">,
    server: { dir: string; port: number; bench: pg.Pool; postgres: LocalPostgres },
  ) {
    this.recording = made.recording;
    this.nodes = made.nodes;
    this.url = made.url;
    this.pool = made.pool;
    this.tables = made.tables;
    this.judge = made.judge;
    this.#dir = server.dir;
    this.#port = server.port;
    this.#bench = server.bench;
    this.#postgres = server.postgres;
  }

  static async build(recording: Recording): Promise<Stage> {
    const dir = mkdtempSync(join(tmpdir(), "tburn-simulation-"));
    const port = await freePort(35_200 + (process.pid % 400));
    const postgres = await startPostgres({ dir, port, fast: true });
    const { deployment } = recording;
    const { url, pool, bench } = await twoDatabases(postgres.url);
    const tables = await chainTables(pool);
    const replay = new NaiveReplay(deployment, tables);
    const judge = new Judge(pool, bench, tables, replay, deployment.startBlock);
    const nodes = [new SimulatedNode(deployment.chainId), new SimulatedNode(deployment.chainId)];
    for (const node of nodes) await node.open();
    return new Stage({ recording, nodes, url, pool, tables, judge }, { dir, port, bench, postgres });
  }

  /** An empty database. */
  async clear(): Promise<void> {
    const more = [
      "journal",
      "checkpoint",
      "orphans",
      "outbox",
      "reorgs",
      "raw_blocks",
      "raw_logs",
      "raw_origin",
      "block_digests",
    ].map((name) => `ops.${name}`);
    // Written at once: a crash must not bring the schedule before back.
    await this.pool.query(
      `begin; set local synchronous_commit = on; ${emptied(this.tables, more)};
       update ops.outbox_horizon set block_number = -1; commit`,
    );
  }

  async restartPostgres(isCrash: boolean): Promise<void> {
    const { pid } = this.#postgres;
    // An immediate shutdown: no checkpoint is written, and the next start recovers from the log.
    if (isCrash && pid !== undefined) process.kill(pid, "SIGQUIT");
    await this.#postgres.stop();
    this.#postgres = await startPostgres({ dir: this.#dir, port: this.#port, fast: true });
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.close();
    for (const pool of [this.pool, this.#bench]) await pool.end();
    await this.#postgres.stop();
    for (const path of [this.#dir, postgresDir(this.#dir)]) rmSync(path, { recursive: true, force: true });
  }
}
