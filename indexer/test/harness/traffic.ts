import { parseEther } from "viem";
import { address, DELEGATORS, type TestChain, VALIDATORS } from "./chain.ts";

export type Random = () => number;

/** A repeatable sequence in [0, 1) (mulberry32). */
export function sequence(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const memberNos = new WeakMap<TestChain, Map<number, bigint>>();

async function memberNoOf(chain: TestChain, index: number): Promise<bigint> {
  const known = memberNos.get(chain) ?? new Map<number, bigint>();
  memberNos.set(chain, known);
  const found = known.get(index) ?? (await chain.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]));
  known.set(index, found);
  return found;
}

interface Position {
  owner: bigint;
  val: number;
  shares: bigint;
  lien: bigint;
}

const positionIds = async (chain: TestChain, index: number, validatorId: number) =>
  chain.view<bigint>("StakingCore", "positionOf", [await memberNoOf(chain, index), validatorId]);

type Act = (chain: TestChain, random: Random) => Promise<string>;

/** Any position, also those that `positionOf` does not name. */
async function anyPosition(chain: TestChain, random: Random) {
  const id = BigInt(1 + Math.floor(random() * 40));
  const position = await chain.view<Position>("StakingCore", "position", [id]);
  const owner = DELEGATORS.find((index) => memberNos.get(chain)?.get(index) === position.owner);
  return owner === undefined ? undefined : { id, position, owner };
}

const delegate: Act = (chain, random) => {
  const tokens = parseEther(String(100 + Math.floor(random() * 4_000))) + BigInt(Math.floor(random() * 1e9));
  return chain.send(pick(random, DELEGATORS), "StakingCore", "delegate", [pick(random, VALIDATORS), tokens, 0n]);
};

const acts: Record<string, Act> = {
  delegate,
  undelegate: async (chain, random) => {
    const found = await anyPosition(chain, random);
    if (!found) return delegate(chain, random);
    const { shares, lien } = found.position;
    const part = lien === 0n && random() < 0.5 ? shares / 3n : shares;
    return chain.send(found.owner, "StakingCore", "undelegate", [found.id, part, 0n]);
  },
  redelegate: async (chain, random) => {
    const [index, from] = [pick(random, DELEGATORS), pick(random, VALIDATORS)];
    const id = await positionIds(chain, index, from);
    return chain.send(index, "StakingCore", "redelegate", [id, (from % 3) + 1, 0n]);
  },
  claimRewards: async (chain, random) => {
    const index = pick(random, DELEGATORS);
    const id = await positionIds(chain, index, pick(random, VALIDATORS));
    return chain.send(index, "RewardVault", "claimRewards", [[id]]);
  },
  compound: async (chain, random) => {
    const index = pick(random, DELEGATORS);
    const id = await positionIds(chain, index, pick(random, VALIDATORS));
    await chain.send(index, "RewardVault", "setAutoCompound", [id, random() < 0.7]);
    return chain.send(index, "RewardVault", "compound", [id, 0n]);
  },
  claim: (chain, random) => chain.send(0, "StakingCore", "claim", [[BigInt(1 + Math.floor(random() * 20))]]),
  settleLien: async (chain, random) => {
    for (let tries = 0; tries < 12; tries++) {
      const found = await anyPosition(chain, random);
      if (found && found.position.lien !== 0n) return chain.send(0, "StakingCore", "settleLien", [found.id]);
    }
    return delegate(chain, random);
  },
  ownStake: (chain, random) => {
    const validatorId = pick(random, VALIDATORS);
    return random() < 0.5
      ? chain.send(validatorId, "StakingCore", "depositSelf", [validatorId, parseEther("1000")])
      : chain.send(validatorId, "StakingCore", "requestSelfExit", [validatorId, parseEther("700")]);
  },
  slash: async (chain, random) => {
    const validatorId = pick(random, VALIDATORS);
    const keep = BigInt(Math.floor((0.5 + random() * 0.5) * 1e6)) * 10n ** 12n;
    const block = await chain.rpc<{ timestamp: string }>("eth_getBlockByNumber", ["latest", false]);
    return chain.send(0, "StakingCore", "slash", [validatorId, Number(block.timestamp), keep, 0]);
  },
  credit: async (chain) => {
    const epoch = await chain.view<number>("RewardVault", "currentEpoch");
    const budget = await chain.view<bigint>("RewardVault", "budgetFor", [epoch]);
    const credits = VALIDATORS.map((validatorId) => ({ validatorId, amount: budget / BigInt(validatorId + 3) }));
    return chain.send(0, "RewardVault", "creditEpoch", [epoch, credits]);
  },
  commission: async (chain, random) => {
    const validatorId = pick(random, VALIDATORS);
    await chain.send(validatorId, "RewardVault", "claimCommission", [validatorId]);
    return chain.send(validatorId, "ValidatorRegistry", "declareCommission", [
      validatorId,
      500 + Math.floor(random() * 5) * 100,
    ]);
  },
  passTime: async (chain, random) => {
    await chain.rpc("evm_increaseTime", [20 + Math.floor(random() * 150)]);
    return delegate(chain, random);
  },
};

const names = Object.keys(acts);
const weights: Record<string, number> = {
  delegate: 4,
  credit: 2,
  passTime: 2,
  undelegate: 2,
  redelegate: 3,
  claim: 2,
  settleLien: 2,
};
const urn = names.flatMap((name) => Array.from({ length: weights[name] ?? 1 }, () => name));

/** One act of somebody; refusals are mined, too. @returns the transaction. */
export async function act(chain: TestChain, random: Random): Promise<string> {
  for (const index of DELEGATORS) await memberNoOf(chain, index);
  const name = pick(random, urn);
  return (acts[name] as Act)(chain, random);
}

/** Several acts, each in a block of its own, mined before this returns. */
export async function traffic(chain: TestChain, random: Random, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await chain.mined(await act(chain, random));
}
