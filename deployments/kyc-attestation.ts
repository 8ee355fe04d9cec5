/** Name and version of the EIP-712 domain in which attesters sign (`KycRegistry`). */
export const attestationDomain = { name: "TBURN KycRegistry", version: "1" } as const;

/** EIP-712 types of what an attester says of a member (`IKycRegistry.KycAttestation`). */
export const attestationTypes = {
  KycAttestation: [
    { name: "memberId", type: "bytes32" },
    { name: "account", type: "address" },
    { name: "level", type: "uint8" },
    { name: "issuedAt", type: "uint64" },
    { name: "validUntil", type: "uint64" },
    { name: "commitment", type: "bytes32" },
    { name: "nonce", type: "uint256" },
  ],
} as const;
