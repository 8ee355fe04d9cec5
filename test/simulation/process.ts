import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { projectionsOf } from "../../indexer/src/mirror.ts";
import { MIRROR_VERSION } from "../../indexer/src/platform/chain/edition/version.ts";
import { type Pace, Rpc, RpcError } from "../../indexer/src/platform/chain/rpc.ts";
import type { Proof } from "../../indexer/src/platform/chain/source.ts";
import { type Point, type Step, Sync } from "../../indexer/src/platform/chain/sync.ts";
import { type WriterLock, writerLock } from "../../indexer/src/platform/db/lock.ts";
import { openPool } from "../../indexer/src/platform/db/pool.ts";
import type { Table } from "../../indexer/src/platform/db/tables.ts";
import { FatalError } from "../../indexer/src/platform/errors.ts";
import { Gate } from "./world/gate.ts";

export interface ProcessSettings {
  database: string;
  urls: string[];
  deployment: Deployment;
  tables: Map<string, Table>;
  finalityDepth: number;
  proof: Proof;
  announcesHistory: boolean;
  overlaps: boolean;
  largestRange: number;
}

/** What became of one step. */
export type Outcome =
  | { kind: "stepped"; step: Step }
  /** Another process holds the lock. */
  | { kind: "waiting" }
  /** It will try again. */
  | { kind: "troubled"; problem: string }
  /** It has ended by itself: what it says must be expected. */
  | { kind: "ended"; code: string; problem: string }
  | { kind: "killed" }
  | { kind: "suspended" };

/** Codes by which a driver or the server says that a connection is gone. */
const goneCodes = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "57P01", "57P02", "57P03", "08006", "25P02"]);

function isConnectionGone(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string };
  return (
    (code !== undefined && goneCodes.has(code)) ||
    /Connection terminated|connection error|not queryable|Connection ended|Client was closed/i.test(message)
  );
}

/** Time that passes only when somebody waits: a rest of half a minute takes nothing. */
function simulatedPace(): Pace {
  let ms = 0;
  return {
    now: () => ms,
    pause: async (pause) => {
      ms += pause;
    },
    timeoutMs: 400,
  };
}

/** Something that the simulator does when a step reaches a point. */
export type Reaction = "kill" | "suspend" | "look";

interface Plan {
  point: Point;
  reaction: Reaction;
}

const forEver = () => new Promise<never>(() => undefined);

/**
 * A follower as `roles/sync.ts` runs it, without its timers: the same lock, the same engine, its own way to PostgreSQL.
 * Killed, it says nothing more to anybody: the step that it was in never goes on.
 */
export class SimulatedProcess {
  readonly #settings: ProcessSettings;
  readonly #gate: Gate;
  readonly #look: () => Promise<void>;
  readonly #rpc: Rpc;
  #pool: Pool | undefined;
  #lock: WriterLock | undefined;
  #locking: Promise<WriterLock> | undefined;
  #isWaiting = false;
  #sync: Sync | undefined;
  #plans: Plan[] = [];
  #dead = false;
  #resume: (() => void) | undefined;
  #going: Promise<Outcome> | undefined;
  #interrupted: ((outcome: Outcome) => void) | undefined;

  /** @param look Reads as a server of the API would. */
  constructor(settings: ProcessSettings, look: () => Promise<void>) {
    this.#settings = settings;
    this.#gate = new Gate(settings.database);
    this.#look = look;
    this.#rpc = new Rpc(settings.urls, settings.deployment.chainId, simulatedPace());
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get isSuspended(): boolean {
    return this.#resume !== undefined && !this.#dead;
  }

  /** Whether it has the writer's right, or believes so. */
  get isWriter(): boolean {
    return this.#lock !== undefined && !this.#dead;
  }

  async start(): Promise<Outcome | undefined> {
    await this.#gate.open();
    this.#pool = openPool(this.#gate.url, { max: 4, name: "tburn-sync" });
    try {
      await this.#rpc.requireChain();
      await new Promise<void>((resolve, reject) => {
        this.#locking = writerLock(this.#gate.url, () => {
          this.#isWaiting = true;
          resolve();
        });
        this.#locking.then((lock) => {
          this.#lock = lock;
          this.#isWaiting = false;
          resolve();
        }, reject);
      });
      return undefined;
    } catch (error) {
      return this.#ended(error);
    }
  }

  plan(point: Point, reaction: Reaction): void {
    this.#plans.push({ point, reaction });
  }

  /** Dies, or only loses its connections, after so many messages. */
  breakAfter(messages: number, direction: "asked" | "answered", isDeadly: boolean): void {
    this.#gate.after(messages, direction, () => {
      if (isDeadly) this.kill();
      else this.#gate.cut();
    });
  }

  dropConnections(): void {
    this.#gate.cut();
  }

  kill(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#gate.close();
    this.#interrupted?.({ kind: "killed" });
    void this.#pool?.end().catch(() => undefined);
    void this.#locking?.then(
      (lock) => lock.release(),
      () => undefined,
    );
  }

  /** Waits until a lock that nobody holds any more is its own. */
  async takeOver(): Promise<void> {
    if (!this.#isWaiting || !this.#locking) return;
    await this.#locking.catch(() => undefined);
    this.#isWaiting = false;
  }

  /** One turn of the follower's loop. */
  async step(): Promise<Outcome> {
    if (this.#isWaiting) return { kind: "waiting" };
    // It fell asleep after its last step, in the midst of what that had left to be written.
    if (this.isSuspended) return { kind: "suspended" };
    this.#going = this.#attempt();
    return this.#either();
  }

  /** Lets a suspended process go on. */
  async resume(): Promise<Outcome> {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
    return this.#either();
  }

  #either(): Promise<Outcome> {
    const interrupted = new Promise<Outcome>((resolve) => {
      this.#interrupted = resolve;
    });
    return Promise.race([this.#going ?? forEver(), interrupted]);
  }

  async #attempt(): Promise<Outcome> {
    try {
      if (!this.#lock || this.#lock.isLost())
        throw new FatalError("LOCK_LOST", "the connection that holds the writer's lock is gone");
      this.#sync ??= this.#engine();
      return { kind: "stepped", step: await this.#sync.step() };
    } catch (error) {
      if (this.#dead) return { kind: "killed" };
      if (error instanceof FatalError) return this.#ended(error);
      const problem = error instanceof Error ? error.message : String(error);
      if (error instanceof RpcError || isConnectionGone(error)) return { kind: "troubled", problem };
      return this.#ended(error);
    }
  }

  #ended(error: unknown): Outcome {
    const code = error instanceof FatalError ? error.code : isConnectionGone(error) ? "DATABASE_GONE" : "UNEXPECTED";
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // It says itself what became of it.
    this.#interrupted = undefined;
    this.kill();
    return { kind: "ended", code, problem };
  }

  #engine(): Sync {
    const { deployment, tables, finalityDepth, proof, announcesHistory, overlaps, largestRange } = this.#settings;
    if (!this.#pool) throw new Error("the process has not been started");
    return new Sync({
      pool: this.#pool,
      rpc: this.#rpc,
      deployment,
      version: MIRROR_VERSION,
      tables,
      finalityDepth,
      proof,
      announcesHistory,
      largestRange,
      ...(overlaps && { overlapBeyond: 0 }),
      projectionsOf,
      reached: (point) => this.#reached(point),
    });
  }

  async #reached(point: Point): Promise<void> {
    if (this.#dead) return forEver();
    const at = this.#plans.findIndex((plan) => plan.point === point);
    if (at < 0) return;
    const [plan] = this.#plans.splice(at, 1);
    if (plan?.reaction === "look") return this.#look();
    if (plan?.reaction === "kill") {
      this.kill();
      return forEver();
    }
    // Asleep for so long that the server of the lock has given it up.
    this.#gate.cut("lock");
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      this.#interrupted?.({ kind: "suspended" });
    });
  }
}
