import { setTimeout } from "node:timers/promises";
import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import type { Env } from "../env.ts";
import { projectionsOf } from "../mirror.ts";
import { watchHeads } from "../platform/chain/heads.ts";
import { Rpc } from "../platform/chain/rpc.ts";
import type { Blocks } from "../platform/chain/source.ts";
import { type Step, Sync } from "../platform/chain/sync.ts";
import { OTHER_VERSION } from "../platform/db/checkpoint.ts";
import { type WriterLock, writerLock } from "../platform/db/lock.ts";
import { writeReport } from "../platform/db/mirror/state.ts";
import { openPool } from "../platform/db/pool.ts";
import { chainTables } from "../platform/db/tables.ts";
import { FatalError } from "../platform/errors.ts";
import type { Log } from "../platform/telemetry/log.ts";
import { headBlock, indexedBlock } from "../platform/telemetry/metrics.ts";
import { Rest } from "../platform/time/rest.ts";

/** How often a follower that has nothing to do says that it lives. */
const REPORT_MS = 1_000;
/** How long a process of another release leaves the lock to the one that may follow. */
const OTHERS_TURN_MS = 500;
/** Steps in a row that may fail before readiness does: one may be a reorganisation in the midst of an answer. */
const PATIENCE = 3;

/** Endpoints of the environment, their troubles told to the log. */
export function openRpc(env: Env, log: Log): Rpc {
  const rpc = new Rpc(env.rpcUrls, env.chainId);
  rpc.onTrouble = (endpoint, error) => log.warn({ endpoint, problem: error.message }, "endpoint failed");
  return rpc;
}

/** The engine over the environment's database and endpoints. @param kept Tells from what is kept, in place of `rpc`. */
export const openSync = async (env: Env, deployment: Deployment, pool: Pool, rpc: Rpc, kept?: Blocks) =>
  new Sync({
    kept,
    pool,
    rpc,
    deployment,
    version: env.mirrorVersion,
    tables: await chainTables(pool),
    finalityDepth: env.finalityDepth,
    announcesHistory: env.announcesHistory,
    proof: env.verifyLogs,
    projectionsOf,
  });

/** Follows the chain until stopped. */
class Follower {
  readonly #env: Env;
  readonly #deployment: Deployment;
  readonly #log: Log;
  readonly #pool: Pool;
  readonly #rpc: Rpc;
  readonly #rest: Rest;
  readonly #stopping = new AbortController();
  #head = 0;
  #failures = 0;
  #reportedAt = 0;
  #reported = "";
  #waitsFor = "";

  constructor(env: Env, deployment: Deployment, log: Log) {
    this.#env = env;
    this.#deployment = deployment;
    this.#log = log;
    this.#pool = openPool(env.databaseUrl, { max: 4, name: "tburn-sync" });
    this.#rpc = openRpc(env, log);
    this.#rest = new Rest(env.pollMs);
  }

  stop(): void {
    this.#stopping.abort();
    this.#rest.hint();
  }

  /** @throws {FatalError} what cannot be healed by waiting. */
  async run(): Promise<void> {
    const heads = this.#env.rpcWsUrl ? watchHeads(this.#env.rpcWsUrl, () => this.#rest.hint()) : undefined;
    try {
      await this.#rpc.requireChain();
      while (!this.#isStopped) await this.#follow();
    } catch (error) {
      const problem = error instanceof FatalError ? `${error.code}: ${error.message}` : String(error);
      await this.#report(problem).catch(() => undefined);
      throw error;
    } finally {
      heads?.stop();
      await this.#pool.end();
    }
  }

  /** The writer's lock; undefined when stopped before it was free. */
  async #lock(): Promise<WriterLock | undefined> {
    const waiting = () => this.#log.info("another process follows the chain; waiting for it to end");
    try {
      return await writerLock(this.#env.databaseDirectUrl, waiting, this.#stopping.signal);
    } catch (error) {
      if (this.#isStopped) return undefined;
      throw error;
    }
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Follows as the only writer; returns when stopped, or when another release's mirror is in force. */
  async #follow(): Promise<void> {
    const lock = await this.#lock();
    if (!lock) return;
    let sync: Sync | undefined;
    try {
      sync = await openSync(this.#env, this.#deployment, this.#pool, this.#rpc);
      while (!this.#isStopped) {
        if (lock.isLost()) throw new FatalError("LOCK_LOST", "the connection that holds the writer's lock is gone");
        const step = await this.#attempt(sync);
        if (!step || step.kind === "idle") await this.#rest.until();
      }
    } catch (error) {
      if (!(error instanceof FatalError) || error.code !== OTHER_VERSION) throw error;
      if (this.#waitsFor !== error.message) this.#log.warn({ problem: error.message }, "waiting");
      this.#waitsFor = error.message;
    } finally {
      // Whoever follows next must not find a batch on its way.
      await sync
        ?.settle()
        .catch((error: Error) => this.#log.warn({ problem: error.message }, "the last batch is not kept"));
      await lock.release();
    }
    if (!this.#isStopped) await setTimeout(OTHERS_TURN_MS);
  }

  async #attempt(sync: Sync): Promise<Step | undefined> {
    try {
      const step = await sync.step();
      this.#failures = 0;
      this.#head = step.head;
      headBlock.set(step.head);
      indexedBlock.set(step.indexed);
      const { kind, indexed: block, head, events, depth } = step;
      if (kind === "advanced") this.#log.info({ block, head, events }, kind);
      if (kind === "reorganised") this.#log.warn({ block, head, depth }, kind);
      await this.#report(null);
      return step;
    } catch (error) {
      if (error instanceof FatalError) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.warn({ problem }, "will try again");
      if (++this.#failures >= PATIENCE) await this.#report(problem).catch(() => undefined);
      return undefined;
    }
  }

  async #report(problem: string | null): Promise<void> {
    const said = `${this.#head} ${problem}`;
    if (said === this.#reported && performance.now() - this.#reportedAt < REPORT_MS) return;
    this.#reported = said;
    this.#reportedAt = performance.now();
    await writeReport(this.#pool, { head: this.#head, problem, endpoints: this.#rpc.health() });
  }
}

/** Starts following; `done` resolves when stopped and rejects with what only a person can heal. */
export function startSync(env: Env, deployment: Deployment, log: Log): { done: Promise<void>; stop(): void } {
  const follower = new Follower(env, deployment, log);
  return { done: follower.run(), stop: () => follower.stop() };
}
