import { ethers, parseEther } from "ethers";
import { as, type Story, sent } from "../acts.ts";
import { localWallet } from "../chain.ts";
import { demoAttest } from "../system.ts";
import { DELEGATOR } from "./wallets.ts";

const BASIC = 1;
const DEPOSITORS = [DELEGATOR, 23, 24, 25];

/** The vault becomes a member with KYC, takes deposits and delegates them to two listed validators. */
export async function firstDeposits(story: Story): Promise<void> {
  const { liquid } = as(story, 0);
  const vault = story.record.contracts.LiquidStakingVault.address;
  await sent(liquid.join(ethers.id("liquid vault")));
  await demoAttest(story.record, localWallet(0, story.provider), vault, BASIC);
  for (const index of DEPOSITORS) {
    const mine = as(story, index);
    await sent(mine.token.approve(vault, ethers.MaxUint256));
    await sent(mine.liquid.deposit(parseEther("4000"), localWallet(index).address));
  }
  await sent(liquid.allocate(1, parseEther("8000"), 0));
  await sent(liquid.allocate(4, parseEther("6000"), 0));
}

/** Rewards are taken in, and one holder asks for half of its tokens back. */
export async function firstRedemption(story: Story): Promise<void> {
  const mine = as(story, 24);
  await sent(mine.liquid.harvest());
  const { address } = localWallet(24);
  await sent(mine.liquid.requestRedeem((await mine.liquid.balanceOf(address)) / 2n, address, address));
}
