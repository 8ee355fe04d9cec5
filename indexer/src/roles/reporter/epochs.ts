import type { Hex } from "viem";
import type { Sql } from "../../platform/db/pool.ts";
import type { ReporterChain } from "./chain.ts";
import { committedSealers } from "./headers.ts";
import { buildReport, type Duty, type Report, rewarded } from "./report.ts";
import { signedHeights } from "./repository.ts";
import { keyHashOf } from "./votes.ts";

interface ValidatorRecord {
  active: boolean;
  keyHash: Hex;
}

/** Blocks of an epoch, first and last. */
export interface Stretch {
  from: bigint;
  to: bigint;
}

/** First block whose time is at least `timestamp`, by bisection; `head + 1` if there is none yet. */
async function firstBlockAt(chain: ReporterChain, timestamp: number, head: bigint): Promise<bigint> {
  let [low, high] = [0n, head + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    if ((await chain.timestampOf(middle)) >= timestamp) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** Blocks of `epoch`; undefined if it had none. @param head Newest block that counts, of a later epoch. */
export async function stretchOf(
  chain: ReporterChain,
  epoch: number,
  seconds: number,
  head: bigint,
): Promise<Stretch | undefined> {
  const from = await firstBlockAt(chain, epoch * seconds, head);
  const to = (await firstBlockAt(chain, (epoch + 1) * seconds, head)) - 1n;
  return from <= to ? { from, to } : undefined;
}

/** Validators as they stood at a block: all of them, with what their rewards are weighed by. */
async function validatorsAt(chain: ReporterChain, block: bigint) {
  const count = await chain.read<number>("ValidatorRegistry", "validatorCount", [], block);
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const validatorId = i + 1;
      const [record, stake, earning] = await Promise.all([
        chain.read<ValidatorRecord>("ValidatorRegistry", "validator", [validatorId], block),
        chain.read<bigint>("StakingCore", "totalStakeOf", [validatorId], block),
        chain.read<boolean>("ValidatorRegistry", "isEarning", [validatorId], block),
      ]);
      return { validatorId, active: record.active, keyHash: record.keyHash.toLowerCase(), stake: earning ? stake : 0n };
    }),
  );
}

interface Counted {
  proposed: Map<string, number>;
  /** Blocks that each key attested, by seal or by signed vote. */
  attested: Map<string, Set<bigint>>;
  blocks: number;
}

/** Reads the headers of an epoch: who proposed each block, and who attested it. */
async function count(chain: ReporterChain, sql: Sql, { from, to }: Stretch): Promise<Counted> {
  const votes = new Map<string, string[]>();
  for (const { key_hash, height, block_hash } of await signedHeights(sql, from, to)) {
    const place = `${height}:${block_hash}`;
    votes.set(place, [...(votes.get(place) ?? []), key_hash]);
  }
  const counted: Counted = { proposed: new Map(), attested: new Map(), blocks: 0 };
  const attest = (keyHash: string, height: bigint) => {
    const heights = counted.attested.get(keyHash) ?? new Set();
    counted.attested.set(keyHash, heights.add(height));
  };
  for await (const header of chain.headers(from, to)) {
    const height = BigInt(header.number);
    counted.blocks++;
    const proposer = keyHashOf(header.miner);
    counted.proposed.set(proposer, (counted.proposed.get(proposer) ?? 0) + 1);
    for (const sealer of (await committedSealers(header)) ?? []) attest(keyHashOf(sealer.toLowerCase() as Hex), height);
    for (const keyHash of votes.get(`${height}:${header.hash.toLowerCase()}`) ?? []) attest(keyHash, height);
  }
  return counted;
}

/**
 * Base units that an epoch may credit, from what every reporter reads alike: the chain at the epoch's last block. If the
 * epoch before it was not processed by then, one epoch's budget is safe whatever happens to that one.
 */
async function budgetOf(chain: ReporterChain, epoch: number, block: bigint): Promise<bigint> {
  const [last, one, left, whole] = await Promise.all([
    chain.read<number>("RewardVault", "lastEpoch", [], block),
    chain.read<bigint>("RewardVault", "epochBudget", [], block),
    chain.read<bigint>("RewardVault", "uncredited", [], block),
    chain.read<bigint>("RewardVault", "budgetFor", [epoch], block),
  ]);
  if (last === epoch - 1) return whole;
  const isLow = left < one;
  return isLow ? left : one;
}

/**
 * Builds the report of an epoch. Active validators have a duty at each block; others are reported once they attest, so
 * that a candidate shows its uptime before it is elected.
 */
export async function reportOf(chain: ReporterChain, sql: Sql, epoch: number, blocks: Stretch): Promise<Report> {
  const [validators, counted, budget] = await Promise.all([
    validatorsAt(chain, blocks.to),
    count(chain, sql, blocks),
    budgetOf(chain, epoch, blocks.to),
  ]);
  // Where nobody attests, by seal or by vote, the chain has no such source: proposing is then the only duty seen.
  const hasAttestations = counted.attested.size > 0;
  const duties = validators.flatMap(({ validatorId, active, keyHash, stake }): Duty[] => {
    const proposed = counted.proposed.get(keyHash) ?? 0;
    const attested = hasAttestations ? (counted.attested.get(keyHash)?.size ?? 0) : counted.blocks;
    if (!active && (!hasAttestations || attested === 0)) return [];
    return [{ validatorId, proposed, attested, missed: counted.blocks - attested, stake: active ? stake : 0n }];
  });
  return buildReport(epoch, blocks, rewarded(duties, budget));
}
