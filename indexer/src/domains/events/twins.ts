import { z } from "zod";
import { PAGE, pageInput, type Twin } from "../../platform/graphql/twin.ts";

const transactions: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/transactions",
  summary: "What happened to a member, newest first; for the member and auditors",
  document: `query Transactions($id: String!, $first: Int, $after: String) { member(memberId: $id) { financial {
    transactions(first: $first, after: $after) { ${PAGE}
      nodes { name at blockNumber logIndex transactionHash validatorId positionId args } } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  at: ["member", "financial", "transactions"],
  page: true,
  personal: true,
};

export const twins = [transactions];
