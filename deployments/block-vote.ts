/** Name and version of the EIP-712 domain in which consensus keys sign (`SlashingManager`). */
export const voteDomain = { name: "TBURN SlashingManager", version: "1" } as const;

/** EIP-712 types of what a consensus key signs for a block (`ISlashingManager.BlockVote`). */
export const voteTypes = {
  BlockVote: [
    { name: "chainId", type: "uint256" },
    { name: "height", type: "uint64" },
    { name: "round", type: "uint32" },
    { name: "step", type: "uint8" },
    { name: "blockHash", type: "bytes32" },
  ],
} as const;
