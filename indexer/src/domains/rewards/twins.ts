import { z } from "zod";
import { PAGE, pageInput, type Twin } from "../../platform/graphql/twin.ts";

const rewards: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/rewards",
  summary: "Payments of rewards to a member, newest first",
  document: `query Rewards($id: String!, $first: Int, $after: String) { member(memberId: $id) { createdAt }
    rewards(memberId: $id, first: $first, after: $after) { ${PAGE}
      nodes { validatorId positionId kind amount paidTo at blockNumber transactionHash } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  at: ["rewards"],
  of: "member",
  page: true,
};

export const twins = [rewards];
