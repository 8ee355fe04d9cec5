import type { ContractName, Deployment } from "@tburn/deployments";
import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { memberRegistryAbi } from "@tburn/deployments/abi/member-registry";
import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";

/** Address and ABI of the contracts that many screens use, ready for viem; a screen brings others along itself. */
export function contractsOf({ contracts }: Deployment) {
  return {
    token: { address: contracts.TBurnToken.address, abi: tburnTokenAbi },
    members: { address: contracts.MemberRegistry.address, abi: memberRegistryAbi },
    kyc: { address: contracts.KycRegistry.address, abi: kycRegistryAbi },
    validators: { address: contracts.ValidatorRegistry.address, abi: validatorRegistryAbi },
    core: { address: contracts.StakingCore.address, abi: stakingCoreAbi },
    lens: { address: contracts.ProtocolLens.address, abi: protocolLensAbi },
    vault: { address: contracts.RewardVault.address, abi: rewardVaultAbi },
    /** Where any other contract is; the screen that needs it brings its ABI. */
    addressOf: (name: ContractName) => contracts[name].address,
  } as const;
}

export type Contracts = ReturnType<typeof contractsOf>;
export type ContractKey = Exclude<keyof Contracts, "addressOf">;
