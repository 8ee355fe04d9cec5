import { describe, expect, it } from "vitest";
import { fromShown, ONE_SHARE, toShown, worthOf } from "./shares.ts";

const UNIT = 10n ** 18n;

describe("shares of the vault", () => {
  it("are shown in eighteen decimals", () => expect(toShown(3n * ONE_SHARE + 999_999n)).toBe(3n * UNIT));
  it("mean all that is held where all is typed", () => {
    const held = 3n * ONE_SHARE + 7n;
    expect(fromShown(toShown(held), held)).toBe(held);
    expect(fromShown(UNIT, held)).toBe(ONE_SHARE);
  });
  it("are worth their part of all assets", () => {
    expect(worthOf(ONE_SHARE, 200n * UNIT, 100n * ONE_SHARE)).toBe(2n * UNIT - 1n);
    expect(worthOf(ONE_SHARE, 0n, 0n)).toBe(UNIT);
  });
});
