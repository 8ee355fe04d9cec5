import { defineAction } from "../../../shared/action/define.ts";
import { supportNumber } from "../states.ts";
import type { Vote } from "./cast-vote.ts";

/** Takes the account's own units out of its delegate's ballot and votes with them. */
export const overrideVote = defineAction<Vote>({
  id: "override-vote",
  steps: ({ protocol, proposalId, support, reason }) => ({
    call: {
      contract: protocol.governor,
      functionName: "castOverrideVote",
      args: [BigInt(proposalId), supportNumber(support), reason],
    },
  }),
  title: ({ proposalId, title, choice }) => ({ id: proposalId, title, choice }),
  refetch: ["chain", "graphql"],
});
