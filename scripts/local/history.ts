import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import {
  act,
  as,
  creditEpoch,
  DELEGATOR_WALLETS,
  type Story,
  sent,
  sequence,
  VALIDATOR_WALLETS,
  whole,
} from "./acts.ts";
import { localWallet } from "./chain.ts";
import { demoAttest, possession, type System } from "./system.ts";

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
/** Wallets that hold a role each: who decides is never who accused. */
export const COUNCIL = 1;
export const GUARDIAN = 2;
export const COMMITTEE = 3;
export const REPORTER = 4;
/** Wallet 0 deployed and attests, 10–21 are validators, 22–57 delegators; these are handed out, keys and all. */
export const DEMO_ACCOUNTS = [
  { index: 5, label: "Demo delegator" },
  { index: 6, label: "Demo member" },
  { index: 10, label: "Demo validator" },
  { index: 8, label: "Demo newcomer" },
  { index: COUNCIL, label: "Demo council" },
  { index: GUARDIAN, label: "Demo guardian" },
  { index: COMMITTEE, label: "Demo committee" },
];
const DELEGATOR = 5;
const MEMBER = 6;
const NEWCOMER = 8;
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
  const key = new ethers.Wallet(ethers.id(`local consensus key ${index}`));
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
  await rise(story, mine, memberNo);
  if (!candidate) await sent(mine.validators.activate(validatorId, 0));
}

/** Gives the member the tier that its facts support, after the grace. */
async function rise(story: Story, mine: ReturnType<typeof as>, memberNo: bigint): Promise<void> {
  await sent(mine.tiers.evaluate(memberNo));
  const { promotionGrace } = await mine.tiers.parameters();
  const newest = (await story.provider.getBlock("latest"))?.timestamp ?? 0;
  await turnTo(story, newest + Number(promotionGrace));
  await sent(mine.tiers.evaluate(memberNo));
}

/** The next block is of `timestamp` (unix seconds), or right after the newest one if that is later. */
async function turnTo(story: Story, timestamp: number): Promise<void> {
  const newest = (await story.provider.getBlock("latest"))?.timestamp ?? 0;
  await story.provider.send("evm_setNextBlockTimestamp", [Math.max(timestamp, newest + 1)]);
  await story.provider.send("evm_mine", []);
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

/** What happened once, by day. */
function turningPoint(story: Story, day: number, days: number): Promise<void> | undefined {
  const at = (share: number) => day === Math.max(1, Math.round(days * share));
  const delegate = (validatorId: number, tokens: string) =>
    sent(as(story, DELEGATOR).core.delegate(validatorId, parseEther(tokens), 0));
  if (at(0.2)) return delegate(1, "12000");
  if (at(0.3)) return delegate(4, "9000");
  if (at(0.4)) return sent(as(story, 13).validators.declareCommission(4, 400));
  if (at(0.5)) return delegate(7, "5000");
  if (at(0.6)) return slashed(story, 7);
  return undefined;
}

/** A light slash of one validator: a case opens, a thousandth burns, the case closes. */
async function slashed(story: Story, validatorId: number): Promise<void> {
  const { core } = as(story, 0);
  const tau = (await story.provider.getBlock("latest"))?.timestamp ?? 0;
  await sent(core.openCase(validatorId));
  await sent(core.slash(validatorId, tau, 999n * 10n ** 15n, 0));
  await sent(core.closeCase(validatorId));
}

/** The demo accounts leave something to do: an exit that has matured, one on its way, and a raise declared. */
async function lastChapter(story: Story): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const { core, members } = as(story, DELEGATOR);
  const memberNo = await members.memberNoOf(localWallet(DELEGATOR).address);
  await turnTo(story, now - LAST_CHAPTER_SECONDS + 60);
  await sent(core.undelegate(await core.positionOf(memberNo, 4), parseEther("1500"), 0));
  await turnTo(story, now - 45);
  await sent(core.undelegate(await core.positionOf(memberNo, 1), parseEther("2500"), 0));
  await sent(as(story, 10).validators.declareCommission(1, (await as(story, 10).validators.commissionOf(1)) + 100n));
  await creditEpoch(story);
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
  const begin = (await provider.getBlock("latest"))?.timestamp ?? end;
  const step = Math.floor((end - begin) / days);
  for (let day = 1; day <= days; day++) {
    await turnTo(story, begin + day * step);
    for (let acts = 0; acts < 5; acts++) await act(story);
    await turningPoint(story, day, days);
    await creditEpoch(story);
    if (day % 10 === 0) say(`day ${day} of ${days}`);
  }
  await lastChapter(story);
}

export const HISTORY_SECONDS = (days: number) => days * DAY;
