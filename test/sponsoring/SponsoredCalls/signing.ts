import type { ethers as lib } from "ethers";
import { domain, networkHelpers, type System } from "../../fixtures/system.ts";

const terms = { nonce: "uint256", deadline: "uint48" };
const fields: Record<string, Record<string, string>> = {
  Register: { owner: "address", salt: "bytes32", ...terms },
  Delegate: { owner: "address", validatorId: "uint32", tokens: "uint256", minShares: "uint256", ...terms },
  Undelegate: { owner: "address", positionId: "uint256", shares: "uint256", minTokens: "uint256", ...terms },
  Redelegate: { owner: "address", positionId: "uint256", dst: "uint32", minShares: "uint256", ...terms },
};

export interface Terms {
  owner: string;
  nonce: bigint;
  deadline: number;
}

/** What `owner` may sign now, good for an hour. */
export async function termsOf(s: System, owner: string): Promise<Terms> {
  return { owner, nonce: await s.sponsored.nonces(owner), deadline: (await networkHelpers.time.latest()) + 3_600 };
}

/** `signer`'s signature of the message `verb` with the values of `said`. */
export async function signed(
  s: System,
  signer: lib.Signer,
  verb: "Register" | "Delegate" | "Undelegate" | "Redelegate",
  said: Terms & Record<string, unknown>,
) {
  const types = { [verb]: Object.entries(fields[verb] ?? {}).map(([name, type]) => ({ name, type })) };
  return signer.signTypedData(await domain(s, "SponsoredCalls"), types, said);
}
