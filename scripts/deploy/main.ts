// npm run deploy -- --network <name> [--dry-run]
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ethers } from "ethers";
import { z } from "zod";
import { configSchema, production, roleNames } from "./config.ts";
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
  const given = (env.config ?? {}) as Partial<typeof production>;
  const parameters = { ...production.parameters, ...given.parameters };
  const merged = { ...production, name: values.network, ...given, parameters };
  const parsed = configSchema.safeParse(merged);
  if (!parsed.success) throw new Error(`DEPLOY_CONFIG is invalid\n${z.prettifyError(parsed.error)}`);
  const config = parsed.data;
  const provider = new ethers.JsonRpcProvider(env.rpcUrl, undefined, { staticNetwork: true });
  await provider.send("eth_chainId", []).catch((error: Error) => {
    throw new Error(`RPC_URL ${env.rpcUrl} does not answer: ${error.message}`);
  });
  const wallet = env.key
    ? new ethers.Wallet(env.key, provider)
    : (await ethers.Wallet.fromEncryptedJson(env.keystore ?? "", env.password)).connect(provider);
  const signer = new ethers.NonceManager(wallet);
  const { chainId } = await provider.getNetwork();
  const [deployer, gas] = [await wallet.getAddress(), await provider.getBalance(await wallet.getAddress())];
  console.log(`${values.network}: chain ${chainId}, deployer ${deployer} with ${ethers.formatEther(gas)} for gas`);
  if (gas === 0n && !values["dry-run"]) throw new Error(`the deployer ${deployer} has nothing to pay gas with`);
  // Only contracts hold these unless somebody is named.
  const managed: string[] = ["reporter", "slasher", "standing", "param"];
  const mine = roleNames.filter((role) => !managed.includes(role) && config.holders[role] === undefined);
  if (mine.length > 0) console.log(`held by the deployer, as no holder is configured: ${mine.join(", ")}`);
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
