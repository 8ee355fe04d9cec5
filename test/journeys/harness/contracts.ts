import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { memberRegistryAbi } from "@tburn/deployments/abi/member-registry";
import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { stakeVotesAbi } from "@tburn/deployments/abi/stake-votes";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import { tburnGovernorAbi } from "@tburn/deployments/abi/tburn-governor";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import { createWalletClient, getContract, http, publicActions } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { inject } from "vitest";
import { LOCAL_MNEMONIC } from "../../../scripts/local/chain.ts";

/** The contracts, asked past the dApp, and used with the keys of the local chain's deployer. */
export function contracts() {
  const { rpcUrl, contracts: at } = inject("product");
  const account = mnemonicToAccount(LOCAL_MNEMONIC);
  const client = createWalletClient({ account, chain: foundry, transport: http(rpcUrl), pollingInterval: 100 }).extend(
    publicActions,
  );
  const address = (name: string) => {
    const found = at[name];
    if (!found) throw new Error(`no contract ${name}`);
    return found;
  };
  return {
    deployer: account.address,
    client,
    /** Waits until the transaction `sent` is in a block. */
    async mined(sent: Promise<`0x${string}`>): Promise<void> {
      const receipt = await client.waitForTransactionReceipt({ hash: await sent });
      if (receipt.status !== "success") throw new Error(`transaction ${receipt.transactionHash} reverted`);
    },
    token: getContract({ client, address: address("TBurnToken"), abi: tburnTokenAbi }),
    members: getContract({ client, address: address("MemberRegistry"), abi: memberRegistryAbi }),
    kyc: getContract({ client, address: address("KycRegistry"), abi: kycRegistryAbi }),
    validators: getContract({ client, address: address("ValidatorRegistry"), abi: validatorRegistryAbi }),
    core: getContract({ client, address: address("StakingCore"), abi: stakingCoreAbi }),
    suspensions: getContract({ client, address: address("SuspensionManager"), abi: suspensionManagerAbi }),
    vault: getContract({ client, address: address("RewardVault"), abi: rewardVaultAbi }),
    votes: getContract({ client, address: address("StakeVotes"), abi: stakeVotesAbi }),
    governor: getContract({ client, address: address("TBurnGovernor"), abi: tburnGovernorAbi }),
    slashing: getContract({ client, address: address("SlashingManager"), abi: slashingManagerAbi }),
  };
}
