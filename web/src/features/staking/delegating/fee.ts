import { hexToBigInt } from "viem";
import { useConnection } from "wagmi";
import { toRefusal } from "../../../shared/action/revert.ts";
import { encode } from "../../../shared/action/spend.ts";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { delegate } from "../actions/delegate.ts";

/**
 * Gas of a delegation with a permit, as measured (docs/gas.md, "delegate with permit" and "top-up"), rounded up. It
 * stands in where the chain cannot estimate: before the owner has signed, the allowance is missing.
 */
const USUAL_GAS = { first: 230_000n, further: 165_000n };
const ALLOWANCE_MISSING = "ERC20InsufficientAllowance";

export interface Fee {
  /** Base units of the network's own currency. */
  value: bigint;
  isEstimated: boolean;
}

/** What the network would ask for the delegation at today's gas price; undefined where it would be refused. */
export function useFee(validatorId: number, tokens: bigint | undefined, hasPosition: boolean): Fee | undefined {
  const { client: raw } = useChain();
  const { address } = useConnection();
  const { data } = useChainRead(
    ["fee", address, validatorId, tokens, hasPosition],
    async ({ client, at }): Promise<Fee | null> => {
      if (!address || tokens === undefined) return null;
      const scene = { client, at, account: address };
      const { call } = await delegate.steps({ validatorId, name: "", tokens }, scene);
      const { to, data } = encode(scene, call);
      const price = hexToBigInt(await raw.request({ method: "eth_gasPrice" }));
      try {
        const gas = hexToBigInt(
          await raw.request({ method: "eth_estimateGas", params: [{ from: address, to, data }] }),
        );
        return { value: gas * price, isEstimated: true };
      } catch (error) {
        if (toRefusal(error).name !== ALLOWANCE_MISSING) return null;
        return { value: (hasPosition ? USUAL_GAS.further : USUAL_GAS.first) * price, isEstimated: false };
      }
    },
    { enabled: address !== undefined && tokens !== undefined },
  );
  return tokens === undefined ? undefined : (data ?? undefined);
}
