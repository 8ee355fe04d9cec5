// npm run deploy -- --network <name> [--dry-run]
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ethers } from "ethers";
import { configSchema, production } from "./config.ts";
import { deploy } from "./deploy.ts";
import { deployEnv } from "./env.ts";

const help = `Deploys the contracts to a JSON-RPC network and writes deployments/<chainId>.json.

  npm run deploy -- --network <name> [--dry-run]

Environment, each also with the network's name as prefix (SEPOLIA_RPC_URL):
  RPC_URL             JSON-RPC endpoint
  DEPLOYER_KEY        private key, or:
  DEPLOYER_KEYSTORE   encrypted keystore file, with DEPLOYER_PASSWORD
  DEPLOY_CONFIG       JSON file that replaces production defaults (scripts/deploy/config.ts)

A stopped deployment resumes from deployments/.state/<chainId>.json.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { network: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(help);
  if (!values.network) throw new Error("--network <name> is missing; --help tells more");
  const env = deployEnv(values.network);
  const merged = { ...production, name: values.network, ...(env.config as object | undefined) };
  const config = configSchema.parse(merged);
  const provider = new ethers.JsonRpcProvider(env.rpcUrl, undefined, { staticNetwork: true });
  const wallet = env.key
    ? new ethers.Wallet(env.key, provider)
    : (await ethers.Wallet.fromEncryptedJson(env.keystore ?? "", env.password)).connect(provider);
  const signer = new ethers.NonceManager(wallet);
  const { chainId } = await provider.getNetwork();
  const folder = join(import.meta.dirname, "../../deployments");
  await deploy({
    signer,
    config,
    statePath: join(folder, `.state/${chainId}.json`),
    recordPath: join(folder, `${chainId}.json`),
    dryRun: values["dry-run"] ?? false,
    say: console.log,
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
