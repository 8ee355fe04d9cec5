import { appealSuspension } from "./appealing.ts";
import { delegate, stake } from "./entering.ts";
import { castVote, createProposal } from "./governing.ts";
import { claimRewards, unstake } from "./leaving.ts";
import type { Command } from "./preparing.ts";
import { restoreMember, suspendMember } from "./suspending.ts";
import { registerValidator, rotateConsensusKey, updateValidatorConfig } from "./validating.ts";

/** Acts by their names; REST and GraphQL carry out the same ones. */
export const commands = {
  stake,
  unstake,
  delegate,
  claimRewards,
  castVote,
  createProposal,
  registerValidator,
  updateValidatorConfig,
  rotateConsensusKey,
  suspendMember,
  restoreMember,
  appealSuspension,
} satisfies Record<string, Command>;
export type CommandName = keyof typeof commands;
