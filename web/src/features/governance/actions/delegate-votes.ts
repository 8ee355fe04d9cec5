import type { Address } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { shortHex } from "../../../shared/format/number.ts";
import type { Protocol } from "../protocol.ts";

/** Lets `to` speak for the account's units in votes to come. */
export const delegateVotes = defineAction<{ protocol: Protocol; to: Address }>({
  id: "delegate-votes",
  steps: ({ protocol, to }) => ({ call: { contract: protocol.votes, functionName: "delegate", args: [to] } }),
  title: ({ to }) => ({ to: shortHex(to) }),
  refetch: ["chain", "graphql"],
});
