import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

/** Contests a case with the hash of a statement; only who runs the accused validator. */
export const appealCase = defineAction<{ caseId: number; hash: Hex }>({
  id: "appeal-case",
  steps: ({ caseId, hash }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "appeal", args: [BigInt(caseId), hash] },
  }),
  title: ({ caseId }) => ({ id: String(caseId) }),
  refetch: ["chain", "graphql"],
});
