import { z } from "zod";
import { PAGE, pageBody, pageInput, type Twin } from "../../platform/graphql/twin.ts";

interface Data {
  member: { financial: { transactions: Parameters<typeof pageBody>[0] } } | null;
}

const transactions: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/transactions",
  summary: "What happened to a member, newest first; for the member and auditors",
  document: `query Transactions($id: String!, $first: Int, $after: String) { member(memberId: $id) { financial {
    transactions(first: $first, after: $after) { ${PAGE}
      nodes { name at blockNumber logIndex transactionHash validatorId positionId args } } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  answer: ({ member }: Data) => member && pageBody(member.financial.transactions),
};

export const twins = [transactions];
