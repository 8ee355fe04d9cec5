import { defineAction } from "../../../shared/action/define.ts";
import { suspensionsOf } from "../queries.ts";
import { type Verdict, verdicts } from "../reasons.ts";

export interface Decision {
  suspensionId: number;
  verdict: Verdict;
  /** Unix seconds; read by the contract only to reduce. */
  newEndsAt: number;
}

/** The council's verdict on an appeal. */
export const decideSuspension = defineAction<Decision>({
  id: "decide-suspension",
  steps: ({ suspensionId, verdict, newEndsAt }, { at }) => ({
    call: {
      contract: suspensionsOf(at),
      functionName: "decide",
      args: [BigInt(suspensionId), verdicts.indexOf(verdict), newEndsAt],
    },
  }),
  title: ({ suspensionId }) => ({ id: String(suspensionId) }),
  refetch: ["chain", "graphql"],
});
