import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { mined } from "../deploy/mined.ts";
import { localWallet } from "./chain.ts";
import { demoAttest, possession, type System, system } from "./system.ts";

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
/** Wallets: 0 deployer, 1–4 free, 5–9 demo members, 10–21 validators, 22–57 delegators. */
export const VALIDATOR_WALLETS = Array.from(names, (_, i) => 10 + i);
export const DELEGATOR_WALLETS = Array.from({ length: 36 }, (_, i) => 22 + i);
const DAY = 86_400;

/** A repeatable sequence in [0, 1) (mulberry32), so that every fresh local chain tells the same story. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Story {
  record: Deployment;
  provider: ethers.JsonRpcProvider;
  random: () => number;
}

const as = (story: Story, index: number) =>
  system(story.record, new ethers.NonceManager(localWallet(index, story.provider)));
const whole = (story: Story, from: number, to: number) =>
  parseEther(String(Math.floor(from + story.random() * (to - from))));

async function sent(transaction: Promise<ethers.ContractTransactionResponse>): Promise<void> {
  await mined(await transaction);
}

/** Makes wallet `index` a funded member with the given KYC level. */
async function join(story: Story, index: number, level: number, tokens: bigint): Promise<System> {
  const deployer = new ethers.NonceManager(localWallet(0, story.provider));
  const mine = as(story, index);
  const { address } = localWallet(index);
  await sent(system(story.record, deployer).token.transfer(address, tokens));
  await sent(mine.members.register(ethers.id(`local member ${index}`)));
  await demoAttest(story.record, deployer, address, level);
  await sent(mine.token.approve(story.record.contracts.StakingCore.address, ethers.MaxUint256));
  return mine;
}

async function startValidator(story: Story, index: number, name: string): Promise<void> {
  const enterprise = index % 6 === 0;
  const candidate = index % 7 === 0;
  const self = enterprise ? parseEther("600000") : candidate ? parseEther("20000") : whole(story, 60_000, 200_000);
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
  if (!candidate) await sent(mine.validators.activate(validatorId, 0));
}

/** One act of a random delegator: mostly delegating, sometimes leaving or moving. Refusals are part of life. */
export async function act(record: Deployment, provider: ethers.JsonRpcProvider, random: () => number): Promise<string> {
  const story = { record, provider, random };
  const index = DELEGATOR_WALLETS[Math.floor(random() * DELEGATOR_WALLETS.length)] ?? 22;
  const mine = as(story, index);
  const memberNo = await mine.members.memberNoOf(localWallet(index).address);
  const count = Number(await mine.validators.validatorCount());
  const validatorId = 1 + Math.floor(random() * count);
  const positionId = await mine.core.positionOf(memberNo, validatorId);
  const dice = random();
  try {
    if (positionId === 0n || dice < 0.5) {
      await sent(mine.core.delegate(validatorId, whole(story, 200, 9_000), 0));
      return "delegate";
    }
    if (dice < 0.75) {
      await sent(mine.vault.claimRewards([positionId]));
      return "claimRewards";
    }
    const { shares, lien } = await mine.core.position(positionId);
    if (dice < 0.92 || lien !== 0n) {
      await sent(mine.core.undelegate(positionId, shares, 0));
      return "undelegate";
    }
    await sent(mine.core.redelegate(positionId, 1 + (validatorId % count), 0));
    return "redelegate";
  } catch (error) {
    if (ethers.isCallException(error)) return `refused: ${error.revert?.name ?? error.reason ?? "unknown"}`;
    throw error;
  }
}

/** Credits every earning validator by stake, for all epochs since the last credit. */
export async function creditEpoch(record: Deployment, provider: ethers.JsonRpcProvider): Promise<void> {
  const { vault, validators, core } = system(record, new ethers.NonceManager(localWallet(0, provider)));
  const epoch = await vault.currentEpoch();
  const budget = await vault.budgetFor(epoch);
  if (epoch === (await vault.lastEpoch()) || budget === 0n) return;
  const count = Number(await validators.validatorCount());
  const earning: [validatorId: number, stake: bigint][] = [];
  for (let id = 1; id <= count; id++) {
    const stake = await core.totalStakeOf(id);
    if (stake > 0n && (await validators.isEarning(id))) earning.push([id, stake]);
  }
  const total = earning.reduce((sum, [, stake]) => sum + stake, 0n);
  if (total === 0n) return;
  await sent(
    vault.creditEpoch(
      epoch,
      earning.map(([validatorId, stake]) => ({ validatorId, amount: (budget * stake) / total })),
    ),
  );
}

/**
 * Tells the local chain's past by real transactions: members, validators, `days` of delegations and daily rewards.
 * @param say Progress, one line per chapter.
 */
export async function tellHistory(
  record: Deployment,
  provider: ethers.JsonRpcProvider,
  days: number,
  say: (line: string) => void,
): Promise<void> {
  const story: Story = { record, provider, random: sequence(7) };
  const deployer = system(record, new ethers.NonceManager(localWallet(0, provider)));
  await sent(deployer.token.approve(record.contracts.RewardVault.address, ethers.MaxUint256));
  await sent(deployer.vault.fund(parseEther("20000000")));
  for (const [i, index] of VALIDATOR_WALLETS.entries())
    await startValidator(story, index, names[i] ?? `Validator ${i}`);
  say(`${VALIDATOR_WALLETS.length} validators registered`);
  for (const index of DELEGATOR_WALLETS) await join(story, index, 1, parseEther("400000"));
  say(`${DELEGATOR_WALLETS.length} members joined`);
  const end = Math.floor(Date.now() / 1000) - 600;
  const begin = (await provider.getBlock("latest"))?.timestamp ?? end;
  const step = Math.floor((end - begin) / days);
  for (let day = 1; day <= days; day++) {
    await provider.send("evm_setNextBlockTimestamp", [begin + day * step]);
    await provider.send("evm_mine", []);
    for (let i = 0; i < 5; i++) await act(record, provider, story.random);
    await creditEpoch(record, provider);
    if (day % 15 === 0) say(`history: day ${day} of ${days}`);
  }
}

export const HISTORY_SECONDS = (days: number) => days * DAY;
