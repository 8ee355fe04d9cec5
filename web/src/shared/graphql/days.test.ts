import { describe, expect, it } from "vitest";
import { everyDay } from "./days.ts";

describe("everyDay", () => {
  it("fills what lies between and up to the last day", () => {
    const days = [
      { day: 1, level: 5 },
      { day: 4, level: 7 },
    ];
    const filled = everyDay(days, 5, (before, day) => ({ day, level: before.level }));
    expect(filled.map(({ day, level }) => [day, level])).toEqual([
      [1, 5],
      [2, 5],
      [3, 5],
      [4, 7],
      [5, 7],
    ]);
    expect(everyDay([], 3, (before) => before)).toEqual([]);
  });
});
