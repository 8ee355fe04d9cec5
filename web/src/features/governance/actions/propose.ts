import type { Address, Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import type { Protocol } from "../protocol.ts";

export interface Proposing {
  protocol: Protocol;
  title: string;
  description: string;
  calls: { target: Address; calldata: Hex }[];
}

export const propose = defineAction<Proposing>({
  id: "propose",
  steps: ({ protocol, description, calls }) => ({
    call: {
      contract: protocol.governor,
      functionName: "propose",
      args: [
        calls.map(({ target }) => target),
        calls.map(() => 0n),
        calls.map(({ calldata }) => calldata),
        description,
      ],
    },
  }),
  title: ({ title }) => ({ title }),
  refetch: ["chain", "graphql"],
});
