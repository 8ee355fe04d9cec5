import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { writeKeys } from "../../../indexer/src/platform/crypto/keys/local.ts";
import type { Settings } from "../indexer.ts";
import { asRole } from "../postgres.ts";

/** Makes the database of `url` on its server unless it is there. */
async function present(url: URL): Promise<void> {
  const name = url.pathname.slice(1);
  const server = new URL(url);
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function kept(file: string, make: () => void): string {
  if (!existsSync(file)) make();
  return file;
}

/** Verification by the SANDBOX, attested with a key that everybody has: for local chains alone. */
export const sandboxSettings = (dir: string, attesterKey: string): Settings => ({
  KYC_PROVIDER: "sandbox",
  KYC_ATTESTER_KEY: attesterKey,
  DOCUMENTS_DIR: join(dir, "documents"),
});

/**
 * What services for people need: secrets that outlive a stop, readable by their owner alone, and a database of keys
 * beside the members' one.
 * @param isEmbedded Whether the server is ours: then it has a role that owns nothing.
 */
export async function peopleSettings(
  dir: string,
  apiPort: number,
  databaseUrl: string,
  isEmbedded: boolean,
): Promise<Settings> {
  const seed = join(dir, "token-seed");
  const keys = join(dir, "member-keys.json");
  const keyvault = new URL(databaseUrl);
  keyvault.pathname += "_keys";
  await present(keyvault);
  return {
    TOKEN_SEED: readFileSync(
      kept(seed, () => writeFileSync(seed, randomBytes(32).toString("base64"), { mode: 0o600 })),
      "utf8",
    ),
    KEYVAULT_URL: isEmbedded ? asRole(keyvault.href, "tburn_vault") : keyvault.href,
    KEYVAULT_OWNER_URL: keyvault.href,
    KEYS_FILE: kept(keys, () => writeKeys(keys)),
    ERASURE_LEDGER: join(dir, "erased.jsonl"),
    // Every page of this machine is one address.
    VISITOR_QUERIES: "0",
    PUBLIC_ORIGIN: ["127.0.0.1", "localhost"].map((host) => `http://${host}:${apiPort}`).join(","),
  };
}

/** Has mails, and simulated text messages, caught on this machine. */
export const sinkSettings = (smtpUrl: string): Settings => ({
  SMTP_URL: smtpUrl,
  MAIL_FROM: "members@tburn.invalid",
  PHONE_CODES: "sandbox",
});

/** Lets tests move the clock, with a token of this start. */
export const controlSettings = (): Settings => ({
  APP_ENV: "test",
  CONTROL_TOKEN: randomBytes(24).toString("base64url"),
});
