/** Greatest common divisor of two numbers that are not negative. */
function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** An exact fraction, never negative and never rounded. */
export class Fraction {
  static readonly zero = new Fraction(0n);
  static readonly one = new Fraction(1n);

  readonly top: bigint;
  readonly bottom: bigint;

  constructor(top: bigint, bottom = 1n) {
    if (top < 0n || bottom <= 0n) throw new Error(`no fraction: ${top}/${bottom}`);
    const common = top === 0n ? bottom : divisor(top, bottom);
    this.top = top / common;
    this.bottom = bottom / common;
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  /** The difference, or zero where `other` is larger. */
  less(other: Fraction): Fraction {
    if (this.isBelow(other)) return Fraction.zero;
    return new Fraction(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom);
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom);
  }

  over(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom, this.bottom * other.top);
  }

  isBelow(other: Fraction): boolean {
    return this.top * other.bottom < other.top * this.bottom;
  }

  /** The smallest whole number that is not below it. */
  ceil(): bigint {
    return (this.top + this.bottom - 1n) / this.bottom;
  }

  floor(): bigint {
    return this.top / this.bottom;
  }
}

export const whole = (n: bigint) => new Fraction(n);
