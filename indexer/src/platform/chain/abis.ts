import type { ContractName } from "@tburn/deployments";
import { accessManagerAbi } from "@tburn/deployments/abi/access-manager";
import { auditAnchorAbi } from "@tburn/deployments/abi/audit-anchor";
import { insuranceFundAbi } from "@tburn/deployments/abi/insurance-fund";
import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { liquidStakingVaultAbi } from "@tburn/deployments/abi/liquid-staking-vault";
import { memberRegistryAbi } from "@tburn/deployments/abi/member-registry";
import { performanceOracleAbi } from "@tburn/deployments/abi/performance-oracle";
import { proposalRulesAbi } from "@tburn/deployments/abi/proposal-rules";
import { protocolPauseAbi } from "@tburn/deployments/abi/protocol-pause";
import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { stakeVotesAbi } from "@tburn/deployments/abi/stake-votes";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import { tburnGovernorAbi } from "@tburn/deployments/abi/tburn-governor";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { tierEngineAbi } from "@tburn/deployments/abi/tier-engine";
import { timelockControllerAbi } from "@tburn/deployments/abi/timelock-controller";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import type { Abi } from "viem";

/** Contracts that are followed, with what they announce. */
export const followedAbis: Partial<Record<ContractName, Abi>> = {
  TBurnToken: tburnTokenAbi,
  MemberRegistry: memberRegistryAbi,
  KycRegistry: kycRegistryAbi,
  ProtocolPause: protocolPauseAbi,
  ValidatorRegistry: validatorRegistryAbi,
  StakingCore: stakingCoreAbi,
  RewardVault: rewardVaultAbi,
  PerformanceOracle: performanceOracleAbi,
  TierEngine: tierEngineAbi,
  SlashingManager: slashingManagerAbi,
  InsuranceFund: insuranceFundAbi,
  SuspensionManager: suspensionManagerAbi,
  StakeVotes: stakeVotesAbi,
  TBurnGovernor: tburnGovernorAbi,
  LiquidStakingVault: liquidStakingVaultAbi,
  AuditAnchor: auditAnchorAbi,
};

/** Contracts whose calls can be put into words. */
export const everyAbi: Partial<Record<ContractName, Abi>> = {
  ...followedAbis,
  AccessManager: accessManagerAbi,
  TimelockController: timelockControllerAbi,
  ProposalRules: proposalRulesAbi,
};
