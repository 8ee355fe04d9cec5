import { defineAction } from "../../../shared/action/define.ts";
import type { Protocol } from "../protocol.ts";
import { type Support, supportNumber } from "../states.ts";

export interface Vote {
  protocol: Protocol;
  proposalId: string;
  title: string;
  support: Support;
  /** In words, for the title. */
  choice: string;
  reason: string;
}

/** Votes with all units that spoke through the account at the snapshot. */
export const castVote = defineAction<Vote>({
  id: "cast-vote",
  steps: ({ protocol, proposalId, support, reason }) => ({
    call: {
      contract: protocol.governor,
      functionName: reason === "" ? "castVote" : "castVoteWithReason",
      args: [BigInt(proposalId), supportNumber(support), ...(reason === "" ? [] : [reason])],
    },
  }),
  title: ({ proposalId, title, choice }) => ({ id: proposalId, title, choice }),
  refetch: ["chain", "graphql"],
});
