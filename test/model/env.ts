import { z } from "zod";

const whole = z.coerce.number().int().nonnegative();
const schema = z.object({ TBURN_SEED: whole.max(2 ** 31 - 1).default(1), TBURN_ACTS: whole.min(1).default(600) });

/**
 * Seed and number of acts of the differential test.
 * @throws naming all problems at once.
 */
export function modelEnv() {
  const { TBURN_SEED, TBURN_ACTS } = process.env;
  const parsed = schema.safeParse({ TBURN_SEED: TBURN_SEED || undefined, TBURN_ACTS: TBURN_ACTS || undefined });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`the environment is not usable:\n${problems.join("\n")}`);
  }
  return { seed: parsed.data.TBURN_SEED, acts: parsed.data.TBURN_ACTS };
}
