import { z } from "zod";
import { PAGE, pageBody, pageInput, type Twin } from "../../platform/graphql/twin.ts";

const positions: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/staking-positions",
  summary: "Open delegations of a member, newest first",
  document: `query Positions($id: String!, $first: Int, $after: String) { member(memberId: $id) {
    stakingPositions(first: $first, after: $after) { ${PAGE}
      nodes { positionId validatorId shares value pendingRewards claimedRewards autoCompound lienId since closedAt } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  answer: ({ member }: { member: { stakingPositions: Parameters<typeof pageBody>[0] } | null }) =>
    member && pageBody(member.stakingPositions),
};

const delegators: Twin = {
  method: "GET",
  path: "/api/v1/validators/:id/delegators",
  summary: "Open delegations to a validator, by wallet; whose wallet it is stays unsaid",
  document: `query Delegators($id: Int!, $first: Int, $after: String) { validator(validatorId: $id) { validatorId }
    stakingPositions(validatorId: $id, first: $first, after: $after) { ${PAGE}
      nodes { positionId shares value since member { accountAddress } } } }`,
  input: z.strictObject({ id: z.coerce.number().int().positive(), ...pageInput }),
  answer: (data: { validator: object | null; stakingPositions: Parameters<typeof pageBody>[0] }) =>
    data.validator && pageBody(data.stakingPositions),
};

export const twins = [positions, delegators];
