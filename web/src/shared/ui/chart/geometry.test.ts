import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HEIGHT, layout, roundUp } from "./geometry.ts";

describe("roundUp", () => {
  it("never cuts the highest value off", () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (max) => roundUp(max) >= max * 0.999));
  });
  it("draws something for nothing", () => expect(roundUp(0)).toBe(1));
});

describe("layout", () => {
  it("counts blocks in whole numbers", () => {
    for (const most of [0, 1, 3, 7, 90]) {
      const { ticks, top } = layout([{ label: "", values: [most] }], false, true);
      expect(ticks.filter(({ value }) => !Number.isInteger(value))).toEqual([]);
      expect(top).toBeGreaterThanOrEqual(most);
    }
  });
  it("keeps every value inside the drawing", () => {
    const values = fc.array(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, (rows) => {
        const at = layout(
          rows.map((row) => ({ label: "", values: row })),
          true,
        );
        return rows.every(([a = 0, b = 0]) => at.y(a + b) >= 0 && at.y(a + b) <= HEIGHT);
      }),
    );
  });
});
