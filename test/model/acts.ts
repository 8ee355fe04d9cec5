import { EPOCH, tburn } from "../fixtures/system.ts";
import type { Amount } from "./amount.ts";
import { exactLoss } from "./comparison.ts";
import { Fraction } from "./fraction.ts";
import { WAD } from "./model.ts";
import type { World } from "./world.ts";

/** Choices of one act; each is read in the state that the act finds. */
export interface Choice {
  who: number;
  where: number;
  amount: bigint;
  /** Part of a position that leaves, in eighths; 8 is all. */
  eighths: bigint;
  /** Fraction (1e18) that a slash leaves. */
  target: bigint;
  /** Whether `target` is a part of what the last slash left, and so bites. */
  isRelative: boolean;
  retainedBps: bigint;
  /** Seconds since the fault; below zero it is said to lie ahead. */
  ago: number;
  seconds: number;
  /** Seconds beside a maturity at which a claim comes; undefined comes when it comes. */
  edge?: number;
}

interface Act {
  /** Errors that may refuse it. Anything else fails the test. */
  refusals: RegExp;
  /** @returns whether there was something to do. */
  run: (world: World, choice: Choice) => Promise<boolean>;
}

const pick = <T>(list: T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];
const entering = /^StakingCore_(BelowMinimum|CapExceeded|ValidatorJailed|Slippage|InsufficientShares|LienActive)$/;
const never = /^$/;

function near(what: string, contract: bigint, model: Amount) {
  if (!model.admits(contract)) throw new Error(`${what}: contract ${contract}, model ${model.exact.floor()}`);
}

/** A claim or settlement before its time must be refused, and on time it must not. */
async function onTime(world: World, isDue: boolean, act: () => Promise<void>): Promise<void> {
  const error = await act().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isDue && error !== undefined) throw error;
  if (!isDue && error === undefined) throw new Error("it was let go before its time");
  const refusal = refusalOf(error);
  if (!isDue && refusal !== "StakingCore_NotMature" && refusal !== "ProtocolPause_Paused") throw error;
  if (!isDue) await world.compare();
}

/** Name of the custom error that refused, if one did. */
export const refusalOf = (error: unknown): string | undefined =>
  /custom error '(\w+)\(/.exec(error instanceof Error ? error.message : "")?.[1];

function moveTo(world: World, edge: number | undefined, matures: number) {
  if (edge !== undefined && matures + edge > world.model.clock.now) world.model.clock.now = matures + edge;
}

const validatorAt = ({ model }: World, n: number) => pick([...model.validators.keys()], n) ?? 0n;
/** Positions that the model thinks have earned something, and any if none has. */
function earners<T>({ model }: World, all: [bigint, T][]): [bigint, T][] {
  const earned = all.filter(([id]) => {
    const { earnings } = model.validator(model.position(id).validator);
    return earnings.pendingOf(id).exact.top > 0n;
  });
  return earned.length > 0 ? earned : all;
}
const openPositions = ({ model }: World) => [...model.positions].filter(([, { isOpen }]) => isOpen);

const entries: Record<string, Act> = {
  depositOwn: {
    refusals: never,
    run: async (world, { where, amount }) => {
      const id = validatorAt(world, where);
      const wallet = world.owners.get(id) ?? world.s.alice;
      const left = await world.s.token.balanceOf(wallet);
      // Enough to be eligible again after a heavy slash.
      const poor = (world.seen.stakes.get(id)?.self ?? 0n) < tburn(60_000);
      const given = poor ? amount + tburn(70_000) : amount;
      const tokens = given > left / 3n ? left / 3n : given;
      if (tokens === 0n) return false;
      await world.send(() => world.s.core.connect(wallet).depositSelf(id, tokens));
      world.model.depositOwn(id, tokens);
      return true;
    },
  },
  delegate: {
    refusals: entering,
    run: async (world, { who, where, amount }) => {
      const id = validatorAt(world, where);
      const [member, wallet] = pick([...world.members], who) ?? [0n, world.s.bob];
      if ((await world.s.token.balanceOf(wallet)) < amount) return false;
      const receipt = await world.send(() => world.s.core.connect(wallet).delegate(id, amount, 0));
      const { positionId = 0n } = world.event(receipt, "StakeDelegated");
      world.model.delegate(positionId, member, id, amount, world.unit(id));
      return true;
    },
  },
  redelegate: {
    refusals: entering,
    run: async (world, { who, where }) => {
      const [id, p] = pick(openPositions(world), who) ?? [];
      const to = validatorAt(world, where);
      if (id === undefined || p === undefined || to === p.validator) return false;
      const wallet = world.members.get(p.member) ?? world.s.bob;
      const receipt = await world.send(() => world.s.core.connect(wallet).redelegate(id, to, 0));
      const { newPositionId = 0n, lienId = 0n } = world.event(receipt, "Redelegated");
      world.model.redelegate(id, { validator: to, position: newPositionId, lien: lienId }, world.unit(to));
      return true;
    },
  },
};

const exits: Record<string, Act> = {
  exitOwn: {
    refusals: never,
    run: async (world, { where, amount }) => {
      const id = validatorAt(world, where);
      const held = world.seen.stakes.get(id)?.self ?? 0n;
      const tokens = amount > held / 4n ? held / 4n : amount;
      if (tokens === 0n) return false;
      const wallet = world.owners.get(id) ?? world.s.alice;
      const receipt = await world.send(() => world.s.core.connect(wallet).requestSelfExit(id, tokens));
      world.model.exitOwn(id, world.event(receipt, "TokensUnstaked").requestId ?? 0n, tokens);
      return true;
    },
  },
  undelegate: {
    refusals: /^StakingCore_(BelowMinimum|LienActive)$/,
    run: async (world, { who, eighths }) => {
      const [id, p] = pick(openPositions(world), who) ?? [];
      if (id === undefined || p === undefined) return false;
      const held = world.seen.positions.get(id)?.shares ?? 0n;
      const shares = (held * eighths) / 8n || 1n;
      const wallet = world.members.get(p.member) ?? world.s.bob;
      const receipt = await world.send(() => world.s.core.connect(wallet).undelegate(id, shares, 0));
      world.model.undelegate(id, world.event(receipt, "TokensUnstaked").requestId ?? 0n, new Fraction(shares, held));
      return true;
    },
  },
  claim: {
    refusals: never,
    run: async (world, { who, edge }) => {
      const [id, r] = pick([...world.model.requests], who) ?? [];
      if (id === undefined || r === undefined) return false;
      moveTo(world, edge, world.model.maturity(world.model.validator(r.validator), r.day));
      await onTime(world, world.model.isClaimable(r), async () => {
        const receipt = await world.send(() => world.s.core.claim([id]));
        const { tokens = 0n, lienBurned = 0n } = world.event(receipt, "UnstakeClaimed");
        near(`claim of request ${id}`, tokens - lienBurned, world.model.claim(id));
      });
      return true;
    },
  },
  settleLien: {
    refusals: never,
    run: async (world, { who, edge }) => {
      const [id, p] =
        pick(
          openPositions(world).filter(([, { lien }]) => lien !== undefined),
          who,
        ) ?? [];
      if (id === undefined || p === undefined) return false;
      const { source, day } = world.model.lien(p.lien);
      moveTo(world, edge, world.model.maturity(world.model.validator(source), day));
      await onTime(world, world.model.isSettleable(id), async () => {
        await world.send(() => world.s.core.settleLien(id));
        const { shares } = await world.s.core.position(id);
        world.model.settleLien(id, world.unit(p.validator), shares === 0n);
      });
      return true;
    },
  },
};

const sanctions: Record<string, Act> = {
  slash: {
    refusals: never,
    run: async (world, { where, target: wanted, isRelative, retainedBps, ago }) => {
      const { s, model } = world;
      const id = validatorAt(world, where);
      const target = isRelative ? (wanted * model.validator(id).keep) / WAD : wanted;
      const tau = model.clock.now - ago;
      const { supply, slasher } = world.seen.balance;
      const receipt = await world.send(() => s.core.slash(id, tau, target, retainedBps));
      const wiped = new Set(world.events(receipt, "PoolWiped").map(({ day, bucket }) => `${day}:${bucket}`));
      const taken = exactLoss(model, world.seen, { validator: id, tau, target, wiped });
      const retained = (taken * retainedBps) / 10_000n;
      model.slash(id, tau, target, wiped);
      const burned = supply - (await s.token.totalSupply());
      const handed = (await s.token.balanceOf(s.deployer)) - slasher;
      if (burned !== taken - retained || handed !== retained)
        throw new Error(`slash: burned ${burned}, handed over ${handed}; model ${taken - retained}, ${retained}`);
      return true;
    },
  },
  jail: {
    refusals: never,
    run: async (world, { where, seconds }) => {
      const { s, model } = world;
      const id = validatorAt(world, where);
      if ((await s.validators.validator(id)).jailedUntil !== 0n) return false;
      await world.send(() => s.validators.jail(id, model.clock.now + seconds));
      return true;
    },
  },
  unjail: {
    refusals: /^ValidatorRegistry_NotEligible$/,
    run: async (world, { who }) => {
      const { s, model } = world;
      const terms = await Promise.all([...model.validators.keys()].map((id) => s.validators.validator(id)));
      const jailed = [...model.validators.keys()].filter((_, n) => terms[n]?.jailedUntil !== 0n);
      const id = pick(jailed, who);
      if (id === undefined) return false;
      const registry = s.validators.connect(world.owners.get(id) ?? s.alice);
      model.clock.now = Math.max(model.clock.now, Number((await s.validators.validator(id)).jailedUntil));
      await world.send(() => registry.unjail(id));
      model.resetKeep(id);
      model.clock.now += 1;
      await world.send(() => registry.activate(id, 0));
      return true;
    },
  },
  pause: {
    refusals: /^ProtocolPause_(TooSoon|BudgetSpent|NotPaused)$/,
    run: async (world, { seconds }) => {
      const { s, model } = world;
      if (model.clock.isSlashingPaused()) {
        await world.send(() => s.pause.resume(3));
        model.clock.resumeSlashing();
        return true;
      }
      await world.send(() => s.pause.pause(3, seconds + 30, `0x${"00".repeat(32)}`));
      model.clock.pauseSlashing(seconds + 30);
      return true;
    },
  },
};

const rewards: Record<string, Act> = {
  credit: {
    refusals: /^RewardVault_(NotEarning|AlreadyCredited)$/,
    run: async (world, { where, amount }) => {
      const { s, model } = world;
      const id = validatorAt(world, where);
      model.clock.now += EPOCH;
      const epoch = BigInt(Math.floor(model.clock.now / EPOCH));
      const budget = await s.vault.budgetFor(epoch);
      let tokens = budget;
      if (amount < budget) tokens = amount;
      const rate = await s.validators.commissionOf(id);
      await world.send(() => s.vault.creditEpoch(epoch, [{ validatorId: id, amount: tokens }]));
      model.credit(id, tokens, rate);
      return true;
    },
  },
  claimRewards: {
    refusals: /^RewardVault_NothingToClaim$/,
    run: async (world, { who }) => {
      const [id] = pick(earners(world, [...world.seen.positions]), who) ?? [];
      if (id === undefined) return false;
      const receipt = await world.send(() => world.s.vault.claimRewards([id]));
      near(`rewards of ${id}`, world.event(receipt, "RewardsClaimed").amount ?? 0n, world.model.takeRewards(id));
      return true;
    },
  },
  compound: {
    refusals: new RegExp(`${entering.source}|^RewardVault_NothingToClaim$`),
    run: async (world, { who }) => {
      const [id, p] = pick(earners(world, openPositions(world)), who) ?? [];
      if (id === undefined || p === undefined) return false;
      const wallet = world.members.get(p.member) ?? world.s.bob;
      const receipt = await world.send(() => world.s.vault.connect(wallet).compound(id, 0));
      const paid = world.event(receipt, "RewardsCompounded").amount ?? 0n;
      near(`compounded by ${id}`, paid, world.model.compound(id, world.unit(p.validator)));
      return true;
    },
  },
  claimCommission: {
    refusals: /^RewardVault_NothingToClaim$/,
    run: async (world, { where }) => {
      const id = validatorAt(world, where);
      const receipt = await world.send(() => world.s.vault.claimCommission(id));
      const { commission = 0n, selfRewards = 0n } = world.event(receipt, "CommissionClaimed");
      near(`commission of ${id}`, commission + selfRewards, world.model.takeCommission(id));
      return true;
    },
  },
};

export const acts = { ...entries, ...exits, ...sanctions, ...rewards };
export const dust = [1n, 2n, 999n];
export const sizes = [tburn(100), tburn(100) + 1n, tburn(12_345), tburn(1_000_000)];
