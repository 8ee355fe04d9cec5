import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { stakeVotesAbi } from "@tburn/deployments/abi/stake-votes";
import { tburnGovernorAbi } from "@tburn/deployments/abi/tburn-governor";
import { getContract, parseEther } from "viem";
import { inject } from "vitest";
import { contracts } from "./contracts.ts";
import { aboutToDelegate } from "./delegating.ts";
import type { browser } from "./visitor.ts";

type Browser = ReturnType<typeof browser>;

/** The contracts of voting, asked past the dApp. */
export function voting() {
  const { client } = contracts();
  const { contracts: at } = inject("product");
  const address = (name: string) => {
    const found = at[name];
    if (!found) throw new Error(`no contract ${name}`);
    return found;
  };
  return {
    governor: getContract({ client, address: address("TBurnGovernor"), abi: tburnGovernorAbi }),
    votes: getContract({ client, address: address("StakeVotes"), abi: stakeVotesAbi }),
    slashing: getContract({ client, address: address("SlashingManager"), abi: slashingManagerAbi }),
  };
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
