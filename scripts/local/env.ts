import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "a postgresql:// address" }).optional(),
  RPC_URL: z.url({ protocol: /^https?$/, error: "an http(s) address" }).optional(),
});

/**
 * A real server and a real chain instead of the local ones, each for itself.
 * @throws naming all problems at once.
 */
export function localEnv() {
  const { DATABASE_URL, RPC_URL } = process.env;
  const parsed = schema.safeParse({ DATABASE_URL: DATABASE_URL || undefined, RPC_URL: RPC_URL || undefined });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`the environment is not usable:\n${problems.join("\n")}`);
  }
  return { databaseUrl: parsed.data.DATABASE_URL, rpcUrl: parsed.data.RPC_URL };
}
