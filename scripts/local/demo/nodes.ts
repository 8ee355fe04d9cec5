// SIMULATED validator nodes of a local chain: they sign a vote for each block and hand it to the reporter, and one of
// them is named as the proposer of the next block.
import { ethers } from "ethers";
import { as, type Story } from "../acts.ts";
import { consensusKey, signVote } from "../past/votes.ts";
import { VALIDATOR_WALLETS } from "../past/wallets.ts";

const STEP = 1;
/** Part of its votes that a node misses: nobody is perfect. */
const MISSED = 0.002;

export interface Nodes {
  /** Starts a node for another consensus key. */
  add(key: ethers.Wallet): void;
  stop(): Promise<void>;
}

/** What awake nodes sign for the block at `height`, as the reporter takes it; undefined if the block is gone. */
async function votesFor(story: Story, keys: ethers.Wallet[], height: number): Promise<string | undefined> {
  const block = await story.provider.getBlock(height);
  if (!block?.hash) return undefined;
  const vote = { height, round: 0, step: STEP, blockHash: block.hash };
  const votes = await Promise.all(
    keys.map(async (key) => {
      const signature = await signVote(story.record, key, { chainId: story.record.chainId, ...vote });
      return { key: key.address, ...vote, signature };
    }),
  );
  return JSON.stringify({ votes });
}

/** Starts a node for each validator of the told past. @param reporterUrl Where votes are handed in. */
export function startNodes(story: Story, reporterUrl: string): Nodes {
  const { validators } = as(story, 0);
  const keys = VALIDATOR_WALLETS.map(consensusKey);
  let last = 0;
  let busy: Promise<unknown> = Promise.resolve();

  async function attest(height: number): Promise<void> {
    const awake = keys.filter(() => story.random() >= MISSED);
    const body = await votesFor(story, awake, height);
    const headers = { "content-type": "application/json" };
    if (body) await fetch(`${reporterUrl}/votes`, { method: "POST", headers, body });
  }

  /** An active validator's node proposes the next block: its address stands in the header. */
  async function nominate(height: number): Promise<void> {
    const key = keys[height % keys.length];
    if (!key) return;
    const { validatorId } = await validators.keyRecord(ethers.keccak256(key.address));
    if (validatorId === 0n || !(await validators.validator(validatorId)).active) return;
    await story.provider.send("anvil_setCoinbase", [key.address]);
  }

  const follow = (head: number) => {
    // After a pause only the newest blocks are told.
    const from = Math.max(last + 1, head - 20);
    last = head;
    busy = busy
      .then(async () => {
        for (let height = from; height <= head; height++) await attest(height);
        await nominate(head + 1);
      })
      // A chain or a reporter that is being stopped refuses now and then; the next block comes soon.
      .catch(() => undefined);
  };
  void story.provider.on("block", follow);
  return {
    add: (key) => void (keys.some(({ address }) => address === key.address) || keys.push(key)),
    stop: async () => {
      await story.provider.off("block", follow);
      await busy;
    },
  };
}
