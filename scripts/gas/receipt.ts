import type { ContractTransactionResponse } from "ethers";

/** Gas of a transaction as its sender pays it: base cost and calldata included. */
export async function gasOf(sent: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sent).wait();
  return Number(receipt?.gasUsed);
}
