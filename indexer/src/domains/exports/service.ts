import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { newestBlock } from "../../platform/db/mirror/state.ts";
import { Snapshot } from "../../platform/db/reads/snapshot.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { exportedRows } from "../../platform/telemetry/metrics.ts";
import { columnsOf, type Finished, keepDigest, piecesOf } from "./repository.ts";
import { type ExportName, FETCH, type Format, Gate, heading, IDLE_MS, lineOf, MOST_AT_ONCE, MOST_MS } from "./rules.ts";

/** Longest time of one statement. */
const STATEMENT_MS = 30_000;

/** An export that has begun. */
export interface Begun {
  block: { number: number; hash: string };
  /** Its bytes; it reads no further than they are taken. */
  body: Readable;
  /** What it was, once all of its bytes are taken. */
  finished: () => Finished | undefined;
}

/** Exports of this process. */
export class Exports {
  readonly #kit: Pick<RouteKit, "places" | "pool" | "clock" | "log">;
  readonly #gate = new Gate(MOST_AT_ONCE);

  constructor(kit: Pick<RouteKit, "places" | "pool" | "clock" | "log">) {
    this.#kit = kit;
  }

  /**
   * Begins an export at one moment of the database.
   * @throws {Problem} 503 EXPORTS_BUSY, or NOTHING_INDEXED before the first block
   */
  async begin(name: ExportName, format: Format): Promise<Begun> {
    const leave = this.#gate.enter();
    const open = () => this.#kit.places.open({ upTo: undefined, atPrimary: false, timeoutMs: STATEMENT_MS });
    const moment = new Snapshot(open, STATEMENT_MS);
    const over = async () => {
      leave();
      await moment.end();
    };
    try {
      const block = await newestBlock(moment);
      if (!block) throw new Problem(503, "NOTHING_INDEXED", "nothing is indexed yet; try again later");
      const columns = await columnsOf(moment, name);
      return this.#flowing({ name, format, block, columns }, moment, over);
    } catch (error) {
      await over();
      throw error;
    }
  }

  #flowing(
    { name, format, block, columns }: Pick<Finished, "name" | "format" | "block"> & { columns: string[] },
    moment: Snapshot,
    over: () => Promise<void>,
  ): Begun {
    const { number, hash } = block;
    let finished: Finished | undefined;
    const lines = async function* (keep: (one: Finished) => Promise<void>) {
      const digest = createHash("sha256");
      const total = { rows: 0, bytes: 0 };
      const taken = (text: string) => {
        const bytes = Buffer.from(text);
        digest.update(bytes);
        total.bytes += bytes.length;
        return bytes;
      };
      try {
        const title = heading(format, columns);
        if (title !== "") yield taken(title);
        for await (const rows of piecesOf(moment, name, FETCH, IDLE_MS)) {
          total.rows += rows.length;
          exportedRows.inc(rows.length);
          yield taken(rows.map((row) => lineOf(format, columns, row)).join(""));
        }
        finished = { name, format, block: { number, hash }, ...total, sha256: digest.digest() };
        await keep(finished);
      } finally {
        await over();
      }
    };
    const body = Readable.from(
      lines((one) => this.#keep(one)),
      { objectMode: false },
    );
    const late = setTimeout(() => body.destroy(new Error("the export was not read in time")), MOST_MS);
    body.once("close", () => clearTimeout(late));
    // A generator that nobody has asked does not know that it ends.
    body.once("close", () => void over());
    return { block: { number, hash }, body, finished: () => finished };
  }

  async #keep(one: Finished): Promise<void> {
    const { name, format, block } = one;
    if (await keepDigest(this.#kit.pool, one, this.#kit.clock())) return;
    this.#kit.log.error({ name, format, block: block.number }, "one block was exported in two ways");
  }
}
