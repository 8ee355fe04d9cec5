import { defineAction } from "../../../shared/action/define.ts";
import { officesOf, type Scope, scopes } from "../contracts.ts";

/** Ends a pause early. Guardian or administrator. */
export const resumeScope = defineAction<{ scope: Scope }>({
  id: "resume-scope",
  steps: ({ scope }, { at }) => ({
    call: { contract: officesOf(at).pause, functionName: "resume", args: [scopes.indexOf(scope)] },
  }),
  title: ({ scope }) => ({ scope }),
  refetch: ["chain", "graphql"],
});
