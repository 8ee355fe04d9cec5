import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { liquidVault } from "../vault/contract.ts";

/** Claims the vault's rewards and counts them for all holders. Anyone may. */
export const harvest = defineAction<{ tokens: bigint }>({
  id: "harvest",
  steps: (_, { deployment }) => ({
    call: { contract: liquidVault(deployment), functionName: "harvest", args: [] },
  }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens, 8) }),
  scopes: ["rewards"],
  refetch: ["chain", "graphql"],
});
