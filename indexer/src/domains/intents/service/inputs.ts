import { z } from "zod";

/** Largest amount that the contracts count with. */
const MOST = 2n ** 112n;

/** A whole number below `limit`, as digits. */
const digits = (form: RegExp, limit: bigint, words: string) =>
  z.string().refine((written) => form.test(written) && BigInt(written) < limit, words);

/** Base units, above zero, as digits. */
export const amount = digits(/^[1-9]\d{0,33}$/, MOST, "base units, digits only, above zero").meta({
  examples: ["150000000000000000000"],
});
/** Base units, as digits; zero where nothing is asked for. */
export const amountOrZero = digits(/^(0|[1-9]\d{0,33})$/, MOST, "base units, digits only").meta({ examples: ["0"] });
/** A 256-bit number as digits: positions, proposals. */
export const wide = digits(/^[1-9]\d{0,77}$/, 2n ** 256n, "a whole number of 256 bits, digits only").meta({
  examples: ["12"],
});
export const validatorId = z.int().min(1).max(4_294_967_295);
export const bps = z.int().min(0).max(10_000);
export const bytes = z.string().regex(/^0x([0-9a-fA-F]{2}){0,4096}$/, "0x and pairs of hex digits");
export const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/, "0x and 64 hex digits");
export const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "0x and 40 hex digits");
/** A text without unseen characters. PostgreSQL cannot store a NUL. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, "no control characters");
