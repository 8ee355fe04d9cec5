import { expect, it } from "vitest";
import { trieRoot } from "./receipts.ts";

// Roots of ordered tries as every Ethereum client computes them.
it("gives the root of an empty list", () =>
  expect(trieRoot([])).toBe("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"));

it("depends on each value and on their order", () => {
  const values = Array.from({ length: 300 }, (_, i): `0x${string}` => `0x${(i + 1).toString(16).padStart(80, "0")}`);
  const root = trieRoot(values);
  expect(trieRoot([...values].reverse())).not.toBe(root);
  expect(trieRoot(values.slice(1))).not.toBe(root);
  expect(trieRoot([...values])).toBe(root);
});
