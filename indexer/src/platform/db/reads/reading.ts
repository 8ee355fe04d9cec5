import type pg from "pg";
import type { Sql } from "../pool.ts";
import { type Lsn, laterOf, lsnOf } from "./lsn.ts";
import type { Places } from "./places.ts";
import { Snapshot } from "./snapshot.ts";

export interface ReadingOptions {
  places: Pick<Places, "open" | "present">;
  timeoutMs: number;
  /** How far the log was when the asker last wrote (`pg_lsn`), by what is known of it now. */
  wroteAt: () => string | undefined;
}

/** The answers of one asker, each of one moment: what it has written, and what it was told of, is in them. */
export class Reading implements Sql {
  readonly #options: ReadingOptions;
  #heardOf: Lsn | undefined;
  #atPrimary = false;
  #snapshot: Snapshot;

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.#snapshot = this.#begin();
  }

  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>> {
    return this.#snapshot.query<R>(text, values);
  }

  /** Whether what the answer is read from has failed in the middle of it. */
  get isLost(): boolean {
    return this.#snapshot.isLost;
  }

  /** Ends the answer and begins another one, of a later moment. @param place Whether it must be where it is written. */
  async next(place: "anywhere" | "primary"): Promise<void> {
    const old = this.#snapshot;
    this.#atPrimary = place === "primary";
    this.#snapshot = this.#begin();
    await old.end();
  }

  /** Lets the next answers hold everything that is written by now. */
  async catchUp(): Promise<void> {
    this.#heardOf = await this.#options.places.present();
  }

  end(): Promise<void> {
    return this.#snapshot.end();
  }

  #begin(): Snapshot {
    const { places, timeoutMs, wroteAt } = this.#options;
    const open = () => {
      const own = wroteAt();
      const upTo = laterOf(this.#heardOf, own === undefined ? undefined : lsnOf(own));
      return places.open({ upTo, atPrimary: this.#atPrimary, timeoutMs });
    };
    return new Snapshot(open, timeoutMs);
  }
}
