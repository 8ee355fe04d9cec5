import { z } from "zod";
import { AwsKeyProvider, type AwsSettings } from "./aws-kms.ts";
import { LocalKeyProvider, readKeys } from "./local.ts";
import { Pkcs11KeyProvider, type TokenSettings } from "./pkcs11.ts";
import type { KeyProvider } from "./provider.ts";
import { TransitKeyProvider, type TransitSettings } from "./vault-transit.ts";

/** Where the keys are that wrap members' keys. */
export type KeySettings =
  | { provider: "local"; file: string }
  | ({ provider: "vault" } & TransitSettings)
  | ({ provider: "aws" } & AwsSettings)
  | ({ provider: "pkcs11" } & TokenSettings);

/** The provider that the settings name. @throws {FatalError} if a key file is not as it must be */
export function keyProviderOf(settings: KeySettings): KeyProvider {
  if (settings.provider === "vault") return new TransitKeyProvider(settings);
  if (settings.provider === "aws") return new AwsKeyProvider(settings);
  if (settings.provider === "pkcs11") return new Pkcs11KeyProvider(settings);
  return new LocalKeyProvider(readKeys(settings.file));
}

const names = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((part) => part.trim()))
  .transform((parts) => parts.filter(Boolean));
const address = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });

/** Variables of the environment that choose the provider. */
export const keyVariables = {
  KEY_PROVIDER: z
    .enum(["local", "vault", "aws", "pkcs11"], { error: "must be local, vault, aws or pkcs11" })
    .default("local"),
  KEYS_FILE: z.string().optional(),
  VAULT_ADDR: address.optional(),
  VAULT_TOKEN: z.string().optional(),
  VAULT_MOUNT: z.string().default("transit"),
  VAULT_WRAP_KEY: z.string().optional(),
  VAULT_INDEX_KEY: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  KMS_URL: address.optional(),
  KMS_WRAP_KEYS: names,
  KMS_INDEX_KEYS: names,
  PKCS11_BINDING: z.string().optional(),
  PKCS11_LIBRARY: z.string().optional(),
  PKCS11_TOKEN: z.string().optional(),
  PKCS11_PIN: z.string().optional(),
  PKCS11_WRAP_KEY: z.string().default("wrap"),
  PKCS11_INDEX_KEY: z.string().default("index"),
};
const schema = z.object(keyVariables);
type Variables = z.infer<typeof schema>;

const needed = {
  local: ["KEYS_FILE"],
  vault: ["VAULT_ADDR", "VAULT_TOKEN", "VAULT_WRAP_KEY", "VAULT_INDEX_KEY"],
  aws: ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "KMS_WRAP_KEYS", "KMS_INDEX_KEYS"],
  pkcs11: ["PKCS11_BINDING", "PKCS11_LIBRARY", "PKCS11_TOKEN", "PKCS11_PIN"],
} as const;

/** What the chosen provider cannot do without and was not given. */
export const missingKeyVariables = (e: Variables): string[] =>
  needed[e.KEY_PROVIDER].filter((name) => e[name] === undefined || e[name].length === 0);

/** Whether anything was said of a provider. */
export const namesKeyProvider = (e: Variables): boolean => e.KEY_PROVIDER !== "local" || e.KEYS_FILE !== undefined;

/** The settings of a complete environment. */
export function keySettingsOf(e: Variables): KeySettings {
  const text = (value: string | undefined) => value ?? "";
  if (e.KEY_PROVIDER === "local") return { provider: "local", file: text(e.KEYS_FILE) };
  if (e.KEY_PROVIDER === "vault") {
    return {
      ...{ provider: "vault", url: text(e.VAULT_ADDR), token: text(e.VAULT_TOKEN), mount: e.VAULT_MOUNT },
      ...{ wrapKey: text(e.VAULT_WRAP_KEY), indexKey: text(e.VAULT_INDEX_KEY) },
    };
  }
  if (e.KEY_PROVIDER === "pkcs11") {
    return {
      ...{ provider: "pkcs11", binding: text(e.PKCS11_BINDING), library: text(e.PKCS11_LIBRARY) },
      ...{ token: text(e.PKCS11_TOKEN), pin: text(e.PKCS11_PIN) },
      ...{ wrapKey: e.PKCS11_WRAP_KEY, indexKey: e.PKCS11_INDEX_KEY },
    };
  }
  const region = text(e.AWS_REGION);
  const { AWS_SESSION_TOKEN: sessionToken } = e;
  const credentials = { accessKeyId: text(e.AWS_ACCESS_KEY_ID), secretAccessKey: text(e.AWS_SECRET_ACCESS_KEY) };
  return {
    ...{ provider: "aws", region, url: e.KMS_URL ?? `https://kms.${region}.amazonaws.com` },
    ...{ credentials: { ...credentials, sessionToken }, wrapKeys: e.KMS_WRAP_KEYS, indexKeys: e.KMS_INDEX_KEYS },
  };
}
