import { z } from "zod";
import type { Twin } from "../../platform/graphql/twin.ts";

const referral: Twin = {
  method: "GET",
  path: "/api/v1/members/:id/referral",
  summary: "One's own referral code, and how many came by it",
  document: `query Referral($id: String!) {
    member(memberId: $id) { referral { code count waitingCount rewardsEarned } }
  }`,
  input: z.strictObject({ id: z.uuid() }),
  at: ["member", "referral"],
};

export const twins = [referral];
