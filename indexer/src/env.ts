import { z } from "zod";

const roles = ["sync", "api", "worker"] as const;
export type Role = (typeof roles)[number];

const postgres = z.url({ protocol: /^postgres(ql)?$/, error: "a postgresql:// address" });
const list = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const schema = z.object({
  DATABASE_URL: postgres,
  DATABASE_DIRECT_URL: postgres.optional(),
  DATABASE_READ_URL: postgres.optional(),
  RPC_URL: z
    .string()
    .transform(list)
    .pipe(z.array(z.url({ protocol: /^https?$/, error: "http(s) addresses, separated by commas" })).min(1)),
  CHAIN_ID: z.coerce.number().int().positive(),
  DEPLOYMENT_FILE: z.string().optional(),
  FINALITY_DEPTH: z.coerce.number().int().min(1).max(100_000).default(64),
  POLL_MS: z.coerce.number().int().min(20).max(60_000).default(250),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  ROLES: z
    .string()
    .default("sync,api,worker")
    .transform(list)
    .pipe(z.array(z.enum(roles)).min(1)),
  WEB_DIST: z.string().optional(),
  WEB_CONFIG: z.string().default("{}"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/** The settings could not be read; the message lists every problem. */
export class EnvInvalid extends Error {
  readonly code = "ENV_INVALID";
}

/**
 * Reads the settings of a process.
 * @throws {EnvInvalid} naming all problems at once.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env) {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new EnvInvalid(`the environment is not complete:\n${problems.join("\n")}`);
  }
  const e = parsed.data;
  return {
    databaseUrl: e.DATABASE_URL,
    databaseDirectUrl: e.DATABASE_DIRECT_URL ?? e.DATABASE_URL,
    databaseReadUrl: e.DATABASE_READ_URL ?? e.DATABASE_URL,
    rpcUrls: e.RPC_URL,
    chainId: e.CHAIN_ID,
    deploymentFile: e.DEPLOYMENT_FILE,
    finalityDepth: e.FINALITY_DEPTH,
    pollMs: e.POLL_MS,
    host: e.HOST,
    port: e.PORT,
    roles: e.ROLES,
    webDist: e.WEB_DIST,
    webConfig: e.WEB_CONFIG,
    logLevel: e.LOG_LEVEL,
  };
}

export type Env = ReturnType<typeof readEnv>;
