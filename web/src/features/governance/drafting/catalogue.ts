import { useQueries } from "@tanstack/react-query";
import type { ContractName } from "@tburn/deployments";
import { type Abi, type AbiFunction, toFunctionSignature } from "viem";

/** Functions of each contract that a proposal may name; loaded when somebody chooses the contract. */
const loaders: Partial<Record<ContractName, () => Promise<Abi>>> = {
  TBurnToken: async () => (await import("@tburn/deployments/abi/tburn-token")).tburnTokenAbi,
  AccessManager: async () => (await import("@tburn/deployments/abi/access-manager")).accessManagerAbi,
  TimelockController: async () => (await import("@tburn/deployments/abi/timelock-controller")).timelockControllerAbi,
  MemberRegistry: async () => (await import("@tburn/deployments/abi/member-registry")).memberRegistryAbi,
  KycRegistry: async () => (await import("@tburn/deployments/abi/kyc-registry")).kycRegistryAbi,
  ValidatorRegistry: async () => (await import("@tburn/deployments/abi/validator-registry")).validatorRegistryAbi,
  StakingCore: async () => (await import("@tburn/deployments/abi/staking-core")).stakingCoreAbi,
  RewardVault: async () => (await import("@tburn/deployments/abi/reward-vault")).rewardVaultAbi,
  ProtocolPause: async () => (await import("@tburn/deployments/abi/protocol-pause")).protocolPauseAbi,
  TierEngine: async () => (await import("@tburn/deployments/abi/tier-engine")).tierEngineAbi,
  StakeVotes: async () => (await import("@tburn/deployments/abi/stake-votes")).stakeVotesAbi,
  PerformanceOracle: async () => (await import("@tburn/deployments/abi/performance-oracle")).performanceOracleAbi,
  SuspensionManager: async () => (await import("@tburn/deployments/abi/suspension-manager")).suspensionManagerAbi,
  ProposalRules: async () => (await import("@tburn/deployments/abi/proposal-rules")).proposalRulesAbi,
  TBurnGovernor: async () => (await import("@tburn/deployments/abi/tburn-governor")).tburnGovernorAbi,
  LiquidStakingVault: async () => (await import("@tburn/deployments/abi/liquid-staking-vault")).liquidStakingVaultAbi,
  InsuranceFund: async () => (await import("@tburn/deployments/abi/insurance-fund")).insuranceFundAbi,
  SlashingManager: async () => (await import("@tburn/deployments/abi/slashing-manager")).slashingManagerAbi,
};

export const callable = Object.keys(loaders) as ContractName[];

/** Never a proposal's business: set once at deployment, or refused always. */
const pointless = new Set(["initialize", "relay"]);

/** Functions that change something, by name. */
export const changing = (abi: Abi): AbiFunction[] =>
  abi
    .filter((item): item is AbiFunction => item.type === "function")
    .filter(({ stateMutability }) => stateMutability === "nonpayable" || stateMutability === "payable")
    .filter(({ name }) => !pointless.has(name))
    .sort((a, b) => a.name.localeCompare(b.name));

export const signatureOf = (item: AbiFunction) => toFunctionSignature(item);

/** ABIs of the chosen contracts, as far as they have arrived. */
export function useAbis(names: string[]): Map<string, Abi> {
  const wanted = [...new Set(names)].filter((name): name is ContractName => name in loaders);
  const answers = useQueries({
    queries: wanted.map((name) => ({
      queryKey: ["abi", name],
      queryFn: () => loaders[name]?.() ?? Promise.reject(new Error(name)),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return new Map(wanted.flatMap((name, index) => (answers[index]?.data ? [[name, answers[index].data] as const] : [])));
}
