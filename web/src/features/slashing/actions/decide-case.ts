import { defineAction } from "../../../shared/action/define.ts";
import { type SlashVerdict, verdicts } from "../kinds.ts";
import { slashingOf } from "../queries.ts";

export interface Decision {
  caseId: number;
  verdict: SlashVerdict;
  /** Of 10^18; read by the contract only to reduce. */
  fraction: bigint;
}

/** The council's verdict on an appeal. */
export const decideCase = defineAction<Decision>({
  id: "decide-case",
  steps: ({ caseId, verdict, fraction }, { at }) => ({
    call: {
      contract: slashingOf(at),
      functionName: "decide",
      args: [BigInt(caseId), verdicts.indexOf(verdict), fraction],
    },
  }),
  title: ({ caseId }) => ({ id: String(caseId) }),
  refetch: ["chain", "graphql"],
});
