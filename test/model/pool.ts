import { Amount, sum } from "./amount.ts";
import { Fraction, whole } from "./fraction.ts";

/** A pool is wiped below one token for so many shares. */
const MOST_SHARES_PER_TOKEN = 1_000_000_000n;

/** Tokens by holder. There are no shares: each has what it brought, less its part of every slash. */
export class Pool {
  readonly holders = new Map<bigint, Amount>();
  /** What is left of a token that has been here since the pool was last empty. */
  price = Fraction.one;

  valueOf(holder: bigint): Amount {
    return this.holders.get(holder) ?? Amount.zero;
  }

  total(): Amount {
    return sum(this.holders.values());
  }

  /** Shares that the contract should count, but for its roundings. */
  shares(): Fraction {
    return this.total().exact.over(this.price);
  }

  /**
   * Adds to what `holder` has. Shares are minted rounded down: up to one share's price moves from who enters to all.
   * @param unit A share's price in whole units, rounded up.
   */
  enter(holder: bigint, amount: Amount, unit: bigint): void {
    if (this.holders.size === 0) {
      this.price = Fraction.one;
      this.holders.set(holder, amount);
      return;
    }
    this.holders.set(holder, this.valueOf(holder).plus(amount).rounded(unit));
    this.#gain(unit);
  }

  /** Takes `part` of what `holder` has, rounded down in favour of who stays; the last one takes all. */
  leave(holder: bigint, part: Fraction): Amount {
    const held = this.holders.get(holder);
    if (held === undefined) return Amount.zero;
    const isWhole = !part.isBelow(Fraction.one);
    const isLast = isWhole && this.holders.size === 1;
    const taken = held.part(part);
    if (isWhole) this.holders.delete(holder);
    else this.holders.set(holder, held.part(Fraction.one.less(part)));
    if (isLast) return taken;
    this.#gain(1n);
    return taken.rounded(1n);
  }

  /**
   * Burns what `holder` owes, at most all it has. Shares burn rounded up: up to one share's price moves to the others.
   * @param isClosed Whether nothing is left for the contract; then no more than roundings may be left here.
   */
  burn(holder: bigint, owed: Amount, unit: bigint, isClosed: boolean): void {
    const left = this.valueOf(holder)
      .less(owed)
      .rounded(unit + 1n, 1n);
    if (isClosed && !left.admits(0n)) throw new Error(`closed ${holder} with ${left.exact.floor()} left`);
    if (isClosed) this.holders.delete(holder);
    else this.holders.set(holder, left);
    this.#gain(unit + 1n);
  }

  /**
   * Leaves `ratio` of everything; what remains is rounded down once for all.
   * @param isWiped What the contract did; where roundings decide it is believed, elsewhere it must be right.
   */
  slash(ratio: Fraction, isWiped: boolean): void {
    if (this.holders.size === 0) {
      if (isWiped) throw new Error("an empty pool was wiped");
      return;
    }
    const limit = this.shares().over(whole(MOST_SHARES_PER_TOKEN));
    this.price = this.price.times(ratio);
    for (const [holder, held] of this.holders) this.holders.set(holder, held.part(ratio).rounded(1n));
    const { exact, below, above } = this.total();
    if (isWiped && limit.plus(whole(below + 2n)).isBelow(exact)) throw new Error("wiped with too much left");
    if (!isWiped && exact.plus(whole(above + 2n)).isBelow(limit)) throw new Error("kept with too little left");
    if (isWiped) this.holders.clear();
  }

  #gain(units: bigint): void {
    for (const [holder, held] of this.holders) this.holders.set(holder, held.rounded(0n, units));
  }
}
