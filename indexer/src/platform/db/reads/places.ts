import type DataLoader from "dataloader";
import type { Pool, PoolClient } from "pg";
import { asVisitor } from "../../access/scope.ts";
import { reads } from "../../telemetry/metrics.ts";
import { together } from "../load/together.ts";
import { type Sql, Walled } from "../pool.ts";
import { type Lsn, lsnOf } from "./lsn.ts";
import type { Replica } from "./replica.ts";
import { noteWrite } from "./written.ts";

/** An answer's transaction, and where it is. */
export interface Opened {
  client: PoolClient;
  sql: Walled;
  /** Called when the server fails in the middle of it, and another one could answer instead. */
  lost?: () => void;
}

/** What an answer has to hold. */
export interface Needs {
  /** Everything that was written up to here; undefined if nothing in particular. */
  upTo: Lsn | undefined;
  /** Whether it must be read where it is written. */
  atPrimary: boolean;
  /** Longest time of a statement. */
  timeoutMs: number;
}

const REPLAYED = "select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end)::text as lsn";

/** Why an answer is read where it is, as the metrics tell it. */
type Because = "alone" | "near" | "far" | "unreplayed" | "failed" | "writes";

/**
 * Begins an answer: one moment of one server. One simple query: through a pooler the timeout must not outlive it. The lock
 * comes before the first thing seen: as long as it is held, no other mirror takes the name `chain`.
 */
export function beginAnswer(client: PoolClient, timeoutMs: number): Walled {
  const begin = `begin isolation level repeatable read read only; set local statement_timeout = ${timeoutMs};
    lock table chain.blocks in access share mode`;
  return new Walled(client, begin);
}

/** Where answers are read: at a replica that is near enough, else where they are written. */
export class Places {
  readonly #primary: Pool;
  readonly #replica: Replica | undefined;
  readonly #present: DataLoader<"now", Lsn>;

  constructor(primary: Pool, replica: Replica | undefined) {
    this.#primary = primary;
    this.#replica = replica;
    this.#present = together((questions) => asVisitor(() => this.#presentOf(questions)));
  }

  /** Begins an answer. The caller ends it. */
  async open(needs: Needs): Promise<Opened> {
    const replica = this.#replica;
    if (!replica) return this.#atPrimary(needs, "alone");
    if (needs.atPrimary) return this.#atPrimary(needs, "writes");
    if (!replica.isNear) return this.#atPrimary(needs, "far");
    try {
      const opened = await this.#atReplica(replica, needs);
      return opened ?? this.#atPrimary(needs, "unreplayed");
    } catch {
      replica.lost();
      return this.#atPrimary(needs, "failed");
    }
  }

  /** How far the primary is now, for an answer about what has just been heard of; undefined where nobody is behind it. */
  async present(): Promise<Lsn | undefined> {
    return this.#replica && this.#present.load("now");
  }

  /** Notes that a member has written, for its next answers at any process. */
  async wrote(memberId: string): Promise<void> {
    await noteWrite(this.#primary, memberId);
  }

  async #atPrimary({ timeoutMs }: Needs, because: Because): Promise<Opened> {
    const client = await this.#primary.connect();
    reads.inc({ place: "primary", because });
    return { client, sql: beginAnswer(client, timeoutMs) };
  }

  /** @returns undefined if the replica does not have what is needed yet */
  async #atReplica(replica: Replica, { upTo, timeoutMs }: Needs): Promise<Opened | undefined> {
    const client = await replica.pool.connect();
    try {
      // Asked on this very connection and before its moment begins: what was replayed by then is in it.
      const asked = upTo === undefined ? undefined : client.query<{ lsn: string | null }>(REPLAYED);
      const sql = beginAnswer(client, timeoutMs);
      const lsn = (await asked)?.rows[0]?.lsn;
      await sql.begun;
      if (upTo !== undefined && (!lsn || lsnOf(lsn) < upTo)) {
        await sql.end();
        client.release();
        return undefined;
      }
      reads.inc({ place: "replica", because: "near" });
      return { client, sql, lost: () => replica.lost() };
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #presentOf(questions: readonly unknown[]): Promise<Lsn[]> {
    const { rows } = await (this.#primary as Sql).query<{ lsn: string }>(
      "select pg_current_wal_insert_lsn()::text as lsn",
    );
    const lsn = lsnOf(rows[0]?.lsn ?? "");
    return questions.map(() => lsn);
  }
}
