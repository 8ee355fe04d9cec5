import { defineAction } from "../../../shared/action/define.ts";
import { formatBps } from "../../../shared/format/number.ts";

export const declareCommission = defineAction<{ validatorId: number; bps: number }>({
  id: "declare-commission",
  steps: ({ validatorId, bps }) => ({
    call: { contract: "validators", functionName: "declareCommission", args: [validatorId, bps] },
  }),
  title: ({ bps }) => ({ rate: formatBps(bps) }),
  refetch: ["chain", "graphql"],
});
