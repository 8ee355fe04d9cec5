import { Fraction, whole } from "./fraction.ts";

/**
 * What something is worth exactly, and how far roundings may have taken the contract's own fraction from it: the
 * contract's lies in [exact − below, exact + above]. Both count roundings, each of one unit at most.
 */
export class Amount {
  static readonly zero = new Amount(Fraction.zero);

  readonly exact: Fraction;
  readonly below: bigint;
  readonly above: bigint;

  constructor(exact: Fraction, below = 0n, above = 0n) {
    this.exact = exact;
    this.below = below;
    this.above = above;
  }

  static of(tokens: bigint): Amount {
    return new Amount(whole(tokens));
  }

  plus(other: Amount): Amount {
    return new Amount(this.exact.plus(other.exact), this.below + other.below, this.above + other.above);
  }

  /** Never less than nothing, on either side. */
  less(other: Amount): Amount {
    return new Amount(this.exact.less(other.exact), this.below + other.above, this.above + other.below);
  }

  /** The part `ratio` ≤ 1 of it; roundings of the whole may all have hit the part. */
  part(ratio: Fraction): Amount {
    return new Amount(this.exact.times(ratio), this.below, this.above);
  }

  /** As it is after roundings down by `below` units and up by `above`. */
  rounded(below: bigint, above = 0n): Amount {
    return new Amount(this.exact, this.below + below, this.above + above);
  }

  /** Units by which the contract may be off, in either direction. */
  get slack(): bigint {
    if (this.below > this.above) return this.below;
    return this.above;
  }

  /** Whether the contract, which shows whole units rounded down, may show `tokens`. */
  admits(tokens: bigint): boolean {
    const highest = this.exact.plus(whole(this.above));
    return !highest.isBelow(whole(tokens)) && this.exact.isBelow(whole(tokens + this.below + 1n));
  }
}

export const sum = (amounts: Iterable<Amount>) => [...amounts].reduce((total, one) => total.plus(one), Amount.zero);
