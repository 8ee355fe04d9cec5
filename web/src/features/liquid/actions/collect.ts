import { defineAction } from "../../../shared/action/define.ts";
import { liquidVault } from "../vault/contract.ts";

/** Takes the vault's matured exits in, which fills the pots of days. Anyone may. */
export const collect = defineAction<{ exitIds: readonly bigint[] }>({
  id: "collect-exits",
  steps: ({ exitIds }, { deployment }) => ({
    call: { contract: liquidVault(deployment), functionName: "collect", args: [exitIds] },
  }),
  title: ({ exitIds }) => ({ n: String(exitIds.length) }),
  scopes: ["claim", "slashing"],
  refetch: ["chain", "graphql"],
});
