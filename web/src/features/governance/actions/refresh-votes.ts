import { defineAction } from "../../../shared/action/define.ts";
import type { Protocol } from "../protocol.ts";

interface Input {
  protocol: Protocol;
  memberNo: bigint;
  /** Positions whose value has moved since they were counted. */
  positionIds: bigint[];
}

/** Counts the member's units anew. */
export const refreshVotes = defineAction<Input>({
  id: "refresh-votes",
  steps: ({ protocol, memberNo, positionIds }) => ({
    call:
      positionIds.length > 0
        ? { contract: protocol.votes, functionName: "sync", args: [positionIds] }
        : { contract: protocol.votes, functionName: "refresh", args: [memberNo] },
  }),
  title: ({ memberNo }) => ({ memberNo: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
