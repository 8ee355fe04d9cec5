import { enumName } from "../../platform/chain/args.ts";

/** Support as ballots say it (GovernorBravo's order). */
export const supports = ["AGAINST", "FOR", "ABSTAIN"] as const;

const columns = ["against_votes", "for_votes", "abstain_votes"] as const;

/** Column that a ballot's weight goes to. @throws {RangeError} for a support that the governor does not know. */
export const tallyColumn = (support: number) => enumName(columns, support);

export type ProposalState = "PENDING" | "ACTIVE" | "CANCELED" | "DEFEATED" | "SUCCEEDED" | "QUEUED" | "EXECUTED";

/** What a proposal's state follows from. Times are unix seconds, votes base units. */
export interface Course {
  voteStart: number;
  /** Deadline with any extension for a late quorum. */
  voteEnd: number;
  against: bigint;
  for: bigint;
  abstain: bigint;
  quorum: bigint;
  queued: boolean;
  executed: boolean;
  canceled: boolean;
}

/** Whether enough voted for or abstained. */
const hasQuorum = (course: Pick<Course, "for" | "abstain" | "quorum">) => course.for + course.abstain >= course.quorum;

/** State at a moment; mirrors OpenZeppelin's `Governor.state` with this system's counting. */
export function stateAt(course: Course, now: number): ProposalState {
  if (course.executed) return "EXECUTED";
  if (course.canceled) return "CANCELED";
  if (now <= course.voteStart) return "PENDING";
  if (now <= course.voteEnd) return "ACTIVE";
  if (!hasQuorum(course) || course.for <= course.against) return "DEFEATED";
  return course.queued ? "QUEUED" : "SUCCEEDED";
}

/** Title of a proposal: the first line that is not empty, without the marks of a heading. */
export function titleOf(description: string): string {
  const line = description.split("\n").find((one) => one.trim() !== "") ?? "";
  return line
    .replace(/^#+\s*/, "")
    .trim()
    .slice(0, 200);
}

/** Units that must vote for or abstain, rounded down as the governor does. */
export const quorumOf = (supply: bigint, percent: number): bigint => (supply * BigInt(percent)) / 100n;

/** What somebody has done for governance: counts that anyone can take from the chain. */
export interface Deeds {
  proposalsCreated: number;
  proposalsPassed: number;
  /** Proposals whose voting began since the member joined and has ended, and on how many of them it voted. */
  ended: number;
  answered: number;
}

/** Grows with each change of {@link reputationOf}, so that two scores are compared only under one formula. */
export const REPUTATION_VERSION = 1;

/** 0–100: up to 60 for the part of votes that one took part in, 8 a proposal that passed up to 40. */
export function reputationOf({ ended, answered, proposalsPassed }: Deeds): number {
  const taking = ended === 0 ? 0 : Math.floor((60 * answered) / ended);
  return taking + Math.min(40, 8 * proposalsPassed);
}

export type Contribution = "OBSERVER" | "PARTICIPANT" | "CONTRIBUTOR" | "LEADER";

/** Seed §2.4: leaders have carried three proposals or more, contributors have made one, participants vote half the time. */
export function contributionOf({ ended, answered, proposalsCreated, proposalsPassed }: Deeds): Contribution {
  if (proposalsPassed >= 3) return "LEADER";
  if (proposalsCreated > 0) return "CONTRIBUTOR";
  return ended > 0 && answered * 2 >= ended ? "PARTICIPANT" : "OBSERVER";
}
