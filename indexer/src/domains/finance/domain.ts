import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Domain } from "../../platform/domain.ts";
import type { Twin } from "../../platform/graphql/twin.ts";
import { resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";

const input = z.strictObject({ id: z.uuid() });

const balance: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/balance",
  summary: "What the member owns, has earned and has lost, as of a block; for the member and auditors",
  document: `query Balance($id: String!) { member(memberId: $id) { financial {
    asOfBlock { number hash timestamp } totalBalance availableBalance lockedBalance stakedBalance validatorRewards
    delegationRewards compoundedRewards totalSlashed firstTransactionAt lastTransactionAt } } }`,
  input,
  at: ["member", "financial"],
  personal: true,
};

const statistics: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/statistics",
  summary: "How much the member has done; for the member and the staff",
  document: `query Statistics($id: String!) { memberStats(memberId: $id) {
    openPositions closedPositions openRequests eventCount rewardPaymentCount } }`,
  input,
  at: ["memberStats"],
  personal: true,
};

/** What members own, earn and lose, of the mirror (seed §2.5). */
export const finance: Domain = {
  name: "finance",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  access,
  twins: [balance, statistics],
};
