import { z } from "zod";

/** Contracts that a deployment knows. */
export const contractNames = [
  "TBurnToken",
  "AccessManager",
  "TimelockController",
  "MemberRegistry",
  "KycRegistry",
  "ValidatorRegistry",
  "StakingCore",
  "RewardVault",
  "ProtocolPause",
  "SponsoredCalls",
  "StakeExits",
  "StakeSlashing",
  "TierEngine",
  "StakeVotes",
  "PerformanceOracle",
  "SuspensionManager",
  "ProposalRules",
  "TBurnGovernor",
  "LiquidExits",
  "LiquidStakingVault",
  "InsuranceFund",
  "DoubleSigns",
  "SlashingRules",
  "SlashingManager",
  "ProtocolLens",
  "AuditAnchor",
] as const;
export type ContractName = (typeof contractNames)[number];

type Hex = `0x${string}`;
const address = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value),
  "20-byte address",
);
const hash = z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value), "32-byte hash");

const contract = z.strictObject({
  address,
  startBlock: z.int().nonnegative(),
  txHash: hash,
  implementation: address.optional(),
  constructorParameters: z.array(z.unknown()).optional(),
  abiHash: hash,
});

const seconds = z.int().positive();
const schema = z.strictObject({
  chainId: z.int().positive(),
  name: z.string().min(1),
  startBlock: z.int().nonnegative(),
  contracts: z.strictObject(
    Object.fromEntries(contractNames.map((name) => [name, contract])) as Record<ContractName, typeof contract>,
  ),
  parameters: z.strictObject({
    unbondingSeconds: seconds,
    cohortSeconds: seconds,
    epochSeconds: seconds,
    commissionDelaySeconds: seconds,
    commissionWindowSeconds: seconds,
    payoutDelaySeconds: seconds,
    recoveryDelaySeconds: seconds,
  }),
});

/** Where a chain's contracts are and with which windows (seconds) they were deployed. */
export type Deployment = z.infer<typeof schema>;

/** A deployment record that is missing, broken, or names what we do not know. */
export class DeploymentInvalid extends Error {
  readonly code = "DEPLOYMENT_INVALID";
}

/**
 * Reads a deployment record.
 * @throws {DeploymentInvalid} naming each field or contract that is missing, unknown or malformed.
 */
export function parseDeployment(json: unknown): Deployment {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "record"}: ${issue.message}`);
  throw new DeploymentInvalid(`deployment record is invalid\n  ${problems.join("\n  ")}`);
}
