import type { Deployment } from "@tburn/deployments";
import { ethers } from "ethers";

/** What a consensus key signs for a block (`ISlashingManager.BlockVote`). */
export interface BlockVote {
  chainId: number;
  height: number;
  round: number;
  step: number;
  blockHash: string;
}

const types = {
  BlockVote: [
    { name: "chainId", type: "uint256" },
    { name: "height", type: "uint64" },
    { name: "round", type: "uint32" },
    { name: "step", type: "uint8" },
    { name: "blockHash", type: "bytes32" },
  ],
};

/** Consensus key of local wallet `index`'s validator. Local chains only: everybody can derive it. */
export const consensusKey = (index: number) => new ethers.Wallet(ethers.id(`local consensus key ${index}`));

/** Signs a vote for the slashing manager's domain. */
export const signVote = (record: Deployment, key: ethers.Wallet, vote: BlockVote): Promise<string> =>
  key.signTypedData(
    {
      name: "TBURN SlashingManager",
      version: "1",
      chainId: record.chainId,
      verifyingContract: record.contracts.SlashingManager.address,
    },
    types,
    vote,
  );
