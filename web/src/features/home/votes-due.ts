import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import type { Address } from "viem";
import { useChain } from "../../shared/chain/context.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";

interface Answer {
  proposals: { nodes: { proposalId: string; state: string }[] };
}

const OPEN_VOTES = "query OpenVotes { proposals(first: 20) { nodes { proposalId state } } }";
const ACTIVE = 1;

/** Proposals on which the account has votes that it has not cast: which ones are open, the chain tells. */
export function useVotesDue(address: Address | undefined): number | undefined {
  const { deployment } = useChain();
  const { data } = useGraphql<Answer>("open-votes", OPEN_VOTES, {}, { enabled: address !== undefined });
  const open = data?.proposals.nodes.filter(({ state }) => state === "ACTIVE" || state === "PENDING");
  const ids = open?.map(({ proposalId }) => BigInt(proposalId)) ?? [];
  const read = useChainRead(
    ["votes-due", address, ...ids],
    async ({ client }) => {
      if (!address) return 0;
      const lens = { address: deployment.contracts.ProtocolLens.address, abi: protocolLensAbi } as const;
      const ask = (id: bigint) => client.readContract({ ...lens, functionName: "proposal", args: [id, address] });
      const views = await Promise.all(ids.map(ask));
      return views.filter(({ state, votes, hasVoted }) => state === ACTIVE && votes > 0n && !hasVoted).length;
    },
    { enabled: address !== undefined && open !== undefined },
  );
  return read.data;
}
