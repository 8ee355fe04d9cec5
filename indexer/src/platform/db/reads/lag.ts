import type { Lsn } from "./lsn.ts";

/** Looks at the primary that are kept while a replica stands still. */
const MOST = 1_000;

/**
 * How late a replica is, by this process's clock alone: a replica that has replayed what the primary had written at a
 * moment is not later than that moment. An idle primary makes nobody late, and clocks of two machines are not compared.
 */
export class LagMeter {
  /** What the primary had written, and when it was asked; what a replica has replayed since is gone. */
  readonly #written: { lsn: Lsn; at: number }[] = [];
  #askedAt: number | undefined;
  #coveredAt: number | undefined;
  #replayed: Lsn | undefined;

  /** @param at Milliseconds, taken before it was asked. */
  primaryHas(lsn: Lsn, at: number): void {
    this.#askedAt = at;
    if (this.#written.length < MOST) this.#written.push({ lsn, at });
  }

  replicaHas(lsn: Lsn): void {
    // Another server behind the same address: what was known of the one before says nothing of it.
    if (this.#replayed !== undefined && lsn < this.#replayed) this.#coveredAt = undefined;
    this.#replayed = lsn;
    for (let first = this.#written[0]; first && first.lsn <= lsn; first = this.#written[0]) {
      this.#coveredAt = first.at;
      this.#written.shift();
    }
  }

  /**
   * Milliseconds that the replica was behind when the primary was last asked; undefined before it is known. While the
   * primary is away it stays as it was: nothing is written that could be missed.
   */
  get ms(): number | undefined {
    return this.#coveredAt === undefined || this.#askedAt === undefined ? undefined : this.#askedAt - this.#coveredAt;
  }
}
