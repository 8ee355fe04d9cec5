import { expect, it } from "vitest";
import { readEnv } from "./env.ts";

const least = { DATABASE_URL: "postgresql://a@b/c", RPC_URL: "http://x:1, https://y", CHAIN_ID: "31337" };

it("fills in what may be left out; an empty setting is none", () => {
  expect(readEnv({ ...least, PORT: "" })).toMatchObject({
    databaseDirectUrl: "postgresql://a@b/c",
    rpcUrls: ["http://x:1", "https://y"],
    rpcWsUrl: undefined,
    finalityDepth: 64,
    port: 4000,
    roles: ["sync", "api", "worker"],
    verifyLogs: "receipts",
  });
});

it.each([
  ["DATABASE_URL", "mysql://x"],
  ["RPC_URL", "not an address"],
  ["RPC_WS_URL", "http://x"],
  ["CHAIN_ID", "one"],
  ["FINALITY_DEPTH", "0"],
  ["VERIFY_LOGS", "maybe"],
  ["PORT", "70000"],
  ["ROLES", "cook"],
  ["WEB_CONFIG", "[1]"],
  ["LOG_LEVEL", "loud"],
  ["DATABASE_READ_URL", "postgresql://a@b/c"],
  ["REPLICA_LAG_MS", "-1"],
])("names %s when it is %s", (name, value) => {
  expect(() => readEnv({ ...least, [name]: value })).toThrow(new RegExp(`\\n {2}${name} `));
});

it("names all problems at once", () => {
  expect(() => readEnv({ PORT: "x" })).toThrow(/DATABASE_URL[\s\S]*RPC_URL[\s\S]*CHAIN_ID[\s\S]*PORT/);
});

it("verifies identity by the sandbox where it is told so, and by a commercial provider only with all that it needs", () => {
  const sandbox = {
    ...least,
    APP_ENV: "development",
    KYC_PROVIDER: "sandbox",
    DOCUMENTS_DIR: "/documents",
    PORT: "4001",
  };
  expect(readEnv(sandbox).verification.provider).toEqual({ name: "sandbox", url: "http://127.0.0.1:4001" });
  expect(readEnv(least).verification).toEqual({ provider: undefined, attesterKey: undefined, documentsDir: undefined });
  const lacking =
    /KYC_PROVIDER_TOKEN is missing[\s\S]*KYC_WEBHOOK_SECRET[\s\S]*DOCUMENTS_DIR[\s\S]*KYC_PROVIDER_SECRET[\s\S]*KYC_FLOWS/;
  expect(() => readEnv({ ...least, KYC_PROVIDER: "sumsub" })).toThrow(lacking);
  expect(() => readEnv({ ...least, KYC_PROVIDER: "sandbox" })).toThrow(/DOCUMENTS_DIR is missing/);
});

it("has the staff sign in at a provider only with all that it needs, over TLS or on this machine", () => {
  const people = {
    TOKEN_SEED: Buffer.alloc(32).toString("base64"),
    ...{ KEYVAULT_URL: "postgresql://a@b/d", KEYS_FILE: "/keys", ERASURE_LEDGER: "/erased" },
  };
  const provider = {
    ...{ OIDC_ISSUER: "https://login.test", OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "secret" },
    OIDC_GROUPS: "/staff/a=b=compliance, auditors=auditor",
  };
  expect(readEnv({ ...least, ...people, ...provider }).people?.staffProvider?.groups).toEqual(
    new Map([
      ["/staff/a=b", "compliance"],
      ["auditors", "auditor"],
    ]),
  );
  expect(() => readEnv({ ...least, OIDC_ACR: "phr" })).toThrow(/OIDC_ISSUER[\s\S]*OIDC_CLIENT_ID[\s\S]*OIDC_GROUPS/);
  expect(() => readEnv({ ...least, ...provider })).toThrow(/TOKEN_SEED is missing/);
  for (const OIDC_ISSUER of ["http://login.test", "http://localhost.evil.test", "ftp://x"]) {
    expect(() => readEnv({ ...least, ...people, ...provider, OIDC_ISSUER })).toThrow(/OIDC_ISSUER must be/);
  }
  for (const OIDC_GROUPS of ["auditors", "a=owner", "=auditor", ","]) {
    expect(() => readEnv({ ...least, ...people, ...provider, OIDC_GROUPS })).toThrow(/OIDC_GROUPS/);
  }
});

it.each([
  ["APP_ENV", { APP_ENV: "test", CONTROL_TOKEN: "x".repeat(32), NODE_ENV: "production" }],
  ["CONTROL_TOKEN", { APP_ENV: "test" }],
  ["CONTROL_TOKEN", { CONTROL_TOKEN: "x".repeat(32) }],
  ["WALLET_RPC_URL", { WALLET_RPC_URL: "http://127.0.0.1:1" }],
  ["EGRESS_TEST_ORIGINS", { EGRESS_TEST_ORIGINS: "http://127.0.0.1:1" }],
  ["EGRESS_TEST_ORIGINS", { APP_ENV: "test", CONTROL_TOKEN: "x".repeat(32), EGRESS_TEST_ORIGINS: "http://10.0.0.1:1" }],
  ["KYC_PROVIDER", { KYC_PROVIDER: "sandbox", DOCUMENTS_DIR: "/documents" }],
  ["PHONE_CODES", { PHONE_CODES: "sandbox" }],
])("does not start where tests or simulations would meet people: %s", (name, settings) => {
  expect(() => readEnv({ ...least, ...settings })).toThrow(new RegExp(`\\n {2}${name} `));
});

it("takes members' keys from a file, from Vault or from KMS, and says what lacks", () => {
  const people = {
    ...{ ...least, TOKEN_SEED: Buffer.alloc(32).toString("base64"), KEYVAULT_URL: "postgresql://a@b/k" },
    ERASURE_LEDGER: "/ledger",
  };
  expect(readEnv({ ...people, KEYS_FILE: "/keys" }).people?.keys).toEqual({ provider: "local", file: "/keys" });
  expect(() => readEnv(people)).toThrow(/KEYS_FILE is missing/);
  expect(() => readEnv({ ...people, KEY_PROVIDER: "vault" })).toThrow(/VAULT_ADDR is missing[\s\S]*VAULT_TOKEN/);
  const aws = { ...people, KEY_PROVIDER: "aws", AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "id" };
  expect(() => readEnv(aws)).toThrow(/AWS_SECRET_ACCESS_KEY is missing[\s\S]*KMS_WRAP_KEYS[\s\S]*KMS_INDEX_KEYS/);
  const whole = { ...aws, AWS_SECRET_ACCESS_KEY: "secret", KMS_WRAP_KEYS: "a, b", KMS_INDEX_KEYS: "c" };
  expect(readEnv(whole).people?.keys).toMatchObject({
    ...{ provider: "aws", url: "https://kms.eu-central-1.amazonaws.com", wrapKeys: ["a", "b"], indexKeys: ["c"] },
  });
});
