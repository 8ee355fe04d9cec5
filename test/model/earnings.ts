import { Amount } from "./amount.ts";
import { Fraction, whole } from "./fraction.ts";
import type { Pool } from "./pool.ts";

/** Accumulators count in 1e-27 per share. */
const RAY = 10n ** 27n;

/** What a validator and its delegators have earned and not taken. */
export class Earnings {
  commission = Amount.zero;
  own = Amount.zero;
  readonly pending = new Map<bigint, Amount>();
  /** Units that the accumulator's remainder may hold. */
  #carried = 0n;

  /** Divides `amount`: own stake first, then the commission, then each delegator by what it is worth. */
  credit(amount: bigint, self: Amount, pool: Pool, commissionBps: bigint): void {
    if (pool.holders.size === 0) {
      this.own = this.own.plus(Amount.of(amount));
      return;
    }
    const delegated = pool.total();
    const total = self.exact.plus(delegated.exact);
    const given = whole(amount);
    // Shares of stake are off by what stake is off: the reward by as much of it, and by the rounding itself.
    const stakeSlack = self.slack + delegated.slack;
    const ownSlack = portion(given, stakeSlack, total) + 1n;
    const own = total.top === 0n ? Fraction.zero : given.times(self.exact).over(total);
    const rate = new Fraction(commissionBps, 10_000n);
    const commission = given.less(own).times(rate);
    const net = given.less(own).less(commission);
    this.own = this.own.plus(new Amount(own, ownSlack, ownSlack));
    this.commission = this.commission.plus(new Amount(commission, ownSlack + 1n, ownSlack + 1n));
    this.#spread(net, 2n * ownSlack + 1n, pool, delegated);
  }

  /** Rewards of `holder`, as after a settlement, which rounds down. */
  settle(holder: bigint): void {
    const held = this.pending.get(holder);
    if (held) this.pending.set(holder, held.rounded(1n));
  }

  pendingOf(holder: bigint): Amount {
    return this.pending.get(holder) ?? Amount.zero;
  }

  take(holder: bigint): Amount {
    const taken = this.pendingOf(holder);
    this.pending.delete(holder);
    return taken;
  }

  give(holder: bigint, amount: Amount): void {
    this.pending.set(holder, this.pendingOf(holder).plus(amount));
  }

  #spread(net: Fraction, netSlack: bigint, pool: Pool, delegated: Amount): void {
    // A fraction of the accumulator is worth so much to all shares together.
    const dust = pool.shares().over(whole(RAY)).ceil() + 1n;
    const worth = delegated.exact;
    for (const [holder, held] of pool.holders) {
      const exact = worth.top === 0n ? Fraction.zero : net.times(held.exact).over(worth);
      const slack = netSlack + portion(net, held.slack + delegated.slack, worth);
      this.give(holder, new Amount(exact, slack + dust, slack + this.#carried));
    }
    this.#carried = dust;
  }
}

/** Units of `amount` that fall on `slack` units of `total`, rounded up; never more than all. */
function portion(amount: Fraction, slack: bigint, total: Fraction): bigint {
  const all = amount.ceil();
  if (total.top === 0n) return all;
  const part = amount.times(whole(slack)).over(total).ceil();
  if (part > all) return all;
  return part;
}
