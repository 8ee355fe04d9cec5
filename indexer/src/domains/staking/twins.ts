import { z } from "zod";
import { PAGE, pageInput, type Twin } from "../../platform/graphql/twin.ts";

const positions: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/staking-positions",
  summary: "Open delegations of a member, newest first",
  document: `query Positions($id: String!, $first: Int, $after: String) { member(memberId: $id) {
    stakingPositions(first: $first, after: $after) { ${PAGE}
      nodes { positionId validatorId shares value pendingRewards claimedRewards autoCompound lienId since closedAt } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  at: ["member", "stakingPositions"],
  page: true,
};

const delegators: Twin = {
  method: "GET",
  path: "/api/v1/validators/:id/delegators",
  summary: "Open delegations to a validator, by wallet; whose wallet it is stays unsaid",
  document: `query Delegators($id: Int!, $first: Int, $after: String) { validator(validatorId: $id) { validatorId }
    stakingPositions(validatorId: $id, first: $first, after: $after) { ${PAGE}
      nodes { positionId shares value since member { accountAddress } } } }`,
  input: z.strictObject({ id: z.coerce.number().int().positive(), ...pageInput }),
  at: ["stakingPositions"],
  of: "validator",
  page: true,
};

export const twins = [positions, delegators];
