import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { act, as, type Story, sent, sequence, whole } from "../acts.ts";
import { localWallet } from "../chain.ts";
import { demoAttest, possession, type System } from "../system.ts";
import { newestTime, turnTo } from "./clock.ts";
import { openLiquidStaking, openQuestion, turnDown } from "./governance.ts";
import { firstDeposits, firstRedemption } from "./liquid.ts";
import { evaluateMembers, evaluateTiers, reportEpoch, rise } from "./performance.ts";
import { doubleSign } from "./slashing.ts";
import { suspension } from "./suspension.ts";
import { consensusKey } from "./votes.ts";
import { DELEGATOR, DELEGATOR_WALLETS, MEMBER, NEWCOMER, VALIDATOR_WALLETS } from "./wallets.ts";

const names = [
  "Hangang",
  "Seorak",
  "Jirisan",
  "Halla",
  "Dokdo",
  "Namsan",
  "Gyeongpo",
  "Baekdu",
  "Odaesan",
  "Taebaek",
  "Nakdong",
  "Sobaek",
];
const DAY = 86_400;
/** Room before now for the last chapter, in which the demo accounts act. */
const LAST_CHAPTER_SECONDS = 900;

const fund = (story: Story, index: number, tokens: bigint) =>
  sent(as(story, 0).token.transfer(localWallet(index).address, tokens));

/** Makes wallet `index` a funded member with the given KYC level. */
async function join(story: Story, index: number, level: number, tokens: bigint): Promise<System> {
  const mine = as(story, index);
  await fund(story, index, tokens);
  await sent(mine.members.register(ethers.id(`local member ${index}`)));
  await demoAttest(story.record, localWallet(0, story.provider), localWallet(index).address, level);
  await sent(mine.token.approve(story.record.contracts.StakingCore.address, ethers.MaxUint256));
  return mine;
}

async function startValidator(story: Story, index: number, name: string): Promise<void> {
  const enterprise = index % 6 === 0;
  const candidate = index % 7 === 0;
  const self = enterprise
    ? parseEther("600000")
    : candidate
      ? parseEther("20000")
      : whole(story.random, 60_000, 200_000);
  const mine = await join(story, index, enterprise ? 3 : 2, self + parseEther("50000"));
  const memberNo = await mine.members.memberNoOf(localWallet(index).address);
  const key = consensusKey(index);
  const commissionBps = enterprise ? 500 : 500 + Math.floor(story.random() * 5) * 100;
  const params = {
    consensusKey: key.address,
    keyType: 0,
    commissionBps,
    maxCommissionBps: 2_000,
    minDelegation: 0,
    name,
  };
  await sent(mine.validators.register(params, await possession(story.record, key, memberNo)));
  const validatorId = await mine.validators.validatorOf(memberNo);
  await sent(mine.core.depositSelf(validatorId, self));
  await rise(story, index);
  if (!candidate) await sent(mine.validators.activate(validatorId, 0));
}

/** Founders join on the first day. */
async function founding(story: Story, say: (line: string) => void): Promise<void> {
  const deployer = as(story, 0);
  await sent(deployer.token.approve(story.record.contracts.RewardVault.address, ethers.MaxUint256));
  await sent(deployer.vault.fund(parseEther("20000000")));
  for (const [i, index] of VALIDATOR_WALLETS.entries())
    await startValidator(story, index, names[i] ?? `Validator ${i}`);
  say(`${VALIDATOR_WALLETS.length} validators registered`);
  for (const index of DELEGATOR_WALLETS) await join(story, index, 1, parseEther("400000"));
  await join(story, DELEGATOR, 1, parseEther("60000"));
  await join(story, MEMBER, 1, parseEther("25000"));
  await fund(story, NEWCOMER, parseEther("5000"));
  say(`${DELEGATOR_WALLETS.length + 2} members joined`);
}

/** A candidate adds to its own stake, rises to an active validator, and enters the set. */
async function promotion(story: Story, validatorId: number, index: number): Promise<void> {
  await fund(story, index, parseEther("40000"));
  const mine = as(story, index);
  await sent(mine.core.depositSelf(validatorId, parseEther("40000")));
  await rise(story, index);
  await sent(mine.validators.activate(validatorId, 0));
}

/** What happened once, by the part of the time that is over. */
const turningPoints: [share: number, chapter: (story: Story) => Promise<void>][] = [
  [0.2, (story) => delegate(story, 1, "12000")],
  [0.3, (story) => delegate(story, 4, "9000")],
  [0.4, (story) => sent(as(story, 13).validators.declareCommission(4, 400))],
  [0.45, (story) => promotion(story, 12, 21)],
  [0.5, (story) => delegate(story, 7, "5000")],
  [0.6, (story) => doubleSign(story, 11)],
  [0.65, (story) => suspension(story, 57)],
  [0.75, openLiquidStaking],
  [0.8, firstDeposits],
  [0.85, turnDown],
  [0.95, firstRedemption],
];

const delegate = (story: Story, validatorId: number, tokens: string) =>
  sent(as(story, DELEGATOR).core.delegate(validatorId, parseEther(tokens), 0));

/** The demo accounts leave something to do: an exit that has matured, one on its way, and a raise declared. */
async function lastChapter(story: Story): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const { core, members } = as(story, DELEGATOR);
  const memberNo = await members.memberNoOf(localWallet(DELEGATOR).address);
  await turnTo(story, now - LAST_CHAPTER_SECONDS + 60);
  await sent(core.undelegate(await core.positionOf(memberNo, 4), parseEther("1500"), 0));
  await turnTo(story, now - 240);
  await sent(core.undelegate(await core.positionOf(memberNo, 1), parseEther("2500"), 0));
  await sent(as(story, 10).validators.declareCommission(1, (await as(story, 10).validators.commissionOf(1)) + 100n));
  await reportEpoch(story, 1);
  await evaluateMembers(story);
  await openQuestion(story, now - 30);
}

/**
 * Tells the local chain's past by real transactions: members, validators, `days` of delegations and daily rewards, up
 * to a minute ago.
 * @param say Progress, one line per chapter.
 */
export async function tellHistory(
  record: Deployment,
  provider: ethers.JsonRpcProvider,
  days: number,
  say: (line: string) => void,
): Promise<void> {
  const story: Story = { record, provider, random: sequence(7) };
  await founding(story, say);
  const end = Math.floor(Date.now() / 1000) - LAST_CHAPTER_SECONDS;
  const begin = await newestTime(story);
  const step = Math.floor((end - begin) / days);
  for (let day = 1; day <= days; day++) {
    await turnTo(story, begin + day * step);
    for (let acts = 0; acts < 5; acts++) await act(story);
    for (const [share, chapter] of turningPoints) {
      if (day === Math.max(1, Math.round(days * share))) await chapter(story);
    }
    await reportEpoch(story, day / days);
    await evaluateTiers(story);
    if (day % 10 === 0) say(`day ${day} of ${days}`);
  }
  await lastChapter(story);
}

export const HISTORY_SECONDS = (days: number) => days * DAY;
