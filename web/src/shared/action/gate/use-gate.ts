import { useConnection } from "wagmi";
import { useChain } from "../../chain/context.ts";
import { useChainNow } from "../../chain/head.ts";
import { useChainRead } from "../../chain/read.ts";
import { type Condition, firstObstacle, memberStatuses, type Needs, type Standing } from "./obstacle.ts";

/** What the chain knows about the connected wallet. */
export function useStanding() {
  const { address } = useConnection();
  const read = useChainRead(
    ["standing", address],
    async ({ client, at }): Promise<Standing> => {
      if (!address) throw new Error("no wallet");
      const [mine, stops, gas] = await Promise.all([
        client.readContract({ ...at.lens, functionName: "memberOf", args: [address] }),
        client.readContract({ ...at.lens, functionName: "stops" }),
        client.getBalance({ address }),
      ]);
      return {
        memberNo: mine.memberNo,
        status: memberStatuses[mine.member.status] ?? "none",
        kycLevel: mine.kyc,
        tokens: mine.balance,
        gas,
        suspensionId: mine.suspensionId,
        frozenUntil: mine.member.frozenUntil,
        pausedUntil: stops.map(({ until }) => until),
      };
    },
    { enabled: address !== undefined },
  );
  return { ...read, data: address ? read.data : undefined, address };
}

/** The first condition that keeps the wallet from acting. Button, message and submit all follow this one answer. */
export function useGate(needs: Needs): { condition: Condition | undefined; standing: Standing | undefined } {
  const { isConnected, chainId } = useConnection();
  const { config } = useChain();
  const now = useChainNow();
  const { data: standing } = useStanding();
  const condition = firstObstacle({ isConnected, isRightNetwork: chainId === config.chainId, standing, now }, needs);
  return { condition, standing };
}
