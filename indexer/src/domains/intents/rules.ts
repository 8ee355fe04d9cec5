import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** What a prepared transaction does. */
export type Kind =
  | "STAKE"
  | "UNSTAKE"
  | "DELEGATE"
  | "REDELEGATE"
  | "CLAIM_REWARDS"
  | "CLAIM_COMMISSION"
  | "CLAIM_EXITS"
  | "VOTE"
  | "CREATE_PROPOSAL"
  | "REGISTER_VALIDATOR"
  | "UPDATE_VALIDATOR_CONFIG"
  | "ROTATE_KEYS"
  | "SUSPEND"
  | "RESTORE"
  | "APPEAL";

/** Prepared; told to be sent, or seen in a block; in a block that nothing takes back; not seen in time. */
export type State = "PENDING" | "SUBMITTED" | "CONFIRMED" | "EXPIRED";

/** How long a wallet has to sign: amounts and limits were looked at when it was prepared. */
export const LIFE_MS = 30 * 60_000;
/** How long a transaction may wait for a block once we were told of it. */
export const TOLD_MS = 24 * 3_600_000;

/** An event that tells of the act, as far as it could be seen. */
export interface Seen {
  block: number;
  hash: string;
  logIndex: number;
  tx: string;
  /** Nothing takes its block back any more. */
  isFinal: boolean;
}

/** Where an intent stands once it was looked for: by what was seen, what was told, and what time it is. */
export function stateOf(
  intent: { expiresAt: Date; submittedAt: Date | null },
  seen: Seen | undefined,
  now: Date,
): State {
  if (seen) return seen.isFinal ? "CONFIRMED" : "SUBMITTED";
  const { submittedAt } = intent;
  const end = submittedAt ? submittedAt.getTime() + TOLD_MS : intent.expiresAt.getTime();
  if (end <= now.getTime()) return "EXPIRED";
  return submittedAt ? "SUBMITTED" : "PENDING";
}

/** Fewest units accepted when `expected` may move by rounding or a slash before inclusion: 0.5 % less, as in the dApp. */
export const withTolerance = (expected: bigint): bigint => (expected * 995n) / 1_000n;

/** Smallest delegation, and smallest rest of a partial exit, base units (`StakingCore`, seed §4). */
export const LEAST_DELEGATION = 100n * 10n ** 18n;

/** Shares that leave a position so that `tokens` of its `worth` do, rounded down as the dApp does. */
export const sharesFor = (tokens: bigint, shares: bigint, worth: bigint): bigint =>
  tokens >= worth ? shares : (shares * tokens) / worth;

/** Largest rise of a commission per declaration, basis points (`ValidatorRegistry`). */
const STEP_BPS = 300;

/** Rates that a validator may declare now, basis points; after a demotion one step up is enough. */
export function commissionBand(
  terms: { lowest: number; highest: number },
  current: number,
  personalHighest: number,
): { lowest: number; highest: number } {
  return {
    lowest: Math.min(terms.lowest, current + STEP_BPS),
    highest: Math.min(terms.highest, personalHighest, current + STEP_BPS),
  };
}

/** What keeps a suspended member from being restored; names of the bits of `checklistOf`. */
export function restoreObstacles(facts: {
  now: number;
  endsAt: number;
  frozenUntil: number | null;
  needsKyc: boolean;
  hasOpenCase: boolean;
}): string[] {
  return [
    ...(facts.now < facts.endsAt ? ["term"] : []),
    ...(facts.frozenUntil !== null && facts.now < facts.frozenUntil ? ["frozen"] : []),
    ...(facts.needsKyc ? ["kyc"] : []),
    ...(facts.hasOpenCase ? ["case"] : []),
  ];
}

/** The bytes that an appeal's hash is of: the form in which the dApp writes and checks statements. */
export const statementDocument = (about: string, text: string, files: object[], salt: string): string =>
  `${JSON.stringify({ about, text: text.trim(), files, salt }, null, 2)}\n`;

/** What goes on chain of a proposal, as the dApp writes it: the mark keeps others from proposing the same first. */
export const proposalText = (title: string, body: string, proposer: string): string =>
  `# ${title.trim()}\n\n${body.trim()}\n\n#proposer=${proposer}`;

const own = (name: string, stepUp = false): Verb => ({ name, may: ["self"], ...(stepUp && { stepUp }) });

export const seeIntents = own("intents.see");
export const tellIntents = own("intents.tell");
export const stakeOwn = own("intents.stake");
/** Leaving asks for nothing but who somebody is: no identity check, no tier, no second factor. */
export const leave = own("intents.leave");
export const vote = own("intents.vote");
export const propose = own("intents.propose");
export const runValidator = own("intents.validator");
export const rotateKeys = own("intents.keys.rotate", true);
export const appeal = own("intents.appeal");
export const readAppeals: Verb = { name: "intents.appeal.read", may: ["self", "compliance"] };
export const restoreOwn = own("intents.restore");
export const restoreOthers: Verb = { name: "intents.restore.others", may: ["compliance"] };
export const proposeSuspension: Verb = { name: "intents.suspend.propose", may: ["compliance"], stepUp: true };
export const decideSuspension: Verb = { name: "intents.suspend.decide", may: ["compliance"], stepUp: true };

export const access: AccessRules = {
  verbs: [
    ...[seeIntents, tellIntents, stakeOwn, leave, vote, propose, runValidator, rotateKeys, appeal, readAppeals],
    ...[restoreOwn, restoreOthers, proposeSuspension, decideSuspension],
  ],
};
