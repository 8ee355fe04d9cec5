import type { Deployment } from "@tburn/deployments";
import * as z from "zod/mini";

const config = z.object({
  chainId: z.number(),
  chainName: z.string(),
  rpcUrls: z.array(z.string()).check(z.minLength(1)),
  wsUrls: z.array(z.string()),
  currency: z.object({ name: z.string(), symbol: z.string(), decimals: z.number() }),
  explorerUrl: z.nullable(z.string()),
  walletConnectProjectId: z.nullable(z.string()),
  demo: z.nullable(z.object({ url: z.string() })),
});
/** What the operator of this site decides: the chain, its endpoints, and whether demo services exist. */
export type Config = z.infer<typeof config>;

const contract = z.looseObject({ address: z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/)) });
const needed = ["TBurnToken", "MemberRegistry", "KycRegistry", "ValidatorRegistry", "StakingCore", "RewardVault"];
const record = z.looseObject({
  chainId: z.number(),
  contracts: z.looseObject(Object.fromEntries(needed.map((name) => [name, contract]))),
  parameters: z.looseObject({ unbondingSeconds: z.number(), cohortSeconds: z.number() }),
});

export interface Settings {
  config: Config;
  deployment: Deployment;
}

/** The site cannot start: `/config.json` or `/deployment.json` is missing, broken, or they name different chains. */
class SettingsInvalid extends Error {
  readonly code = "SETTINGS_INVALID";
}

async function load(path: string, get: typeof fetch): Promise<unknown> {
  const response = await get(path, { cache: "no-cache" }).catch(() => undefined);
  if (!response?.ok) throw new SettingsInvalid(`${path}: ${response?.status ?? "offline"}`);
  return response.json().catch(() => {
    throw new SettingsInvalid(`${path}: JSON`);
  });
}

function check<T>(path: string, schema: z.core.$ZodType<T>, json: unknown): T {
  const parsed = z.safeParse(schema, json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SettingsInvalid(`${path}: ${issue?.path.join(".")} ${issue?.message}`);
}

/**
 * Loads what the site needs to know before it can show anything.
 * @throws {SettingsInvalid} naming the file and its problem.
 */
export async function loadSettings(get: typeof fetch = fetch): Promise<Settings> {
  const [first, second] = await Promise.all([load("/config.json", get), load("/deployment.json", get)]);
  const known = check("/config.json", config, first);
  const deployment = check("/deployment.json", record, second) as unknown as Deployment;
  if (known.chainId !== deployment.chainId)
    throw new SettingsInvalid(`chainId: ${known.chainId} ≠ ${deployment.chainId}`);
  return { config: known, deployment };
}
