import { writeFileSync } from "node:fs";
import { type Deployment, parseDeployment } from "@tburn/deployments";
import type { Signer } from "ethers";
import { configSchema, type DeployConfig } from "./config.ts";
import { Deployer } from "./deployer.ts";
import { authority } from "./steps/010-authority.ts";
import { token } from "./steps/020-token.ts";
import { identity } from "./steps/030-identity.ts";
import { staking } from "./steps/040-staking.ts";
import { performance } from "./steps/050-performance.ts";
import { tiers } from "./steps/055-tiers.ts";
import { slashing } from "./steps/060-slashing.ts";
import { suspensions } from "./steps/065-suspensions.ts";
import { governance } from "./steps/070-governance.ts";
import { liquid } from "./steps/075-liquid.ts";
import { auditAnchor } from "./steps/077-audit.ts";
import { connect } from "./steps/078-connect.ts";
import { grantRoles } from "./steps/080-roles.ts";
import { lens } from "./steps/082-lens.ts";
import { allowTargets } from "./steps/085-targets.ts";
import { handOver } from "./steps/090-hand-over.ts";

export interface DeployOptions {
  signer: Signer;
  config: DeployConfig;
  /** State file by which a stopped deployment resumes. */
  statePath?: string;
  /** Where the finished record is written. */
  recordPath?: string;
  dryRun?: boolean;
  /** Takes the steps in another way than deploying what is compiled now; state, dry run and words are its own then. */
  deployer?: Deployer;
  say?: (line: string) => void;
}

/** Takes the numbered steps, each of which knows what is done already. */
export async function take(deployer: Deployer): Promise<void> {
  for (const step of [
    authority,
    token,
    identity,
    staking,
    performance,
    tiers,
    slashing,
    suspensions,
    governance,
    liquid,
    auditAnchor,
    connect,
    grantRoles,
    lens,
    allowTargets,
    handOver,
  ])
    await step(deployer);
}

/**
 * Deploys the system in numbered steps and returns its record; a dry run sends nothing and returns undefined.
 * @throws if the configuration is invalid, or the state belongs to contracts that this chain does not have.
 */
export async function deploy(options: DeployOptions): Promise<Deployment | undefined> {
  const config = configSchema.parse(options.config);
  const deployer = options.deployer ?? new Deployer({ ...options, config });
  await take(deployer);
  if (options.dryRun) return undefined;

  const chainId = Number((await options.signer.provider?.getNetwork())?.chainId);
  const contracts = deployer.record();
  const startBlock = Math.min(...Object.values(contracts).map((contract) => contract.startBlock));
  const record = parseDeployment({ chainId, name: config.name, startBlock, contracts, parameters: config.parameters });
  if (options.recordPath) writeFileSync(options.recordPath, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
