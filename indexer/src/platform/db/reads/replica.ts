import type { Pool } from "pg";
import { asVisitor } from "../../access/scope.ts";
import { replicaLagBlocks, replicaLagSeconds } from "../../telemetry/metrics.ts";
import { openPool } from "../pool.ts";
import { LagMeter } from "./lag.ts";
import { lsnOf } from "./lsn.ts";

const PROBE_MS = 200;
/** A server that has not answered for so long is taken to be away. */
const PATIENCE_MS = 1_000;

/** How late a replica may be to be read from. */
export interface Bounds {
  lagMs: number;
  lagBlocks: number;
}

interface Seen {
  lsn: string | null;
  block: string | null;
}

const PRIMARY = "select pg_current_wal_flush_lsn()::text as lsn, (select block_number from ops.checkpoint) as block";
const REPLICA = `select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end)::text as lsn,
  (select block_number from ops.checkpoint) as block`;

/** Watches how far a replica is behind its primary. Both are asked on connections that no reader waits for. */
export class Replica {
  /** Where answers are read. */
  readonly pool: Pool;
  readonly #bounds: Bounds;
  readonly #ask: { primary: Pool; replica: Pool };
  readonly #meter = new LagMeter();
  #blocks = 0;
  #primaryBlock = 0;
  #isHere = false;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(urls: { primary: string; replica: string }, pool: Pool, bounds: Bounds) {
    this.pool = pool;
    this.#bounds = bounds;
    const watcher = { max: 1, timeoutMs: PATIENCE_MS, connectMs: PATIENCE_MS, name: "tburn-replica-watch" };
    this.#ask = { primary: openPool(urls.primary, watcher), replica: openPool(urls.replica, watcher) };
  }

  /** Whether it may be read from by whoever has written nothing. */
  get isNear(): boolean {
    const { ms } = this.#meter;
    return this.#isHere && ms !== undefined && ms <= this.#bounds.lagMs && this.#blocks <= this.#bounds.lagBlocks;
  }

  async start(): Promise<void> {
    await this.#look();
    this.#again();
  }

  /** It failed a reader; it is left alone until it answers again. */
  lost(): void {
    this.#isHere = false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all([this.#ask.primary.end(), this.#ask.replica.end(), this.pool.end()]);
  }

  #again(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#look().then(() => this.#again()), PROBE_MS);
  }

  async #look(): Promise<void> {
    // The primary first: what it had written before the replica was asked, the replica can have.
    await this.#lookAtPrimary().catch(() => undefined);
    await this.#lookAtReplica().catch(() => this.lost());
    replicaLagSeconds.set(this.#isHere && this.#meter.ms !== undefined ? this.#meter.ms / 1_000 : Number.NaN);
    replicaLagBlocks.set(this.#isHere ? this.#blocks : Number.NaN);
  }

  async #lookAtPrimary(): Promise<void> {
    const at = performance.now();
    const { lsn, block } = await seen(this.#ask.primary, PRIMARY);
    if (lsn !== null) this.#meter.primaryHas(lsnOf(lsn), at);
    this.#primaryBlock = Number(block ?? 0);
  }

  async #lookAtReplica(): Promise<void> {
    const { lsn, block } = await seen(this.#ask.replica, REPLICA);
    // A server that has been promoted follows nobody: what it says is its own.
    this.#isHere = lsn !== null;
    if (lsn !== null) this.#meter.replicaHas(lsnOf(lsn));
    this.#blocks = Math.max(this.#primaryBlock - Number(block ?? 0), 0);
  }
}

async function seen(pool: Pool, query: string): Promise<Seen> {
  const { rows } = await asVisitor(() => pool.query<Seen>(query));
  if (!rows[0]) throw new Error("a look answers with one row");
  return rows[0];
}
