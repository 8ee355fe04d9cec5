import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { open, type Place, SealBroken, seal, versionOf } from "./envelope.ts";

const place: Place = { table: "member_pii", column: "email", memberId: "m1", rowId: "m1" };
const key = { version: 3, bytes: randomBytes(32) };

describe("a sealed value", () => {
  it("opens to the same text in its place, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(open(seal(text, key, place), key, place)).toBe(text);
      }),
    );
  });

  it("is never twice the same", () => {
    expect(seal("a", key, place).equals(seal("a", key, place))).toBe(false);
  });

  it("names the version of its key", () => {
    expect(versionOf(seal("a", key, place))).toBe(3);
  });

  it.each(["table", "column", "memberId", "rowId"] as const)("opens in no other %s", (part) => {
    const sealed = seal("kim@example.com", key, place);
    expect(() => open(sealed, key, { ...place, [part]: "other" })).toThrow(SealBroken);
  });

  it("keeps places apart whose parts only read alike together", () => {
    const sealed = seal("a", key, { ...place, memberId: "ab", rowId: "c" });
    expect(() => open(sealed, key, { ...place, memberId: "a", rowId: "bc" })).toThrow(SealBroken);
  });

  it("opens under no other key of the same version", () => {
    expect(() => open(seal("a", key, place), { version: 3, bytes: randomBytes(32) }, place)).toThrow(/another key/);
  });

  it("opens after no change of any byte", () => {
    const sealed = seal("legal name", key, place);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(() => open(changed, key, place)).toThrow(SealBroken);
      }),
    );
  });

  it("opens not when its end is cut off", () => {
    const sealed = seal("legal name", key, place);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), (length) => {
        expect(() => open(sealed.subarray(0, length), key, place)).toThrow(SealBroken);
      }),
    );
  });
});
