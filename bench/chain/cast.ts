import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { address, DELEGATORS, type TestChain, VALIDATORS } from "../../indexer/test/harness/chain.ts";
import { pick, sequence } from "../../indexer/test/harness/traffic.ts";
import { local } from "../../scripts/deploy/config.ts";
import { deploy } from "../../scripts/deploy/deploy.ts";
import { type LocalChain, localWallet } from "../../scripts/local/chain.ts";

const FUNDS = parseEther("1000000");

/** Deploys our contracts as tests do: wallet 0 holds the roles. */
export async function deployAll(node: LocalChain): Promise<Deployment> {
  const wallet = localWallet(0, node.provider);
  const own = wallet.address;
  const holders = { ...local.holders, slasher: own, standing: own, reporter: own };
  const record = await deploy({ signer: new ethers.NonceManager(wallet), config: { ...local, holders } });
  if (!record) throw new Error("nothing was deployed");
  return record;
}

/** Three validators and six delegators, who then act `count` times in real transactions. */
export async function actOut(chain: TestChain, count: number): Promise<void> {
  const { record } = chain;
  await chain.act(0, "TBurnToken", "approve", [record.contracts.RewardVault.address, ethers.MaxUint256]);
  await chain.act(0, "RewardVault", "fund", [FUNDS]);
  for (const [i, index] of VALIDATORS.entries()) await chain.startValidator(index, `Real ${i + 1}`, "100000");
  for (const index of DELEGATORS) await chain.join(index, 1, "300000");
  const random = sequence(11);
  for (let n = 0; n < count; n++) await actOnce(chain, random, n);
}

/** Delegates mostly; leaves, pays own stake in, and claims rewards now and then. What the chain refuses is mined, too. */
async function actOnce(chain: TestChain, random: () => number, n: number): Promise<void> {
  const [index, validatorId] = [pick(random, DELEGATORS), pick(random, VALIDATORS)];
  const memberNo = await chain.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]);
  const position = await chain.view<bigint>("StakingCore", "positionOf", [memberNo, validatorId]);
  const tokens = parseEther(String(100 + Math.floor(random() * 900)));
  const sent = await (n % 10 === 9
    ? credit(chain)
    : n % 5 === 3 && position !== 0n
      ? chain.send(index, "StakingCore", "undelegate", [position, parseEther("10"), 0n])
      : n % 7 === 5 && position !== 0n
        ? chain.send(index, "RewardVault", "claimRewards", [[position]])
        : n % 11 === 6
          ? chain.send(validatorId, "StakingCore", "depositSelf", [validatorId, tokens])
          : chain.send(index, "StakingCore", "delegate", [validatorId, tokens, 0n]));
  await chain.mined(sent);
}

async function credit(chain: TestChain): Promise<string> {
  const epoch = await chain.view<number>("RewardVault", "currentEpoch");
  const budget = await chain.view<bigint>("RewardVault", "budgetFor", [epoch]);
  const credits = VALIDATORS.map((validatorId) => ({ validatorId, amount: budget / BigInt(validatorId + 3) }));
  return chain.send(0, "RewardVault", "creditEpoch", [epoch, credits]);
}
