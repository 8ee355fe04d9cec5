import { z } from "zod";
import { ofPast, PAGE, pageInput, pastInput, type Twin } from "../../platform/graphql/twin.ts";

const positions: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/staking-positions",
  summary: "Open delegations of a member, newest first, now or as a block left them",
  document: `query Positions($id: String!, $first: Int, $after: String, $asOfBlock: Int) { member(memberId: $id) {
    stakingPositions(first: $first, after: $after, asOfBlock: $asOfBlock) { ${PAGE}
      nodes { positionId validatorId shares value pendingRewards claimedRewards autoCompound lienId since closedAt } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput, ...pastInput }),
  variables: ofPast,
  at: ["member", "stakingPositions"],
  page: true,
};

const delegators: Twin = {
  method: "GET",
  path: "/api/v1/validators/:id/delegators",
  summary: "Open delegations to a validator, by wallet; whose wallet it is stays unsaid",
  document: `query Delegators($id: Int!, $first: Int, $after: String, $asOfBlock: Int) {
    validator(validatorId: $id, asOfBlock: $asOfBlock) { validatorId }
    stakingPositions(validatorId: $id, first: $first, after: $after, asOfBlock: $asOfBlock) { ${PAGE}
      nodes { positionId shares value since member { accountAddress } } } }`,
  input: z.strictObject({ id: z.coerce.number().int().positive(), ...pageInput, ...pastInput }),
  variables: ofPast,
  at: ["stakingPositions"],
  of: "validator",
  page: true,
};

export const twins = [positions, delegators];
