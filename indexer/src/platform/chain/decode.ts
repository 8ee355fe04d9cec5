import type { ContractName, Deployment } from "@tburn/deployments";
import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { memberRegistryAbi } from "@tburn/deployments/abi/member-registry";
import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import { type Abi, type AbiEvent, decodeEventLog, toEventSelector } from "viem";
import type { Hex, RawLog } from "./rpc.ts";

/** Contracts that are followed, with what they announce. */
const abis: Partial<Record<ContractName, Abi>> = {
  TBurnToken: tburnTokenAbi,
  MemberRegistry: memberRegistryAbi,
  KycRegistry: kycRegistryAbi,
  ValidatorRegistry: validatorRegistryAbi,
  StakingCore: stakingCoreAbi,
  RewardVault: rewardVaultAbi,
};

/** A decoded event and where it stands in the chain. */
export interface ChainEvent {
  contract: ContractName;
  name: string;
  // Each projection knows its event's arguments; the ABI has proven them.
  args: Readonly<Record<string, unknown>>;
  blockNumber: number;
  blockTime: number;
  logIndex: number;
  txHash: Hex;
}

/** Finds the event of a log; undefined for what no ABI of ours declares. */
export type Decoder = (log: RawLog, blockTime: number) => ChainEvent | undefined;

/** Addresses followed and the decoder table, by address and first topic. */
export function decoder(deployment: Deployment): { addresses: Hex[]; decode: Decoder } {
  const table = new Map<string, { contract: ContractName; item: AbiEvent }>();
  const addresses: Hex[] = [];
  for (const [name, abi] of Object.entries(abis) as [ContractName, Abi][]) {
    const address = deployment.contracts[name].address.toLowerCase() as Hex;
    addresses.push(address);
    for (const item of abi) {
      if (item.type === "event") table.set(address + toEventSelector(item), { contract: name, item });
    }
  }
  const decode: Decoder = (log, blockTime) => {
    const found = table.get(log.address + log.topics[0]);
    if (!found) return undefined;
    const topics = log.topics as [Hex, ...Hex[]];
    const { args } = decodeEventLog({ abi: [found.item], data: log.data, topics });
    return {
      contract: found.contract,
      name: found.item.name,
      args: args as unknown as Record<string, unknown>,
      blockNumber: log.blockNumber,
      blockTime,
      logIndex: log.logIndex,
      txHash: log.transactionHash,
    };
  };
  return { addresses, decode };
}
