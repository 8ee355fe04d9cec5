import { errorsAbi } from "@tburn/deployments/abi/errors";
import { encodeErrorResult } from "viem";
import { describe, expect, it } from "vitest";
import { formatTime } from "../format/number.ts";
import { later } from "../i18n/en/later.ts";
import { words as first } from "../i18n/en.ts";
import type { Translate } from "../i18n/i18n.ts";
import { wordRefusal } from "./refusal.ts";
import { toRefusal } from "./revert.ts";

const words = { ...first, ...later };
const t: Translate = (key, values = {}) => {
  const text = words[key];
  if (text === undefined) return key;
  const whole = typeof text === "string" ? text : text.other;
  return whole.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
};

const worded = async (data: `0x${string}`) => wordRefusal(await toRefusal({ data }), t, "en");
const until = 1_900_000_000;

describe("a refusal", () => {
  it("tells a paused function and when it reopens", async () => {
    const data = encodeErrorResult({ abi: errorsAbi, errorName: "ProtocolPause_Paused", args: [5, until] });
    expect(await worded(data)).toBe(`This is paused: withdrawals. It reopens at ${formatTime(until, "en")}.`);
  });
  it("tells seconds as a duration, not as a date", async () => {
    const data = encodeErrorResult({
      abi: errorsAbi,
      errorName: "ProtocolPause_TooLong",
      args: [400_000, 299_000],
    });
    expect(await worded(data)).toBe("A pause may not last that long. Longest: 3 d 11 h");
  });
  it("tells a fraction in per cent", async () => {
    const data = encodeErrorResult({
      abi: errorsAbi,
      errorName: "SlashingManager_BadFraction",
      args: [10n ** 18n, 3n * 10n ** 17n],
    });
    expect(await worded(data)).toBe("The fraction is too high. Highest: 30%");
  });
  it("tells amounts in tokens and numbers as they are", async () => {
    const data = encodeErrorResult({
      abi: errorsAbi,
      errorName: "SlashingManager_NeedsRatification",
      args: [7n, 10n ** 21n, 5n * 10n ** 20n],
    });
    expect(await worded(data)).toContain("(1,000 of 500 TBURN): the council has to ratify it");
  });
  it("is unknown where no contract of ours speaks", async () =>
    expect((await toRefusal(new Error("boom"))).name).toBe("unknown"));
});
