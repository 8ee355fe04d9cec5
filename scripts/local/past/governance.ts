import { ethers, parseEther } from "ethers";
import { as, type Story, sent } from "../acts.ts";
import { localWallet } from "../chain.ts";
import type { System } from "../system.ts";
import { newestTime, wait } from "./clock.ts";
import { walletOf } from "./wallets.ts";

/** Support as ballots say it. */
const AGAINST = 0;
const FOR = 1;
const ABSTAIN = 2;
/** Validators whose own stake outweighs the quorum together. */
const HEAVY = [3, 9, 1] as const;
const DELEGATOR_OF_VOTES = 22;
const ABSTAINER = 30;

interface Motion {
  description: string;
  calls: [target: string, data: string][];
}

const listing = (record: Story["record"], liquid: System["liquid"]): Motion => ({
  description:
    "# Open liquid staking to four validators\n\nLists Hangang, Jirisan, Halla and Odaesan for the liquid vault. " +
    "None of them holds more than a fifth of all stake; each has reported 99 % uptime or more.",
  calls: [1, 3, 4, 9].map((validatorId) => [
    record.contracts.LiquidStakingVault.address,
    liquid.interface.encodeFunctionData("setValidator", [validatorId, true]),
  ]),
});

const harsher = (record: Story["record"], slashing: System["slashing"]): Motion => ({
  description: "# Ten times the cost of downtime\n\nRaises what downtime costs from 0.1 % to 1 % of the stake.",
  calls: [
    [record.contracts.SlashingManager.address, slashing.interface.encodeFunctionData("setFraction", [1, 10n ** 16n])],
  ],
});

const bond = (record: Story["record"], slashing: System["slashing"], terms: object): Motion => ({
  description:
    "# Halve the bond of the committee\n\nA bond of 10,000 TBURN keeps small committees from bringing cases. " +
    "This proposal lowers it to 5,000 TBURN.",
  calls: [
    [record.contracts.SlashingManager.address, slashing.interface.encodeFunctionData("setTerms", [terms as never])],
  ],
});

async function propose(story: Story, index: number, { description, calls }: Motion) {
  const { governor } = as(story, index);
  const args = [calls.map(([target]) => target), calls.map(() => 0n), calls.map(([, data]) => data)] as const;
  await sent(governor.propose(...args, description));
  const id = await governor.latestProposalOf(localWallet(index).address);
  return { id, args: [...args, ethers.id(description)] as const };
}

/** Opens liquid staking: delegates vote, one of their delegators overrides, the timelock carries it out. */
export async function openLiquidStaking(story: Story): Promise<void> {
  const voices = HEAVY.map((validatorId) => as(story, walletOf(validatorId)));
  const [first, second, third] = voices as [System, System, System];
  await sent(as(story, DELEGATOR_OF_VOTES).core.delegate(HEAVY[0], parseEther("5000"), 0));
  await sent(as(story, DELEGATOR_OF_VOTES).votes.delegate(localWallet(walletOf(HEAVY[0])).address));
  const motion = listing(story.record, first.liquid);
  const { id, args } = await propose(story, walletOf(HEAVY[0]), motion);
  await wait(story, Number(await first.governor.votingDelay()) + 1);
  await sent(first.governor.castVoteWithReason(id, FOR, "More ways to take part."));
  await sent(second.governor.castVote(id, FOR));
  await sent(third.governor.castVote(id, FOR));
  await sent(as(story, DELEGATOR_OF_VOTES).governor.castOverrideVote(id, AGAINST, "Wait for an audit."));
  await sent(as(story, ABSTAINER).governor.castVote(id, ABSTAIN));
  await wait(story, Number(await first.governor.votingPeriod()) + 1);
  await sent(first.governor.queue(...args));
  await wait(story, Number(await first.timelock.getMinDelay()) + 1);
  await sent(first.governor.execute(...args));
}

/** A proposal that the stakers turn down. */
export async function turnDown(story: Story): Promise<void> {
  const mine = as(story, walletOf(HEAVY[2]));
  const { id } = await propose(story, walletOf(HEAVY[2]), harsher(story.record, mine.slashing));
  await wait(story, Number(await mine.governor.votingDelay()) + 1);
  await sent(as(story, walletOf(HEAVY[0])).governor.castVoteWithReason(id, AGAINST, "Too harsh for small operators."));
  await sent(mine.governor.castVote(id, FOR));
  await wait(story, Number(await mine.governor.votingPeriod()) + 1);
}

/** A proposal that is being voted on when the story reaches the present. @param at When it is made, unix seconds. */
export async function openQuestion(story: Story, at: number): Promise<void> {
  const mine = as(story, walletOf(HEAVY[1]));
  const t = await mine.slashing.terms();
  const { bountyBps, insuranceBps, slashJail, downtimeJail, bountyCap, compensation } = t;
  const terms = { bountyBps, insuranceBps, slashJail, downtimeJail, bountyCap, bond: t.bond / 2n, compensation };
  await wait(story, Math.max(0, at - (await newestTime(story))));
  const { id } = await propose(story, walletOf(HEAVY[1]), bond(story.record, mine.slashing, terms));
  await wait(story, Number(await mine.governor.votingDelay()) + 1);
  await sent(mine.governor.castVote(id, FOR));
}
