import { expect } from "chai";
import { dice } from "../fixtures/dice.ts";
import {
  delegation,
  exit,
  given,
  join,
  networkHelpers,
  type System,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../fixtures/system.ts";

type Wallet = System["bob"];

async function crowd() {
  const s = await staked();
  const second = await validatorOf(s, s.erin);
  await join(s, s.dave);
  return { ...s, second };
}

type Crowd = Awaited<ReturnType<typeof crowd>>;

/** What each wallet should carry: the values of its positions and its own stake, if it may vote. */
async function expected(s: Crowd, wallet: Wallet, positions: bigint[]) {
  const memberNo = await s.members.memberNoOf(wallet.address);
  let sum = 0n;
  for (const id of positions) if ((await s.core.position(id)).owner === memberNo) sum += await s.core.positionValue(id);
  const validatorId = await s.validators.validatorOf(memberNo);
  if (validatorId === 0n) return sum;
  const weight = await s.tiers.ownStakeWeightBps(validatorId);
  return sum + ((await s.core.selfStakeOf(validatorId)) * weight) / 10_000n;
}

interface Snapshot {
  at: bigint;
  supply: bigint;
  units: bigint[];
  votes: bigint[];
}

describe("Invariants 19 and 20: units and checkpoints", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`hold after any acts (seed ${seed})`, async () => {
      const s = await given(crowd);
      const roll = dice(seed);
      const delegators = [s.bob, s.carol, s.dave];
      const wallets = [...delegators, s.alice, s.erin];
      const validators = [s.validatorId, s.second];
      const positions = new Set<bigint>();
      const past: Snapshot[] = [];
      const pick = <T>(list: T[]): T => list[roll(list.length)] as T;
      let keep = WAD;

      const look = async (at: bigint): Promise<Snapshot> => ({
        at,
        supply: await s.votes.getPastTotalSupply(at),
        units: await Promise.all(wallets.map((w) => s.votes.getPastBalanceOf(w, at))),
        votes: await Promise.all(wallets.map((w) => s.votes.getPastVotes(w, at))),
      });

      const acts: (() => Promise<unknown>)[] = [
        async () => positions.add(await delegation(s, pick(delegators), pick(validators), tburn(200 + roll(2_000)))),
        async () => positions.add(await delegation(s, pick(delegators), pick(validators), tburn(200 + roll(2_000)))),
        async () => {
          const id = pick([...positions]);
          const p = id === undefined ? undefined : await s.core.position(id);
          const owner = delegators.find((w) => w.address === pick(delegators).address);
          if (!p || !owner || p.shares === 0n || (await s.members.memberNoOf(owner.address)) !== p.owner) return;
          await exit(s, owner, id as bigint);
        },
        async () => s.votes.connect(pick(wallets)).delegate(pick(wallets)),
        async () => {
          keep = (keep * 99n) / 100n;
          await slash(s, pick(validators), keep);
        },
        async () => s.votes.refresh(await s.members.memberNoOf(pick(wallets).address)),
        async () => s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(1 + roll(10))),
      ];

      for (let step = 0; step < 40; step++) {
        await pick(acts)();
        await networkHelpers.time.increase(2);
        if (step % 10 === 9) past.push(await look(BigInt(await networkHelpers.time.latest()) - 1n));
      }
      await s.votes.sync([...positions]);
      for (const w of wallets) await s.votes.refresh(await s.members.memberNoOf(w.address));

      let sum = 0n;
      for (const w of wallets) {
        const units = await s.votes.balanceOf(w);
        expect(units, w.address).to.equal(await expected(s, w, [...positions]));
        sum += units;
      }
      expect(await s.votes.totalSupply()).to.equal(sum);
      const votes = await Promise.all(wallets.map((w) => s.votes.getVotes(w)));
      expect(votes.reduce((a, b) => a + b, 0n)).to.equal(sum);
      for (const snapshot of past) expect(await look(snapshot.at)).to.deep.equal(snapshot);
    });
  }
});
