import { z } from "zod";
import { PAGE, pageInput, type Twin } from "../../platform/graphql/twin.ts";

const profile: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/governance",
  summary: "What a member has done for governance, as of a block",
  document: `query Governance($id: String!) { member(memberId: $id) { governance {
    asOfBlock { number hash timestamp } votes units delegatedTo delegatorCount votesCast votesFor votesAgainst votesAbstain
    proposalsCreated proposalsPassed proposalsRejected participationBps reputation reputationVersion contribution
    lastVoteAt lastProposalAt } } }`,
  input: z.strictObject({ id: z.uuid() }),
  at: ["member", "governance"],
};

const proposals: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/proposals",
  summary: "Proposals of a member, newest first",
  document: `query Proposals($id: String!, $first: Int, $after: String) { member(memberId: $id) {
    proposals(first: $first, after: $after) { ${PAGE}
      nodes { proposalId title state voteStart voteEnd forVotes againstVotes abstainVotes quorum createdAt } } } }`,
  input: z.strictObject({ id: z.uuid(), ...pageInput }),
  at: ["member", "proposals"],
  page: true,
};

export const twins = [profile, proposals];
