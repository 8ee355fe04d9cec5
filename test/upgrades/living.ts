import { ethers as lib } from "ethers";
import { local } from "../../scripts/deploy/config.ts";
import { take } from "../../scripts/deploy/deploy.ts";
import { Predecessor } from "../../scripts/deploy/release/predecessor.ts";
import { releases } from "../../scripts/deploy/release/release.ts";
import { type UpgradeCall, Upgrader } from "../../scripts/deploy/release/upgrader.ts";
import { commitmentOf, doubleSign, SALT, validatorWith } from "../fixtures/double-sign.ts";
import { evidence, reason } from "../fixtures/sanctions.ts";
import {
  attest,
  credit,
  delegation,
  deployedWith,
  exit,
  join,
  mature,
  networkHelpers,
  type System,
  tburn,
  validatorOf,
} from "../fixtures/system.ts";
import { argsOf, close, open, propose } from "../governance/voting.ts";
import type { Questions } from "./views.ts";

/** The release that is upgraded: the newest. */
export const RELEASE = releases().at(-1) ?? "";

export type Living = Awaited<ReturnType<typeof living>>;

/**
 * The released system in the midst of things: alice validates; bob moved from erin to alice and owes for it, and has liquid
 * shares on their way back; carol left; dave is suspended; erin stands accused; a vote is on and alice has voted.
 */
export async function living() {
  const s = await deployedWith({}, (signer, config) => new Predecessor({ signer, config }, RELEASE));
  const alices = await validatorOf(s, s.alice, { self: tburn(500_000) });
  const key = lib.Wallet.createRandom();
  const { id: erins } = await validatorWith(s, s.erin, key, tburn(50_000));
  await s.validators.connect(s.erin).activate(erins, 0);
  for (const wallet of [s.bob, s.carol, s.dave]) await join(s, wallet);
  const moving = await delegation(s, s.bob, erins, tburn(1_000));
  const leaving = await delegation(s, s.carol, alices, tburn(500));
  const staying = await delegation(s, s.dave, alices, tburn(2_000));
  await credit(s, alices, tburn(100));
  const moved = await s.core.connect(s.bob).redelegate.staticCall(moving, alices, 0);
  await s.core.connect(s.bob).redelegate(moving, alices, 0);
  const day = await invest(s, alices);
  const request = await exit(s, s.carol, leaving);
  const daveNo = await s.members.memberNoOf(s.dave.address);
  await s.suspensions.suspend(daveNo, reason.performance, evidence, 300);

  const e = await doubleSign(s, key);
  await s.slashing.connect(s.mallory).commitReport(await commitmentOf(s, e, s.mallory.address));
  await s.slashing.connect(s.mallory).submitDoubleSign(e, SALT);

  const setCaps = s.insurance.interface.encodeFunctionData("setCaps", [{ capBps: 77, maxPerCase: 5 }]);
  const proposal = await propose(s, s.alice, [{ target: await s.insurance.getAddress(), data: setCaps }]);
  await open(s, proposal);
  await s.governor.connect(s.alice).castVote(proposal.id, 1);
  return { ...s, alices, erins, moved, staying, request, day, daveNo, keyHash: lib.keccak256(key.address), proposal };
}

/** Bob's 10,000 in the vault, 6,000 of them with `validatorId`; he asks for half. @returns the day of his redemption */
async function invest(s: System, validatorId: bigint): Promise<bigint> {
  await s.liquid.connect(s.deployer).join(lib.id("vault"));
  await attest(s, { address: await s.liquid.getAddress() } as System["bob"], 1);
  await s.liquid.setValidator(validatorId, true);
  await s.token.connect(s.bob).approve(s.liquid, lib.MaxUint256);
  await s.liquid.connect(s.bob).deposit(tburn(10_000), s.bob);
  await s.liquid.connect(s.deployer).allocate(validatorId, tburn(6_000), 0);
  const shares = (await s.liquid.balanceOf(s.bob)) / 2n;
  await s.liquid.connect(s.bob).requestRedeem(shares, s.bob, s.bob);
  return s.core.dayOf(await networkHelpers.time.latest());
}

/** What views are asked about: everything that lives. */
export async function questions(s: Living): Promise<Questions> {
  const now = BigInt(await networkHelpers.time.latest());
  const contracts = [s.core, s.timelock, s.liquid].map((c) => c.getAddress());
  return {
    ids: [0n, 1n, 2n, 3n, 4n, s.proposal.id],
    seconds: [now - 1n, now - 60n],
    periods: [s.day, await s.core.dayOf(Number(now)), await s.vault.currentEpoch()],
    wallets: [s.alice, s.bob, s.dave, s.deployer].map(({ address }) => address).concat(await Promise.all(contracts)),
    hashes: [lib.ZeroHash, s.keyHash, lib.id("PROPOSER_ROLE")],
  };
}

/** The working tree's code, deployed beside the system. */
export async function prepared(s: Living): Promise<Upgrader> {
  const upgrader = new Upgrader({ signer: s.deployer, config: local }, s.record);
  await take(upgrader);
  return upgrader;
}

/** The timelock makes the calls, all in the second of the latest block, so that time changes no answer. */
export async function carriedOut(s: Living, calls: UpgradeCall[]) {
  const second = await networkHelpers.time.latest();
  const batch = [calls.map((c) => c.target), calls.map(() => 0), calls.map((c) => c.data)] as const;
  await networkHelpers.time.setNextBlockTimestamp(second);
  await s.timelock.connect(s.deployer).scheduleBatch(...batch, lib.ZeroHash, lib.ZeroHash, 0);
  await networkHelpers.time.setNextBlockTimestamp(second);
  await s.timelock.connect(s.deployer).executeBatch(...batch, lib.ZeroHash, lib.ZeroHash);
}

/** Everything goes on to its end. @returns what everybody has then, and what was decided. */
export async function goOn(s: Living) {
  await s.governor.connect(s.dave).castVote(s.proposal.id, 1);
  await close(s, s.proposal);
  await s.governor.queue(...argsOf(callsOf(s)), s.proposal.hash);
  await s.governor.execute(...argsOf(callsOf(s)), s.proposal.hash);

  await networkHelpers.time.increaseTo((await s.slashing.deadlinesOf(1)).appealBy);
  await s.slashing.execute(1);
  await mature();
  await s.suspensions.restore(s.daveNo);
  await s.core.settleLien(s.moved);
  await s.core.claim([s.request]);
  const exits = await Promise.all([1, 2, 3, 4].map(async (id) => ((await s.liquid.exit(id)).tokens > 0n ? id : 0)));
  await s.liquid.collect(exits.filter((id) => id !== 0));
  await s.liquid.connect(s.bob).redeemRequest(s.day, s.bob, s.bob);
  await s.vault.connect(s.dave).claimRewards([s.staying]);
  const { shares } = await s.core.position(s.staying);
  await s.core.connect(s.dave).undelegate(s.staying, shares, 0);

  const wallets = [s.alice, s.bob, s.carol, s.dave, s.erin, s.mallory];
  return {
    balances: await Promise.all(wallets.map((wallet) => s.token.balanceOf(wallet))),
    votes: [...(await s.governor.proposalVotes(s.proposal.id))],
    caps: [...(await s.insurance.caps())],
    case: await s.slashing.stateOf(1),
    stake: [await s.core.selfStakeOf(s.erins), await s.core.totalStakeOf(s.alices), await s.core.totalStake()],
    moved: await s.core.positionValue(s.moved),
    status: await s.members.statusOf(s.daveNo),
    supply: [await s.token.totalSupply(), await s.liquid.totalSupply(), await s.liquid.totalAssets()],
  };
}

const callsOf = ({ proposal: { args } }: Living) =>
  args[0].map((target, i) => ({ target, data: args[2][i] ?? "0x", value: args[1][i] ?? 0n }));
