import type { ContractName } from "@tburn/deployments";
import { useConnection } from "wagmi";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useProtocol } from "../protocol.ts";
import { stateOf } from "../states.ts";
import { callable } from "./catalogue.ts";

/** Whether the connected account may propose now. */
export function useEligibility() {
  const { address } = useConnection();
  const { governor, votes } = useProtocol();
  return useChainRead(
    ["eligibility", address],
    async ({ client }) => {
      if (!address) throw new Error("no wallet");
      const [mine, threshold, latest] = await Promise.all([
        client.readContract({ ...votes, functionName: "getVotes", args: [address] }),
        client.readContract({ ...governor, functionName: "proposalThreshold" }),
        client.readContract({ ...governor, functionName: "latestProposalOf", args: [address] }),
      ]);
      const state =
        latest === 0n
          ? undefined
          : stateOf(await client.readContract({ ...governor, functionName: "state", args: [latest] }));
      const live = state === "pending" || state === "active" ? String(latest) : undefined;
      return { votes: mine, threshold, live, isEnough: mine >= threshold };
    },
    { enabled: address !== undefined },
  );
}

/** Contracts that proposals may call now. */
export function useAllowed(): ContractName[] {
  const { deployment } = useChain();
  const { rules } = useProtocol();
  const { data } = useChainRead(["allowed-targets"], async ({ client }) => {
    const ask = (name: ContractName) =>
      client.readContract({ ...rules, functionName: "isAllowed", args: [deployment.contracts[name].address] });
    const answers = await Promise.all(callable.map(ask));
    return callable.filter((_, index) => answers[index]);
  });
  return data ?? [];
}
