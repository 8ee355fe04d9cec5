import { keccak256, toHex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import type { Protocol } from "../protocol.ts";
import { contentOf, type RecordedProposal } from "../queries.ts";

interface Input {
  protocol: Protocol;
  proposal: RecordedProposal;
}

const move = (functionName: "queue" | "execute" | "cancel") =>
  defineAction<Input>({
    id: `${functionName}-proposal`,
    steps: ({ protocol, proposal }) => ({
      call: {
        contract: protocol.governor,
        functionName,
        args: [...contentOf(proposal), keccak256(toHex(proposal.description))],
      },
    }),
    title: ({ proposal }) => ({ title: proposal.title }),
    refetch: ["chain", "graphql"],
  });

/** Hands a decided proposal to the timelock. */
export const queueProposal = move("queue");
/** Lets the timelock make the calls. */
export const executeProposal = move("execute");
/** Ends a proposal: its proposer before the vote, the guardian until the execution. */
export const cancelProposal = move("cancel");
