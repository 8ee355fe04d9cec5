import type { ContractTransactionResponse } from "ethers";
import { networkHelpers } from "../../test/fixtures/system.ts";

/** Gas of a transaction as its sender pays it: base cost and calldata included. */
export async function gasOf(send: () => Promise<ContractTransactionResponse>): Promise<number> {
  // Always a second of its own: a vote checkpoint of the same second would be overwritten, and cost less.
  await networkHelpers.time.setNextBlockTimestamp((await networkHelpers.time.latest()) + 1);
  const receipt = await (await send()).wait();
  return Number(receipt?.gasUsed);
}
