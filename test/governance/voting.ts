import { ethers as lib } from "ethers";
import { local } from "../../scripts/deploy/config.ts";
import {
  delegation,
  deployedWith,
  ethers,
  join,
  networkHelpers,
  type System,
  tburn,
  UNBONDING,
  validatorOf,
} from "../fixtures/system.ts";

/** Seconds of the test deployment's governor and timelock. */
export const VOTING_DELAY = 30;
export const LATE_QUORUM = 30;
export const TIMELOCK = 20;
/** Seconds that decisions leave of the unbonding. */
const ROOM = 10;
export const VOTING_PERIOD = UNBONDING - VOTING_DELAY - LATE_QUORUM - TIMELOCK - ROOM;

type Signer = System["bob"];

export interface Call {
  target: string;
  value?: bigint;
  data: string;
}

export interface Proposal {
  id: bigint;
  args: [string[], bigint[], string[]];
  hash: string;
  description: string;
}

/** Alice (100,000 own), bob (20,000) and carol (30,000 delegated), with a timelock that waits. */
export const governed = () => governedWith({});

/** As `governed`, with another configuration. */
export async function governedWith(overrides: Parameters<typeof deployedWith>[0]) {
  const [deployer] = await ethers.getSigners();
  const holders = { slasher: deployer.address, standing: deployer.address, param: deployer.address };
  const governance = {
    ...local.governance,
    votingDelaySeconds: VOTING_DELAY,
    votingPeriodSeconds: VOTING_PERIOD,
    lateQuorumSeconds: LATE_QUORUM,
  };
  const s = await deployedWith({ holders, timelockSeconds: TIMELOCK, governance, ...overrides });
  const validatorId = await validatorOf(s, s.alice);
  await join(s, s.bob);
  await join(s, s.carol);
  const bobs = await delegation(s, s.bob, validatorId, tburn(20_000));
  const carols = await delegation(s, s.carol, validatorId, tburn(30_000));
  await networkHelpers.time.increase(2);
  return { ...s, validatorId, bobs, carols };
}

/** A call of a parameter's setter. */
export async function setUnbonding(s: System, seconds: number): Promise<Call> {
  return { target: await s.core.getAddress(), data: s.core.interface.encodeFunctionData("setUnbonding", [seconds]) };
}

export function argsOf(calls: Call[]): Proposal["args"] {
  return [calls.map((c) => c.target), calls.map((c) => c.value ?? 0n), calls.map((c) => c.data)];
}

/** Proposes and returns what the later steps need. */
export async function propose(s: System, proposer: Signer, calls: Call[], description = "# Title"): Promise<Proposal> {
  const args = argsOf(calls);
  const hash = lib.id(description);
  await s.governor.connect(proposer).propose(...args, description);
  return { id: await s.governor.hashProposal(...args, hash), args, hash, description };
}

/** Goes to the first second in which `proposal` can be voted on. */
export async function open(s: System, proposal: Proposal) {
  await networkHelpers.time.increaseTo((await s.governor.proposalSnapshot(proposal.id)) + 1n);
}

/** Goes to the first second after the deadline. */
export async function close(s: System, proposal: Proposal) {
  await networkHelpers.time.increaseTo((await s.governor.proposalDeadline(proposal.id)) + 1n);
}

/** Lets alice carry a proposal and queues it. */
export async function carry(s: System, calls: Call[], description?: string) {
  const proposal = await propose(s, s.alice, calls, description);
  await open(s, proposal);
  await s.governor.connect(s.alice).castVote(proposal.id, 1);
  await close(s, proposal);
  await s.governor.queue(...proposal.args, proposal.hash);
  return proposal;
}

/** Carries, waits and executes. */
export async function enact(s: System, calls: Call[], description?: string) {
  const proposal = await carry(s, calls, description);
  await networkHelpers.time.increase(TIMELOCK);
  return s.governor.execute(...proposal.args, proposal.hash);
}
