import { parseEther } from "viem";
import { contracts } from "../contracts.ts";
import { Dapp } from "../dapp.ts";
import type { browser } from "../visitor.ts";

type Browser = ReturnType<typeof browser>;

/** A new member who has only to sign: `amount` TBURN for `validatorId` are written into the form. */
export async function aboutToDelegate({ product, visit, fund }: Browser, validatorId: number, amount: string) {
  const visitor = await visit();
  const dapp = new Dapp(visitor, product.url);
  const { address } = visitor.wallet.account;
  await fund(address);
  await dapp.open(`/stake/delegate/${validatorId}`);
  await dapp.connect();
  await dapp.write(amount);
  await dapp.join();
  return { ...visitor, dapp, address };
}

/** A new member who has delegated `amount` TBURN to `validatorId` through the page; the mirror knows it. */
export async function delegator(here: Browser, validatorId: number, amount: string) {
  const member = await aboutToDelegate(here, validatorId, amount);
  // What the network asks is told before the signature; the allowance is missing, so it is about.
  await member.dapp.shows(member.dapp.at("network-fee"), /^about 0\.\d+ ETH$/);
  await member.dapp.at("primary-action").click();
  await member.dapp.reaches("delegate", "indexed", "final");
  return member;
}

/** A validator with room for much stake. */
const ROOMY = 3;

/** A new member whose `amount` TBURN, more than the faucet gives, are staked through the page. */
export async function staker(here: Browser, amount: string) {
  const { token, mined } = contracts();
  const member = await aboutToDelegate(here, ROOMY, amount);
  await mined(token.write.transfer([member.address, parseEther(amount)]));
  await member.dapp.shows(member.dapp.at("primary-action"), "Sign");
  await member.dapp.at("primary-action").click();
  await member.dapp.reaches("delegate", "indexed", "final");
  return member;
}
