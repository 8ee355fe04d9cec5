import { ethers } from "ethers";
import { headerRlp, type RawBlock } from "../../../indexer/src/roles/reporter/headers.ts";
import { as, type Story, sent } from "../acts.ts";
import { localWallet } from "../chain.ts";
import { wait } from "./clock.ts";
import { consensusKey, signVote } from "./votes.ts";
import { COUNCIL, REPORTER, walletOf } from "./wallets.ts";

const REDUCE = 1;
const TWO_PERCENT = 2n * 10n ** 16n;

/** Two votes of one key for one height, of which only one is for the block that the chain has. */
async function contradiction(story: Story, validatorId: number) {
  const key = consensusKey(walletOf(validatorId));
  const height = await story.provider.getBlockNumber();
  const block = (await story.provider.send("eth_getBlockByNumber", [ethers.toQuantity(height), false])) as RawBlock;
  const vote = { chainId: story.record.chainId, height, round: 0, step: 2 };
  const [a, b] = [
    { ...vote, blockHash: block.hash },
    { ...vote, blockHash: ethers.id("a block that never was") },
  ];
  const [sigA, sigB] = [await signVote(story.record, key, a), await signVote(story.record, key, b)];
  return { key: key.address, a, b, sigA, sigB, header: headerRlp(block), lowerAnchor: 0, upperAnchor: 0 };
}

/** A validator signs twice, is reported by who committed to it first, appeals, and is slashed by less. */
export async function doubleSign(story: Story, validatorId: number): Promise<void> {
  const reporter = localWallet(REPORTER).address;
  const mine = as(story, REPORTER).slashing;
  const evidence = await contradiction(story, validatorId);
  const digest = await mine.evidenceDigest(evidence.key, evidence.a, evidence.b);
  const salt = ethers.id("salt of the told past");
  const words = ethers.AbiCoder.defaultAbiCoder().encode(["bytes32", "address", "bytes32"], [digest, reporter, salt]);
  await sent(mine.commitReport(ethers.keccak256(words)));
  await sent(mine.submitDoubleSign(evidence, salt));
  const caseId = await mine.caseCount();
  await wait(story, 60);
  const accused = as(story, walletOf(validatorId)).slashing;
  await sent(accused.appeal(caseId, ethers.id("Our standby node started while the main one was still running.")));
  await wait(story, 60);
  await sent(as(story, COUNCIL).slashing.decide(caseId, REDUCE, TWO_PERCENT));
  await sent(mine.execute(caseId));
}
