import fc from "fast-check";
import { expect, it } from "vitest";
import type { Hex } from "../rpc.ts";
import { bloomOf, mayContain } from "./bloom.ts";

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((b): Hex => `0x${Buffer.from(b).toString("hex")}`);

it("announces everything that was put in", () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ address: bytes(20), topics: fc.array(bytes(32), { maxLength: 4 }) }), { maxLength: 8 }),
      (logs) => {
        const bloom = bloomOf(logs);
        for (const value of logs.flatMap(({ address, topics }) => [address, ...topics]))
          expect(mayContain(bloom, value)).toBe(true);
      },
    ),
  ));

it("is certain of what an empty block does not contain", () =>
  expect(mayContain(bloomOf([]), "0x0000000000000000000000000000000000000001")).toBe(false));
