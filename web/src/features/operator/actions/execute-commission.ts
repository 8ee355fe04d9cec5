import { defineAction } from "../../../shared/action/define.ts";
import { formatBps } from "../../../shared/format/number.ts";

export const executeCommission = defineAction<{ validatorId: number; bps: number }>({
  id: "execute-commission",
  steps: ({ validatorId }) => ({
    call: { contract: "validators", functionName: "executeCommission", args: [validatorId] },
  }),
  title: ({ bps }) => ({ rate: formatBps(bps) }),
  refetch: ["chain", "graphql"],
});
