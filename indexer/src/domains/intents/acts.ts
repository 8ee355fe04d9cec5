import type { CommandName } from "./service/commands.ts";

/** An act's address in REST. */
export interface Act {
  method: "POST" | "PUT";
  path: string;
  command: CommandName;
  /** What `:id` of the path is. `self` is the caller alone. */
  id?: "self" | "memberId" | "validatorId" | "suspensionId";
  summary: string;
  who: string;
}

const own = { method: "POST", id: "self", who: "the member itself" } as const;
const staff = "compliance, with a second factor; another officer decides";

/** Acts that need a wallet's signature. Who acts is in the token; bodies name nobody. */
export const acts: Act[] = [
  { ...own, path: "/api/v1/members/:id/stake", command: "stake", summary: "Prepares own stake of a validator" },
  {
    ...own,
    path: "/api/v1/members/:id/unstake",
    command: "unstake",
    summary: "Prepares an exit out of a position, or out of own stake if none is named",
  },
  {
    ...own,
    path: "/api/v1/members/:id/delegate",
    command: "delegate",
    summary: "Prepares a delegation, or the move of a whole position to another validator",
  },
  {
    ...own,
    path: "/api/v1/members/:id/claim-rewards",
    command: "claimRewards",
    summary: "Prepares the claim of rewards, of commissions or of exits that are due",
  },
  { ...own, path: "/api/v1/members/:id/vote", command: "castVote", summary: "Prepares a ballot" },
  {
    ...own,
    path: "/api/v1/members/:id/rotate-keys",
    command: "rotateConsensusKey",
    summary: "Prepares a new consensus key of the member's validator; ends the member's other sessions",
    who: "the member itself, with a second factor",
  },
  {
    method: "POST",
    path: "/api/v1/members/:id/suspend",
    command: "suspendMember",
    id: "memberId",
    summary: "Proposes to suspend a member; what is agreed on is signed by the contracts' compliance office",
    who: staff,
  },
  {
    method: "POST",
    path: "/api/v1/members/:id/restore",
    command: "restoreMember",
    id: "memberId",
    summary: "Prepares the end of a suspension against which nothing stands any more",
    who: "the member itself, and compliance",
  },
  {
    method: "POST",
    path: "/api/v1/validators/register",
    command: "registerValidator",
    summary: "Prepares a validator's registration",
    who: "members who run none",
  },
  {
    method: "PUT",
    path: "/api/v1/validators/:id/config",
    command: "updateValidatorConfig",
    id: "validatorId",
    summary: "Prepares one change of a validator's settings; a rise of the commission is declared first",
    who: "whoever owns or operates the validator",
  },
  {
    method: "POST",
    path: "/api/v1/proposals",
    command: "createProposal",
    summary: "Prepares a proposal",
    who: "members with enough votes",
  },
  {
    method: "POST",
    path: "/api/v1/suspensions/:id/appeal",
    command: "appealSuspension",
    id: "suspensionId",
    summary: "Prepares an appeal; its words stay here, sealed, and its hash goes on the chain",
    who: "the suspended member",
  },
];
