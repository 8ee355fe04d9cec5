import fc from "fast-check";
import { expect, it } from "vitest";
import { Shelf } from "./shelf.ts";

const told = (size: number) => ({ status: 200, type: "application/json", body: Buffer.alloc(size) });

it("never takes more room than it has, and knows what it takes", () => {
  const acts = fc.array(fc.tuple(fc.nat(30), fc.nat(4_000), fc.nat(2)), { maxLength: 200 });
  fc.assert(
    fc.property(acts, (all) => {
      const shelf = new Shelf(20_000);
      for (const [question, size, stamp] of all) {
        shelf.keep(String(question), String(stamp), told(size));
        expect(shelf.bytes).toBeLessThanOrEqual(20_000);
        expect(shelf.bytes).toBeGreaterThanOrEqual(0);
      }
      shelf.clear();
      expect(shelf.bytes).toBe(0);
    }),
  );
});

it("finds what was kept last, of the asked state alone", () => {
  const shelf = new Shelf(100_000);
  const [one, other] = [told(1), told(2)];
  shelf.keep("a", "1", one);
  expect(shelf.find("a", "1")).toBe(one);
  expect(shelf.find("a", "2")).toBeUndefined();
  shelf.keep("a", "2", other);
  expect(shelf.find("a", "1")).toBeUndefined();
  expect(shelf.find("a", "2")).toBe(other);
});

it("forgets first what nobody has asked for longest", () => {
  const shelf = new Shelf(9_100);
  for (const question of [..."abcdefghij"]) shelf.keep(question, "1", told(600));
  shelf.find("a", "1");
  shelf.keep("k", "1", told(600));
  expect(shelf.find("b", "1")).toBeUndefined();
  expect(shelf.find("a", "1")).toBeDefined();
});
