import { ethers } from "ethers";
import { as, type Story, sent } from "../acts.ts";
import { localWallet } from "../chain.ts";
import { newestTime, wait } from "./clock.ts";
import { COUNCIL } from "./wallets.ts";

const TERMS_OF_SERVICE = 4;
const REDUCE = 2;
const WEEK = 7 * 86_400;
const HOUR = 3_600;

/** A member is suspended for a week, appeals, is heard, and is restored an hour later. */
export async function suspension(story: Story, index: number): Promise<void> {
  const compliance = as(story, 0).suspensions;
  const memberNo = await as(story, 0).members.memberNoOf(localWallet(index).address);
  await sent(compliance.suspend(memberNo, TERMS_OF_SERVICE, ethers.id("record of the told past"), WEEK));
  const id = await compliance.currentOf(memberNo);
  await wait(story, 60);
  await sent(as(story, index).suspensions.appeal(id, ethers.id("The account was used by my assistant.")));
  await wait(story, 30);
  await sent(as(story, COUNCIL).suspensions.decide(id, REDUCE, (await newestTime(story)) + HOUR));
  await wait(story, HOUR);
  await sent(as(story, index).suspensions.restore(memberNo));
}
