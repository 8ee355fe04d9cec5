import { describe, expect, it } from "vitest";
import { formatTime } from "../format/number.ts";
import { wordArgument } from "./events.ts";

describe("wordArgument", () => {
  it("tells amounts in tokens", () => expect(wordArgument("taken", "1500000000000000000", "en")).toBe("1.5 TBURN"));
  it("tells deadlines as dates, but not one that is unset", () => {
    expect(wordArgument("appealBy", 1_900_000_000, "en")).toBe(formatTime(1_900_000_000, "en"));
    expect(wordArgument("until", 0, "en")).toBe("0");
  });
  it("tells fractions and rates in per cent", () => {
    expect(wordArgument("fraction", "50000000000000000", "en")).toBe("5%");
    expect(wordArgument("uptimeBps", 9_950, "en")).toBe("99.5%");
  });
  it("leaves the rest as it is", () => {
    expect(wordArgument("validatorId", 7, "en")).toBe("7");
    expect(wordArgument("key", { a: 1 }, "en")).toBe('{"a":1}');
  });
});
