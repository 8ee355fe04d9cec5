import { z } from "zod";
import { roles as staffRoles } from "./platform/access/actor.ts";
import type { StaffProvider } from "./platform/access/staff-provider.ts";
import { verificationOf } from "./platform/access/verification.ts";
import { MIRROR_VERSION, VERSION_FORM } from "./platform/chain/edition/version.ts";
import {
  type KeySettings,
  keySettingsOf,
  keyVariables,
  missingKeyVariables,
  namesKeyProvider,
} from "./platform/crypto/keys/choose.ts";
import { replicaOf, replicaVariables } from "./platform/db/reads/settings.ts";
import { testProblems } from "./platform/time/test-settings.ts";

const roles = ["sync", "api", "worker", "reporter"] as const;

const postgres = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" });
const list = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: "must be a whole number" })
    .int("must be a whole number")
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const required = (name: string) => (issue: { input: unknown }) =>
  issue.input === undefined ? `is missing: ${name}` : undefined;

const privateKey = z.custom<`0x${string}`>((value) => typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value), {
  error: "must be 0x and 64 hex digits",
});

const groupsForm = `must be like tburn-officers=compliance; roles are ${staffRoles.join(", ")}`;

const schema = z.object({
  APP_ENV: z
    .enum(["production", "development", "test"], { error: "must be production, development or test" })
    .default("production"),
  NODE_ENV: z.string().optional(),
  CONTROL_TOKEN: z.string().min(32, "must have 32 characters or more").optional(),
  EGRESS_TEST_ORIGINS: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(/^(https?|tcp|tls):\/\/(127\.0\.0\.1|\[::1\]):\d+$/, "must be loopback origins")))
    .optional(),
  WALLET_RPC_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  DATABASE_URL: z.string({ error: required("a postgresql:// address") }).pipe(postgres),
  DATABASE_DIRECT_URL: postgres.optional(),
  DATABASE_OWNER_URL: postgres.optional(),
  ...replicaVariables,
  PREPARED_STATEMENTS: z.enum(["on", "off"], { error: "must be on or off" }).optional(),
  RPC_URL: z
    .string({ error: required("http(s) addresses of nodes, separated by commas") })
    .transform(list)
    .pipe(
      z
        .array(z.url({ protocol: /^https?$/, error: "must be http(s) addresses, separated by commas" }))
        .min(1, "names no address"),
    ),
  RPC_WS_URL: z.url({ protocol: /^wss?$/, error: "must be a ws(s) address" }).optional(),
  CHAIN_ID: z
    .string({ error: required("the number of the chain") })
    .transform(Number)
    .pipe(z.int("must be a whole number").min(1, "must be at least 1")),
  DEPLOYMENT_FILE: z.string().optional(),
  FINALITY_DEPTH: whole(1, 100_000).default(64),
  ANNOUNCE_HISTORY: z.enum(["true", "false"], { error: "must be true or false" }).default("false"),
  MIRROR_VERSION: z
    .string()
    .regex(VERSION_FORM, "must be up to 30 small letters, digits and _")
    .default(MIRROR_VERSION),
  VERIFY_LOGS: z.enum(["receipts", "bloom"], { error: "must be receipts or bloom" }).default("receipts"),
  POLL_MS: whole(20, 60_000).default(250),
  READY_LAG_BLOCKS: whole(1, 1_000_000).default(50),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(4000),
  ROLES: z
    .string()
    .default("sync,api,worker")
    .transform(list)
    .pipe(z.array(z.enum(roles, { error: `must be of ${roles.join(", ")}` })).min(1, "names no role")),
  REPORTER_KEY: privateKey.optional(),
  REPORTER_PORT: whole(0, 65_535).default(4020),
  REPORTER_DEPTH: whole(0, 100_000).default(3),
  REPORTER_POLL_MS: whole(50, 600_000).default(2_000),
  WEB_DIST: z.string().optional(),
  WEB_CONFIG: z.string().default("{}").refine(isObject, "must be a JSON object"),
  PUBLIC_ORIGIN: z
    .string()
    .default("")
    .transform(list)
    .pipe(
      z.array(
        z
          .url({ protocol: /^https?$/, error: "must be http(s) origins, separated by commas" })
          .refine((url) => new URL(url).origin === url, "must be origins: no path, no slash at the end"),
      ),
    ),
  TOKEN_SEED: z
    .base64("must be base64")
    .refine((seed) => Buffer.from(seed, "base64").length === 32, "must be 32 bytes in base64")
    .optional(),
  KEYVAULT_URL: postgres.optional(),
  KEYVAULT_OWNER_URL: postgres.optional(),
  ...keyVariables,
  ERASURE_LEDGER: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  MAIL_FROM: z.email("must be an e-mail address").optional(),
  PHONE_CODES: z.enum(["off", "sandbox"], { error: "must be off or sandbox" }).default("off"),
  PROXY_HOPS: whole(0, 10).default(0),
  VISITOR_QUERIES: whole(0, 1_000_000).default(1_200),
  ANSWERS_MIB: whole(0, 65_536).default(64),
  DOCUMENTS_DIR: z.string().optional(),
  KYC_ATTESTER_KEY: privateKey.optional(),
  ANCHOR_KEY: privateKey.optional(),
  KYC_PROVIDER: z.enum(["sandbox", "sumsub", "persona"], { error: "must be sandbox, sumsub or persona" }).optional(),
  KYC_PROVIDER_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  KYC_PROVIDER_TOKEN: z.string().optional(),
  KYC_PROVIDER_SECRET: z.string().optional(),
  KYC_WEBHOOK_SECRET: z.string().optional(),
  KYC_FLOWS: z.string().default("").transform(list),
  OIDC_ISSUER: z
    .url("must be an address")
    .refine((url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$))/.test(url), "must be https")
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_GROUPS: z
    .string()
    .transform(list)
    .transform((pairs) => pairs.map((pair) => [pair.replace(/=[^=]*$/, ""), pair.replace(/^.*=/, "")] as const))
    .pipe(z.array(z.tuple([z.string().min(1), z.enum(staffRoles)], { error: groupsForm })).min(1, groupsForm))
    .optional(),
  OIDC_ACR: z.string().optional(),
  CORS_ORIGIN: z.string().default("").transform(list),
  DRAIN: z.enum(["true", "false"], { error: "must be true or false" }).default("false"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], { error: "must be debug, info, warn, error or silent" })
    .default("info"),
});

/** What services for people cannot do without, beside a provider of keys; all of it or nothing. */
const people = ["TOKEN_SEED", "KEYVAULT_URL", "ERASURE_LEDGER"] as const;

/** What a commercial provider of identity verification cannot do without. */
const commercial = ["KYC_PROVIDER_TOKEN", "KYC_WEBHOOK_SECRET", "DOCUMENTS_DIR"] as const;

/** What a provider of the staff's sign-ins cannot do without. */
const staffProvider = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_GROUPS"] as const;

function lacking(e: z.infer<typeof schema>): [name: string, message: string][] {
  const given: string[] = people.filter((name) => e[name] !== undefined);
  if (namesKeyProvider(e)) given.push(e.KEY_PROVIDER === "local" ? "KEYS_FILE" : "KEY_PROVIDER");
  const wanted = [...people.filter((name) => e[name] === undefined), ...missingKeyVariables(e)];
  const absent = given.length > 0 ? wanted : [];
  const alone = absent.map((name): [string, string] => [
    name,
    `is missing: ${given.join(" and ")} alone cannot keep people's data`,
  ]);
  if (e.SMTP_URL !== undefined && e.MAIL_FROM === undefined) {
    alone.push(["MAIL_FROM", "is missing: mails come from somebody"]);
  }
  const isStaffNamed = staffProvider.some((name) => e[name] !== undefined) || e.OIDC_ACR !== undefined;
  for (const name of isStaffNamed ? staffProvider : []) {
    if (e[name] === undefined) alone.push([name, "is missing: the others say that the staff sign in at a provider"]);
  }
  if (isStaffNamed && given.length === 0) alone.push(["TOKEN_SEED", "is missing: without it nobody signs in"]);
  const { KYC_PROVIDER: provider } = e;
  if (provider === undefined) return alone;
  const because = `is missing: KYC_PROVIDER=${provider} needs it`;
  const needed = provider === "sandbox" ? (["DOCUMENTS_DIR"] as const) : commercial;
  const missing: [string, string][] = needed.filter((name) => !e[name]).map((name) => [name, because]);
  if (provider === "sumsub" && !e.KYC_PROVIDER_SECRET) missing.push(["KYC_PROVIDER_SECRET", because]);
  if (provider !== "sandbox" && e.KYC_FLOWS.length !== 3) missing.push(["KYC_FLOWS", "must name three flows"]);
  return [...alone, ...missing];
}

const complete = schema.superRefine((e, context) => {
  for (const [name, message] of [...lacking(e), ...testProblems(e)])
    context.addIssue({ code: "custom", path: [name], message });
});

interface PeopleEnv {
  tokenSeed: Buffer;
  keyvaultUrl: string;
  /** Who migrates it. */
  keyvaultOwnerUrl: string;
  keys: KeySettings;
  erasureLedger: string;
  /** Absent where no mails are sent. */
  mail: { url: string; from: string } | undefined;
  phones: "off" | "sandbox";
  /** Absent where the staff sign in by their wallets alone. */
  staffProvider: StaffProvider | undefined;
}

function staffProviderOf(e: z.infer<typeof schema>): StaffProvider | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_GROUPS: groups } = e;
  if (!issuer || !clientId || !clientSecret || !groups) return undefined;
  return { issuer, clientId, clientSecret, groups: new Map(groups), acr: e.OIDC_ACR };
}

function peopleOf(e: z.infer<typeof schema>): PeopleEnv | undefined {
  const { TOKEN_SEED, KEYVAULT_URL, ERASURE_LEDGER, SMTP_URL, MAIL_FROM } = e;
  if (!TOKEN_SEED || !KEYVAULT_URL || !ERASURE_LEDGER) return undefined;
  const mail = SMTP_URL !== undefined && MAIL_FROM !== undefined ? { url: SMTP_URL, from: MAIL_FROM } : undefined;
  const tokenSeed = Buffer.from(TOKEN_SEED, "base64");
  return {
    tokenSeed,
    keyvaultUrl: KEYVAULT_URL,
    keyvaultOwnerUrl: e.KEYVAULT_OWNER_URL ?? KEYVAULT_URL,
    keys: keySettingsOf(e),
    erasureLedger: ERASURE_LEDGER,
    mail,
    phones: e.PHONE_CODES,
    staffProvider: staffProviderOf(e),
  };
}

function databasesOf(e: z.infer<typeof schema>) {
  const direct = e.DATABASE_DIRECT_URL ?? e.DATABASE_URL;
  return {
    databaseUrl: e.DATABASE_URL,
    databaseDirectUrl: direct,
    /** Who migrates; whoever serves need not own anything. */
    databaseOwnerUrl: e.DATABASE_OWNER_URL ?? direct,
    replica: replicaOf(e),
    /** A pooler may give a connection to somebody who has prepared nothing on it. */
    keepsPlans: (e.PREPARED_STATEMENTS ?? (direct === e.DATABASE_URL ? "on" : "off")) === "on",
  };
}

/** The settings could not be read; the message lists every problem. */
export class EnvInvalid extends Error {
  readonly code = "ENV_INVALID";
}

/**
 * Reads the settings of a process; an empty setting counts as none.
 * @throws {EnvInvalid} naming all problems at once.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = complete.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}`);
    throw new EnvInvalid(`the environment is not complete:\n${[...new Set(problems)].join("\n")}`);
  }
  const e = parsed.data;
  return {
    /** Only under APP_ENV=test: what tests move the clock with, a node for calls of wallets, and servers of theirs. */
    test: e.CONTROL_TOKEN
      ? { token: e.CONTROL_TOKEN, walletRpcUrl: e.WALLET_RPC_URL, loopback: e.EGRESS_TEST_ORIGINS ?? [] }
      : undefined,
    ...databasesOf(e),
    rpcUrls: e.RPC_URL,
    rpcWsUrl: e.RPC_WS_URL,
    chainId: e.CHAIN_ID,
    deploymentFile: e.DEPLOYMENT_FILE,
    ...{ finalityDepth: e.FINALITY_DEPTH, announcesHistory: e.ANNOUNCE_HISTORY === "true" },
    mirrorVersion: e.MIRROR_VERSION,
    verifyLogs: e.VERIFY_LOGS,
    pollMs: e.POLL_MS,
    readyLagBlocks: e.READY_LAG_BLOCKS,
    ...{ host: e.HOST, port: e.PORT },
    roles: e.ROLES,
    reporterKey: e.REPORTER_KEY,
    reporterPort: e.REPORTER_PORT,
    reporterDepth: e.REPORTER_DEPTH,
    reporterPollMs: e.REPORTER_POLL_MS,
    webDist: e.WEB_DIST,
    webConfig: e.WEB_CONFIG,
    publicOrigins: e.PUBLIC_ORIGIN,
    /** Absent where nobody can sign in. */
    people: peopleOf(e),
    verification: verificationOf(e),
    /** Absent where roots of the audit trail wait for another process to anchor them. */
    anchorKey: e.ANCHOR_KEY,
    proxyHops: e.PROXY_HOPS,
    ...{ visitorQueries: e.VISITOR_QUERIES, answersMib: e.ANSWERS_MIB },
    ...{ corsOrigins: e.CORS_ORIGIN, drain: e.DRAIN === "true" },
    logLevel: e.LOG_LEVEL,
  };
}

export type Env = ReturnType<typeof readEnv>;
