import { Amount } from "./amount.ts";
import { Clock } from "./clock.ts";
import { Earnings } from "./earnings.ts";
import { Fraction } from "./fraction.ts";
import { Pool } from "./pool.ts";

export const WAD = 10n ** 18n;

/** Buckets of a day, as the contract numbers them when it wipes one; 0 is the live pool. */
const bucketNames = { 1: "delegated", 2: "own", 3: "moved" } as const;

/** All that left a validator on one day. `moved` is what redelegations took along: a measure, not tokens. */
export class Cohort {
  readonly day: number;
  readonly delegated = new Pool();
  readonly own = new Pool();
  readonly moved = new Pool();
  readonly maturesAt: number;
  readonly tollAt: number;
  keep: bigint;

  constructor(day: number, keep: bigint, clock: Clock) {
    this.day = day;
    this.keep = keep;
    this.maturesAt = (day + 1) * clock.day + clock.unbonding;
    this.tollAt = clock.tolled();
  }

  pool(isOwn: boolean): Pool {
    return isOwn ? this.own : this.delegated;
  }
}

export class Validator {
  own = Amount.zero;
  keep = WAD;
  readonly pool = new Pool();
  readonly cohorts = new Map<number, Cohort>();
  readonly earnings = new Earnings();
}

export interface Position {
  member: bigint;
  validator: bigint;
  lien?: bigint;
  isOpen: boolean;
}

export interface Request {
  validator: bigint;
  day: number;
  isOwn: boolean;
  lien?: bigint;
}

export interface Lien {
  source: bigint;
  day: number;
  base: Amount;
}

/** A part of stake and how it shrinks: `target` of `keep`. `day` is undefined for what is live. */
export interface Cut {
  day?: number;
  keep: bigint;
}

/** What the protocol promises, in fractions that are never rounded. Names of things come from the contract. */
export class Model {
  readonly clock: Clock;
  readonly validators = new Map<bigint, Validator>();
  readonly positions = new Map<bigint, Position>();
  readonly requests = new Map<bigint, Request>();
  readonly liens = new Map<bigint, Lien>();

  constructor(now: number, day: number, unbonding: number) {
    this.clock = new Clock(now, day, unbonding);
  }

  /* ENTERING */

  depositOwn(validator: bigint, tokens: bigint): void {
    const v = this.validator(validator);
    v.own = v.own.plus(Amount.of(tokens));
  }

  delegate(position: bigint, member: bigint, validator: bigint, tokens: bigint, unit: bigint): void {
    if (!this.positions.has(position)) this.positions.set(position, { member, validator, isOpen: true });
    this.#enter(position, Amount.of(tokens), unit);
  }

  compound(position: bigint, unit: bigint): Amount {
    const amount = this.takeRewards(position);
    this.#enter(position, amount, unit);
    return amount;
  }

  /* LEAVING */

  exitOwn(validator: bigint, request: bigint, tokens: bigint): void {
    const v = this.validator(validator);
    const { exact, below, above } = v.own;
    const leaving = Amount.of(tokens);
    v.own = new Amount(exact.less(leaving.exact), below, above);
    const cohort = this.#today(v);
    cohort.own.enter(request, leaving, 1n);
    this.requests.set(request, { validator, day: cohort.day, isOwn: true });
  }

  /** @param request 0 where the contract found nothing left to move. */
  undelegate(position: bigint, request: bigint, part: Fraction): void {
    const p = this.position(position);
    const v = this.validator(p.validator);
    v.earnings.settle(position);
    const taken = v.pool.leave(position, part);
    const cohort = this.#today(v);
    const { lien } = p;
    if (!part.isBelow(Fraction.one)) this.#close(p);
    if (request === 0n) {
      if (!taken.admits(0n)) throw new Error(`position ${position} left with ${taken.exact.floor()} and no request`);
      if (lien !== undefined) this.liens.delete(lien);
      return;
    }
    cohort.delegated.enter(request, taken, 1n);
    this.requests.set(request, { validator: p.validator, day: cohort.day, isOwn: false, lien });
  }

  redelegate(position: bigint, to: { validator: bigint; position: bigint; lien: bigint }, unit: bigint): void {
    const p = this.position(position);
    const source = this.validator(p.validator);
    source.earnings.settle(position);
    const taken = source.pool.leave(position, Fraction.one);
    this.#close(p);
    const cohort = this.#today(source);
    cohort.moved.enter(to.lien, taken, 1n);
    this.liens.set(to.lien, { source: p.validator, day: cohort.day, base: taken });
    this.positions.set(to.position, { member: p.member, validator: to.validator, lien: to.lien, isOpen: true });
    this.validator(to.validator).earnings.give(to.position, source.earnings.take(position));
    this.#enter(to.position, taken, unit);
  }

  /* WHAT MATURED */

  maturity({ cohorts }: Validator, day: number): number {
    const cohort = cohorts.get(day);
    if (!cohort) throw new Error(`nothing left on day ${day}`);
    return cohort.maturesAt + this.clock.tolled() - cohort.tollAt;
  }

  isClaimable({ validator, day }: Request): boolean {
    return !this.clock.isSlashingPaused() && this.clock.now >= this.maturity(this.validator(validator), day);
  }

  /** @returns what the owner is due. */
  claim(request: bigint): Amount {
    const r = this.request(request);
    const taken = this.#cohort(r.validator, r.day).pool(r.isOwn).leave(request, Fraction.one);
    const owed = this.owed(r.lien);
    this.requests.delete(request);
    if (r.lien !== undefined) this.liens.delete(r.lien);
    return taken.less(owed);
  }

  isSettleable(position: bigint): boolean {
    const lien = this.lien(this.position(position).lien);
    return this.clock.now >= this.maturity(this.validator(lien.source), lien.day);
  }

  /** @param isClosed Whether the contract found nothing left. */
  settleLien(position: bigint, unit: bigint, isClosed: boolean): void {
    const p = this.position(position);
    const v = this.validator(p.validator);
    const owed = this.owed(p.lien);
    v.earnings.settle(position);
    if (v.pool.holders.has(position)) v.pool.burn(position, owed, unit, isClosed);
    if (p.lien !== undefined) this.liens.delete(p.lien);
    p.lien = undefined;
    if (isClosed) this.#close(p);
  }

  /** The loss of what was moved, had it stayed and left on that day. */
  owed(lien: bigint | undefined): Amount {
    if (lien === undefined) return Amount.zero;
    const { source, day, base } = this.lien(lien);
    const kept = this.#cohort(source, day).moved.valueOf(lien);
    return base.less(kept).rounded(0n, 1n);
  }

  /* SANCTIONS */

  /** What a slash to `target` for a fault at `tau` reaches. */
  reached(validator: bigint, tau: number, target: bigint): Cut[] {
    const v = this.validator(validator);
    const cuts: Cut[] = target < v.keep ? [{ keep: v.keep }] : [];
    const from = this.clock.dayOf(Math.min(tau, this.clock.now));
    for (const { day, keep } of v.cohorts.values()) {
      if (day >= from && target < keep && this.clock.now < this.maturity(v, day)) cuts.push({ day, keep });
    }
    return cuts;
  }

  /** @param wiped Buckets that the contract wiped, as `day:bucket`. */
  slash(validator: bigint, tau: number, target: bigint, wiped: Set<string>): void {
    const v = this.validator(validator);
    for (const { day, keep } of this.reached(validator, tau, target)) {
      const ratio = this.ratio(target, keep);
      if (day === undefined) {
        v.own = v.own.part(ratio).rounded(1n);
        v.pool.slash(ratio, wiped.has("0:0"));
        v.keep = target;
        continue;
      }
      const cohort = this.#cohort(validator, day);
      for (const [number, name] of Object.entries(bucketNames))
        cohort[name].slash(ratio, wiped.has(`${day}:${number}`));
      cohort.keep = target;
    }
  }

  /** Faults of one jail period count as the worst of them: only what the last one left too much is taken. */
  ratio(target: bigint, keep: bigint): Fraction {
    return new Fraction(target, keep);
  }

  /** Tokens of one pool that a cut leaves, to the unit: what burns is rounded up. */
  left(tokens: bigint, target: bigint, keep: bigint): bigint {
    return (tokens * target) / keep;
  }

  /** A new jail period, for live stake and for who leaves today. */
  resetKeep(validator: bigint): void {
    const v = this.validator(validator);
    v.keep = WAD;
    const today = v.cohorts.get(this.clock.dayOf(this.clock.now));
    if (today) today.keep = WAD;
  }

  credit(validator: bigint, amount: bigint, commissionBps: bigint): void {
    const { earnings, own, pool } = this.validator(validator);
    earnings.credit(amount, own, pool, commissionBps);
  }

  takeRewards(position: bigint): Amount {
    const { earnings } = this.validator(this.position(position).validator);
    earnings.settle(position);
    return earnings.take(position);
  }

  takeCommission(validator: bigint): Amount {
    const { earnings } = this.validator(validator);
    const taken = earnings.commission.plus(earnings.own);
    earnings.commission = Amount.zero;
    earnings.own = Amount.zero;
    return taken;
  }

  validator(id: bigint): Validator {
    return found(this.validators.get(id), `validator ${id}`);
  }

  position(id: bigint): Position {
    return found(this.positions.get(id), `position ${id}`);
  }

  request(id: bigint): Request {
    return found(this.requests.get(id), `request ${id}`);
  }

  lien(id: bigint | undefined): Lien {
    return found(id === undefined ? undefined : this.liens.get(id), `lien ${id}`);
  }

  #cohort(validator: bigint, day: number): Cohort {
    return found(this.validator(validator).cohorts.get(day), `day ${day} of validator ${validator}`);
  }

  #today(v: Validator): Cohort {
    const day = this.clock.dayOf(this.clock.now);
    const cohort = v.cohorts.get(day) ?? new Cohort(day, v.keep, this.clock);
    v.cohorts.set(day, cohort);
    return cohort;
  }

  #enter(position: bigint, amount: Amount, unit: bigint): void {
    const v = this.validator(this.position(position).validator);
    v.earnings.settle(position);
    v.pool.enter(position, amount, unit);
  }

  #close(p: Position): void {
    p.isOpen = false;
    p.lien = undefined;
  }
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`the model knows no ${name}`);
  return thing;
}
