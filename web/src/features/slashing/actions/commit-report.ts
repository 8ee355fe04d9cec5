import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

/** Commits to evidence without showing it, so that nobody can copy it for the bounty. Anyone. */
export const commitReport = defineAction<{ commitment: Hex }>({
  id: "commit-report",
  steps: ({ commitment }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "commitReport", args: [commitment] },
  }),
  title: () => ({}),
  refetch: ["chain"],
});
