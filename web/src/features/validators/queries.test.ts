import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shuffled } from "./queries.ts";

const rows = fc.uniqueArray(fc.record({ validatorId: fc.integer({ min: 1, max: 5_000 }), active: fc.boolean() }), {
  selector: ({ validatorId }) => validatorId,
});

describe("shuffled", () => {
  it("keeps every validator, the inactive last, the same order for the same day", () => {
    fc.assert(
      fc.property(rows, fc.integer(), (list, seed) => {
        const order = shuffled(list, seed);
        const firstInactive = order.findIndex(({ active }) => !active);
        expect(order.toSorted((a, b) => a.validatorId - b.validatorId)).toEqual(
          list.toSorted((a, b) => a.validatorId - b.validatorId),
        );
        expect(order.slice(firstInactive < 0 ? order.length : firstInactive).every(({ active }) => !active)).toBe(true);
        expect(shuffled(list.toReversed(), seed)).toEqual(order);
      }),
    );
  });
});
