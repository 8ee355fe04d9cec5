import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const hexKey = z.string().regex(/^0x[0-9a-fA-F]{64}$/, "a 32-byte hex key");
const schema = z
  .object({
    RPC_URL: z.url({ protocol: /^https?$/ }),
    DEPLOYER_KEY: hexKey.optional(),
    DEPLOYER_KEYSTORE: z.string().refine(existsSync, "no such file").optional(),
    DEPLOYER_PASSWORD: z.string().optional(),
    DEPLOY_CONFIG: z.string().refine(existsSync, "no such file").optional(),
  })
  .refine((e) => e.DEPLOYER_KEY !== undefined || (e.DEPLOYER_KEYSTORE && e.DEPLOYER_PASSWORD !== undefined), {
    message: "set DEPLOYER_KEY, or DEPLOYER_KEYSTORE with DEPLOYER_PASSWORD",
  });

/** Settings of a deployment from the environment; the network's name gives a prefix, as in `SEPOLIA_RPC_URL`. */
export function deployEnv(network: string) {
  const prefix = `${network.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_`;
  const names = ["RPC_URL", "DEPLOYER_KEY", "DEPLOYER_KEYSTORE", "DEPLOYER_PASSWORD", "DEPLOY_CONFIG"];
  const found = Object.fromEntries(names.map((name) => [name, process.env[prefix + name] ?? process.env[name]]));
  const parsed = schema.safeParse(found);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `  ${i.path.join(".") || "key"}: ${i.message}`);
    throw new Error(`the environment does not describe a deployment to ${network}\n${problems.join("\n")}`);
  }
  const { DEPLOYER_KEYSTORE: keystore, DEPLOY_CONFIG: config, ...rest } = parsed.data;
  return {
    rpcUrl: rest.RPC_URL,
    key: rest.DEPLOYER_KEY,
    keystore: keystore ? readFileSync(keystore, "utf8") : undefined,
    password: rest.DEPLOYER_PASSWORD ?? "",
    config: config ? (JSON.parse(readFileSync(config, "utf8")) as unknown) : undefined,
  };
}
