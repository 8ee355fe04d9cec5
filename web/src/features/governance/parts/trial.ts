import type { Address, Hex } from "viem";
import type { Refusal } from "../../../shared/action/refusal.ts";
import { toRefusal } from "../../../shared/action/revert.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useProtocol } from "../protocol.ts";

/** How a call would end if the timelock made it now. */
export type Trial = { state: "running" } | { state: "passes" } | { state: "fails"; refusal: Refusal };

interface Tried {
  target: Address;
  calldata: Hex;
}

/** Tries each call from the timelock's address, without sending it; again with each block. */
export function useTrials(calls: Tried[]): Trial[] {
  const { governor } = useProtocol();
  const { data } = useChainRead(
    ["trials", ...calls.map(({ target, calldata }) => `${target}${calldata}`)],
    async ({ client }) => {
      const account = await client.readContract({ ...governor, functionName: "timelock" });
      const ask = async ({ target: to, calldata: data }: Tried): Promise<Trial & { of: string }> => {
        const of = `${to}${data}`;
        try {
          await client.call({ account, to, data });
          return { of, state: "passes" };
        } catch (error) {
          return { of, state: "fails", refusal: await toRefusal(error) };
        }
      };
      return Promise.all(calls.map(ask));
    },
    { enabled: calls.length > 0 },
  );
  // The answer shown while a newer one is under way may be about other calls.
  return calls.map(
    ({ target, calldata }) => data?.find(({ of }) => of === `${target}${calldata}`) ?? { state: "running" },
  );
}
