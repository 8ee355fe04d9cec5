import { hexToBigInt } from "viem";
import { useConnection } from "wagmi";
import { toRefusal } from "../../../shared/action/revert.ts";
import { gasOf, withMargin } from "../../../shared/action/sending/gas.ts";
import { encode } from "../../../shared/action/spend.ts";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { delegate } from "../actions/delegate.ts";

/**
 * Gas of a delegation with a permit, as measured with votes connected (583,000 and 306,000), rounded up. It stands in
 * where the chain cannot estimate: before the owner has signed, the allowance is missing.
 */
const USUAL_GAS = { first: 585_000n, further: 310_000n };
const ALLOWANCE_MISSING = "ERC20InsufficientAllowance";

export interface Fee {
  /** Base units of the network's own currency, as things stand. */
  value: bigint;
  /** What the wallet may set aside: the gas limit is ample, and what is not used is not paid. */
  most: bigint;
  isEstimated: boolean;
}

/** What the network would ask for the delegation at today's gas price; undefined where it would be refused. */
export function useFee(validatorId: number, tokens: bigint | undefined, hasPosition: boolean): Fee | undefined {
  const { client: raw } = useChain();
  const { address } = useConnection();
  const { data } = useChainRead(
    ["fee", address, validatorId, tokens, hasPosition],
    async ({ client, at, deployment }): Promise<Fee | null> => {
      if (!address || tokens === undefined) return null;
      const scene = { client, at, deployment, account: address };
      const { call } = await delegate.steps({ validatorId, name: "", tokens }, scene);
      const price = hexToBigInt(await raw.request({ method: "eth_gasPrice" }));
      try {
        const { estimate, limit } = await gasOf(raw, address, encode(scene, call));
        return { value: estimate * price, most: limit * price, isEstimated: true };
      } catch (error) {
        if ((await toRefusal(error)).name !== ALLOWANCE_MISSING) return null;
        const usual = hasPosition ? USUAL_GAS.further : USUAL_GAS.first;
        return { value: usual * price, most: withMargin(usual) * price, isEstimated: false };
      }
    },
    { enabled: address !== undefined && tokens !== undefined },
  );
  return tokens === undefined ? undefined : (data ?? undefined);
}
