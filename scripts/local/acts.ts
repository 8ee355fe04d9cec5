import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { mined } from "../deploy/mined.ts";
import { localWallet } from "./chain.ts";
import { DELEGATOR_WALLETS } from "./past/wallets.ts";
import { type System, system } from "./system.ts";

/** What an act needs: where the contracts are, a chain, and a repeatable chance in [0, 1). */
export interface Story {
  record: Deployment;
  provider: ethers.JsonRpcProvider;
  random: () => number;
}

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

/** The contracts, with the key of local wallet `index`. */
export const as = (story: Omit<Story, "random">, index: number): System =>
  system(story.record, localWallet(index, story.provider));

/** A whole number of tokens between `from` and `to`, in base units. */
export const whole = (random: () => number, from: number, to: number) =>
  parseEther(String(Math.floor(from + random() * (to - from))));

/** Sends a transaction and waits for it. */
export async function sent(transaction: Promise<ethers.ContractTransactionResponse>): Promise<void> {
  await mined(await transaction);
}

/** One act of a random delegator: mostly delegating, sometimes leaving or moving. Refusals are part of life. */
export async function act(story: Story): Promise<string> {
  const { random } = story;
  const index = DELEGATOR_WALLETS[Math.floor(random() * DELEGATOR_WALLETS.length)] ?? 22;
  const mine = as(story, index);
  const memberNo = await mine.members.memberNoOf(localWallet(index).address);
  const count = Number(await mine.validators.validatorCount());
  const validatorId = 1 + Math.floor(random() * count);
  const positionId = await mine.core.positionOf(memberNo, validatorId);
  const dice = random();
  try {
    if (positionId === 0n || dice < 0.5) {
      await sent(mine.core.delegate(validatorId, whole(random, 200, 9_000), 0));
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
