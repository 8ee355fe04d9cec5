import { z } from "zod";
import type { Twin } from "../../platform/graphql/twin.ts";

const stats: Twin = {
  method: "GET",
  path: "/api/v1/network/stats",
  summary: "Totals of the network, as of a block",
  document: `query Stats { networkStats { asOfBlock { number hash timestamp } supply burned selfStake delegated totalStake
    rewardsCredited aprBps memberCount validatorCount activeValidatorCount openPositionCount } }`,
  input: z.strictObject({}),
  at: ["networkStats"],
};

export const twins = [stats];
