import type { Deployment } from "@tburn/deployments";
import { proposalRulesAbi } from "@tburn/deployments/abi/proposal-rules";
import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import { stakeVotesAbi } from "@tburn/deployments/abi/stake-votes";
import { tburnGovernorAbi } from "@tburn/deployments/abi/tburn-governor";
import { useMemo } from "react";
import { useChain } from "../../shared/chain/context.ts";

/** The contracts of voting, ready for viem. */
function protocolOf({ contracts }: Deployment) {
  return {
    governor: { address: contracts.TBurnGovernor.address, abi: tburnGovernorAbi },
    votes: { address: contracts.StakeVotes.address, abi: stakeVotesAbi },
    rules: { address: contracts.ProposalRules.address, abi: proposalRulesAbi },
    lens: { address: contracts.ProtocolLens.address, abi: protocolLensAbi },
  } as const;
}

export type Protocol = ReturnType<typeof protocolOf>;

export function useProtocol(): Protocol {
  const { deployment } = useChain();
  return useMemo(() => protocolOf(deployment), [deployment]);
}
