import type { Deployment } from "@tburn/deployments";
import { voteDomain, voteTypes } from "@tburn/deployments/block-vote";
import { ethers } from "ethers";

/** What a consensus key signs for a block (`ISlashingManager.BlockVote`). */
export interface BlockVote {
  chainId: number;
  height: number;
  round: number;
  step: number;
  blockHash: string;
}

/** Consensus key of local wallet `index`'s validator. Local chains only: everybody can derive it. */
export const consensusKey = (index: number) => new ethers.Wallet(ethers.id(`local consensus key ${index}`));

/** Signs a vote for the slashing manager's domain. */
export const signVote = (record: Deployment, key: ethers.Wallet, vote: BlockVote): Promise<string> =>
  key.signTypedData(
    {
      ...voteDomain,
      chainId: record.chainId,
      verifyingContract: record.contracts.SlashingManager.address,
    },
    { BlockVote: [...voteTypes.BlockVote] },
    vote,
  );
