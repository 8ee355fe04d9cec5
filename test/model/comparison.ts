import type { Amount } from "./amount.ts";
import type { Model } from "./model.ts";
import { cohortKey, type Snapshot } from "./snapshot.ts";

const total = (all: Iterable<bigint>) => [...all].reduce((sum, one) => sum + one, 0n);

/** Says where contract and model differ by more than roundings can explain. */
class Complaints {
  readonly all: string[] = [];

  same(what: string, contract: bigint | number | boolean, model: bigint | number | boolean): void {
    if (String(contract) !== String(model)) this.all.push(`${what}: contract ${contract}, model ${model}`);
  }

  near(what: string, contract: bigint, model: Amount): void {
    if (model.admits(contract)) return;
    const { exact, below, above } = model;
    this.all.push(`${what}: contract ${contract}, model ${exact.floor()} (−${below}, +${above})`);
  }
}

function compareValidators(model: Model, seen: Snapshot, say: Complaints): void {
  for (const [id, v] of model.validators) {
    const stake = seen.stakes.get(id);
    if (!stake) continue;
    say.near(`own stake of ${id}`, stake.self, v.own);
    say.near(`pool of ${id}`, stake.del.tokens, v.pool.total());
    say.same(`fraction of ${id}`, stake.keep, v.keep);
    say.same(`positions of ${id}`, stake.nPos, v.pool.holders.size);
    const earned = seen.earnings.get(id);
    say.near(`commission of ${id}`, earned?.commission ?? 0n, v.earnings.commission);
    say.near(`own rewards of ${id}`, earned?.own ?? 0n, v.earnings.own);
    for (const cohort of v.cohorts.values()) {
      const c = seen.cohorts.get(cohortKey(id, cohort.day));
      if (!c) continue;
      const name = `day ${cohort.day} of ${id}`;
      say.near(`delegated exits, ${name}`, c.del.tokens, cohort.delegated.total());
      say.near(`own exits, ${name}`, c.self_.tokens, cohort.own.total());
      say.near(`redelegated, ${name}`, c.redel.tokens, cohort.moved.total());
      say.same(`maturity, ${name}`, c.maturesAt, cohort.maturesAt);
      say.same(`toll, ${name}`, c.tollAt, cohort.tollAt);
      say.same(`fraction, ${name}`, c.keep, cohort.keep);
    }
  }
}

function compareHoldings(model: Model, seen: Snapshot, say: Complaints): void {
  for (const [id, { shares, lien, value, pending }] of seen.positions) {
    const p = model.position(id);
    const { pool, earnings } = model.validator(p.validator);
    say.same(`position ${id} open`, shares > 0n, p.isOpen);
    say.same(`lien of position ${id}`, lien, p.lien ?? 0n);
    say.near(`value of position ${id}`, value, pool.valueOf(id));
    say.near(`rewards of position ${id}`, pending, earnings.pendingOf(id));
  }
  for (const [id, value] of seen.requests) {
    const { validator, day, isOwn } = model.request(id);
    const cohort = model.validator(validator).cohorts.get(day);
    if (cohort) say.near(`value of request ${id}`, value, cohort.pool(isOwn).valueOf(id));
  }
  for (const [id, owed] of seen.liens) say.near(`owed by lien ${id}`, owed, model.owed(id));
}

/** Sums are equal to the unit, whatever the model thinks. */
function compareSums({ stakes, cohorts, positions, earnings, balance }: Snapshot, say: Complaints): void {
  const live = total([...stakes.values()].map(({ self, del }) => self + del.tokens));
  const leaving = total([...cohorts.values()].map(({ del, self_ }) => del.tokens + self_.tokens));
  say.same("stake of all", balance.totalStake, live);
  say.same("tokens of the core", balance.core, live + leaving);
  const owed = total([...positions.values()].map(({ pending }) => pending));
  const kept = total([...earnings.values()].map(({ commission, own }) => commission + own));
  say.same("rewards are there", balance.vault >= balance.uncredited + owed + kept, true);
}

/** @returns what contract and model disagree about; empty if nothing. */
export function differences(model: Model, seen: Snapshot): string[] {
  const say = new Complaints();
  compareValidators(model, seen, say);
  compareHoldings(model, seen, say);
  compareSums(seen, say);
  return say.all;
}

/**
 * What a slash must take, to the unit, from the whole numbers that were there before: of each pool that it reaches what
 * the model leaves, or everything where the pool was wiped.
 */
export function exactLoss(
  model: Model,
  before: Snapshot,
  slash: { validator: bigint; tau: number; target: bigint; wiped: Set<string> },
): bigint {
  const { validator, tau, target, wiped } = slash;
  const loss = (tokens: bigint, keep: bigint, bucket: string) =>
    tokens - (wiped.has(bucket) ? 0n : model.left(tokens, target, keep));
  return total(
    model.reached(validator, tau, target).map(({ day, keep }) => {
      if (day === undefined) {
        const stake = before.stakes.get(validator);
        return loss(stake?.self ?? 0n, keep, "own") + loss(stake?.del.tokens ?? 0n, keep, "0:0");
      }
      const c = before.cohorts.get(cohortKey(validator, day));
      return loss(c?.del.tokens ?? 0n, keep, `${day}:1`) + loss(c?.self_.tokens ?? 0n, keep, `${day}:2`);
    }),
  );
}
