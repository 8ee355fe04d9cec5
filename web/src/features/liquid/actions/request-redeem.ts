import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { liquidVault } from "../vault/contract.ts";
import { toShown } from "../vault/shares.ts";

/** Gives shares up; what they are worth begins its exit today. */
export const requestRedeem = defineAction<{ shares: bigint }>({
  id: "request-redeem",
  steps: ({ shares }, { deployment, account }) => ({
    call: { contract: liquidVault(deployment), functionName: "requestRedeem", args: [shares, account, account] },
  }),
  title: ({ shares }) => ({ amount: formatAmount(toShown(shares), 6) }),
  scopes: ["exit"],
  refetch: ["chain", "graphql"],
});
