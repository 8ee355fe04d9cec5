import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { liquidVault } from "../vault/contract.ts";

/** Tokens for sTBURN. The vault takes no permit: exactly this amount is approved first, or in the same bundle. */
export const deposit = defineAction<{ tokens: bigint }>({
  id: "deposit-liquid",
  steps: ({ tokens }, { deployment, account }) => ({
    call: { contract: liquidVault(deployment), functionName: "deposit", args: [tokens, account] },
    spend: { tokens },
  }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens) }),
  refetch: ["chain", "graphql"],
});
