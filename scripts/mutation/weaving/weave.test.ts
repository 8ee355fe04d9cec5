import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chosen } from "../choose.ts";
import { analysed, errorsOf } from "./compile.ts";
import { constantsOf, sitesOf } from "./sites.ts";
import { LIBRARY, type Mutant, mutantAt, numbered, weave } from "./weave.ts";

const library = readFileSync(join(import.meta.dirname, "Mutant.sol"), "utf8");
const file = "contracts/staking/Bank.sol";

/** A contract with `body` as its one function's, its mutants, and the woven source. */
function bank(body: string, returns = "uint256") {
  const source = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;
contract Bank {
    uint256 private constant LIMIT = 10;
    uint256 public total;
    event Paid(uint256 amount);
    error TooMuch();
    modifier whenSmall() {
        if (total > LIMIT) revert TooMuch();
        _;
    }
    function pay(uint256 a, uint256 b) external whenSmall returns (${returns}) { ${body} }
}`;
  const bytes = Buffer.from(source);
  const ast = analysed({ [file]: source }).sources[file]?.ast;
  if (!ast) throw new Error("the source does not compile");
  const all = numbered(
    sitesOf(ast, file, bytes, constantsOf([ast])),
    () => bytes,
    () => false,
  );
  return { all, code: weave(bytes, all), bytes };
}

const changes = (all: Mutant[]) =>
  all.filter(({ key }) => key.includes("Bank.pay: ")).map(({ key }) => key.replace(/^.*Bank\.pay: /, ""));

const promises: [promise: string, body: string, expected: string[]][] = [
  ["sums are turned", "return a + b;", ["return a + b; → nothing", "a + b → (a - b)"]],
  [
    "a guard is left out, its bound moved, its answer turned",
    "if (a < b) revert TooMuch();",
    ["a < b → false", "a < b → (a <= b)", "a < b → (a >= b)"],
  ],
  [
    "uses of constants and numbers are off by one",
    "return LIMIT * 3;",
    ["return LIMIT * 3; → nothing", "LIMIT * 3 → (LIMIT / 3)", "LIMIT → (LIMIT + 1)", "3 → 4"],
  ],
  ["events are left out", "emit Paid(a);", ["emit Paid(a); → nothing"]],
  ["assignments are left out and turned", "total += a;", ["total += a; → nothing", "total += a → total -= a"]],
  [
    "branches are swapped",
    "total = a == b ? a : b;",
    ["total = a == b ? a : b; → nothing", "a == b ? a : b → (a == b ? b : a)", "a == b → (a != b)"],
  ],
];

describe("the mutants of a function", () => {
  test.each(promises)("%s", (_promise, body, expected) => {
    expect(changes(bank(body).all).sort()).toEqual(["whenSmall → nothing", ...expected].sort());
  });

  test("spare a reference that has no value without its assignment", () => {
    const { all } = bank(
      "uint256[] storage x; x = list; return x.length; } uint256[] private list; function f() external {",
    );
    expect(changes(all)).not.toContain("x = list; → nothing");
  });
});

describe("woven code", () => {
  const everything =
    "(uint256 x, ) = (a, b); for (uint256 i; i < x; ++i) { if (i == 2) continue; total += i; } if (!(a > b && b != 0)) return x; else emit Paid(x); return (a * b) % LIMIT;";

  test("compiles with every form of statement in it", () => {
    const { code } = bank(everything);
    expect(errorsOf(analysed({ [file]: code, [LIBRARY]: library })).map((one) => one.formattedMessage)).toEqual([]);
  });

  test("holds the original beside each version", () => {
    const { code } = bank("return a + b;");
    expect(code).toMatch(/if \(Mutant\.within\(\d+, \d+\)\) \{.*\(a - b\).*\} else \{ return a \+ b; \}/);
  });

  test("tells which mutant stands where the compiler complains", () => {
    const { code, all } = bank("return a + b;");
    const minus = all.find(({ with: text }) => text === "(a - b)");
    expect(mutantAt(code, Buffer.from(code).indexOf("(a - b)"))).toBe(minus?.id);
    expect(mutantAt(code, Buffer.from(code).indexOf("else { return a + b"))).toBe(undefined);
  });
});

describe("a sample", () => {
  test("is the same for a seed, and holds the smaller samples of it", () => {
    const { all } = bank("return a * b + a / b - a * 2 - b * 3 + a * 4;");
    const of = (sample: number, seed: string) =>
      chosen(all, { files: [], only: undefined, sample, seed }).map(({ id }) => id);
    expect(of(8, "1")).toEqual(of(8, "1"));
    expect(of(12, "1")).toEqual(expect.arrayContaining(of(8, "1")));
    expect(of(8, "2")).not.toEqual(of(8, "1"));
  });
});
