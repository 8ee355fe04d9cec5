import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf, type Scope, scopes } from "../contracts.ts";

/** Stops a group of functions for a while. Only a guardian, inside the budgets. */
export const pauseScope = defineAction<{ scope: Scope; seconds: number; reason: Hex }>({
  id: "pause-scope",
  steps: ({ scope, seconds, reason }, { at }) => ({
    call: { contract: officesOf(at).pause, functionName: "pause", args: [scopes.indexOf(scope), seconds, reason] },
  }),
  title: ({ scope }) => ({ scope }),
  refetch: ["chain", "graphql"],
});
