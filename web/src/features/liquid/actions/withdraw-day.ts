import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { liquidVault } from "../vault/contract.ts";

/** Pays one day's redemption whole. */
export const withdrawDay = defineAction<{ day: number; tokens: bigint }>({
  id: "withdraw-redemption",
  steps: ({ day }, { deployment, account }) => ({
    call: {
      contract: liquidVault(deployment),
      functionName: "redeemRequest",
      args: [BigInt(day), account, account],
    },
  }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens, 6) }),
  refetch: ["chain", "graphql"],
});
