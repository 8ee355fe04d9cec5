import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StatementParts } from "@tburn/deployments/delegate-statement";
import { signTypedData } from "viem/actions";
import { useConfig } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import { useChain } from "../../../shared/chain/context.ts";
import { ask } from "../../../shared/graphql/request.ts";
import { statementData } from "./statement-signature.ts";

const PUBLISH = `mutation PublishStatement($statement: DelegateStatementInput!) {
  publishDelegateStatement(statement: $statement) { signedAt } }`;

/** Signs a statement with the connected wallet and hands it to the indexer: no transaction, no fee. */
export function usePublishing() {
  const wagmi = useConfig();
  const { config } = useChain();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (parts: StatementParts) => {
      const wallet = await getConnectorClient(wagmi, { chainId: config.chainId });
      const statement = { ...parts, delegate: wallet.account.address, signedAt: Math.floor(Date.now() / 1_000) };
      const data = statementData(statement, config.chainId);
      const signature = await signTypedData(wallet, { account: wallet.account, ...data });
      await ask(PUBLISH, { statement: { ...statement, signature } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["graphql"] }),
  });
}
