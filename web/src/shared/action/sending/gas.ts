import { type Address, type Client, type Hex, hexToBigInt } from "viem";
import { getBlock } from "viem/actions";

/**
 * An estimate is for the second in which it is made. Where that second already has a vote checkpoint, the estimate
 * overwrites it; included a second later, the call writes new ones, in up to three books, and needs some 60,000 more.
 * Unused gas is not paid for.
 */
const MARGIN = { percent: 120n, added: 80_000n };

/** `estimate` with the margin, but never more than a block can hold. */
export function withMargin(estimate: bigint, blockLimit?: bigint): bigint {
  const ample = (estimate * MARGIN.percent) / 100n + MARGIN.added;
  return blockLimit !== undefined && ample > blockLimit ? blockLimit : ample;
}

export interface GasNeed {
  /** What the call takes as things stand. */
  estimate: bigint;
  /** What it is sent with. */
  limit: bigint;
}

/** Gas of a call, estimated and with the margin. @throws what the call would be refused with */
export async function gasOf(client: Client, from: Address, { to, data }: { to: Address; data: Hex }): Promise<GasNeed> {
  const [estimated, { gasLimit }] = await Promise.all([
    client.request({ method: "eth_estimateGas", params: [{ from, to, data }] } as never) as Promise<Hex>,
    getBlock(client),
  ]);
  const estimate = hexToBigInt(estimated);
  return { estimate, limit: withMargin(estimate, gasLimit) };
}
