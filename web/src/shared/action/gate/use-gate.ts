import { useConnection } from "wagmi";
import { useChain } from "../../chain/context.ts";
import { useChainRead } from "../../chain/read.ts";
import { type Condition, firstObstacle, memberStatuses, type Needs, type Standing } from "./obstacle.ts";

/** What the chain knows about the connected wallet. */
export function useStanding() {
  const { address } = useConnection();
  const read = useChainRead(
    ["standing", address],
    async ({ client, at }): Promise<Standing> => {
      if (!address) throw new Error("no wallet");
      const [[memberNo, status], tokens, gas] = await Promise.all([
        client.readContract({ ...at.members, functionName: "standing", args: [address] }),
        client.readContract({ ...at.token, functionName: "balanceOf", args: [address] }),
        client.getBalance({ address }),
      ]);
      const kycLevel = await client.readContract({ ...at.kyc, functionName: "levelOf", args: [memberNo] });
      return { memberNo, status: memberStatuses[status] ?? "none", kycLevel, tokens, gas };
    },
    { enabled: address !== undefined },
  );
  return { ...read, data: address ? read.data : undefined, address };
}

/** The first condition that keeps the wallet from acting. Button, message and submit all follow this one answer. */
export function useGate(needs: Needs): { condition: Condition | undefined; standing: Standing | undefined } {
  const { isConnected, chainId } = useConnection();
  const { config } = useChain();
  const { data: standing } = useStanding();
  const condition = firstObstacle({ isConnected, isRightNetwork: chainId === config.chainId, standing }, needs);
  return { condition, standing };
}
