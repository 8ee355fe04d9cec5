import type { ContractTransactionReceipt, ContractTransactionResponse, EventLog, LogDescription } from "ethers";
import { DAY, join, networkHelpers, type System, staked, tburn, UNBONDING, validatorOf } from "../fixtures/system.ts";
import { differences } from "./comparison.ts";
import { Model, Validator } from "./model.ts";
import { look, type Snapshot } from "./snapshot.ts";

export type Wallet = System["bob"];
type NewModel = new (now: number, day: number, unbonding: number) => Model;

/** Three validators with own stake, four rich delegators, and a vault full of rewards. */
export async function prepared() {
  const s = await staked();
  const third = await validatorOf(s, s.dave, { self: tburn(500_000), commissionBps: 933 });
  const second = await validatorOf(s, s.erin, { self: tburn(60_000), commissionBps: 777 });
  await join(s, s.mallory);
  for (const wallet of [s.bob, s.carol, s.mallory]) await s.token.transfer(wallet, tburn(20_000_000));
  await s.token.approve(s.vault, tburn(10_000_000));
  await s.vault.fund(tburn(10_000_000));
  return { ...s, ids: [s.validatorId, second, third] };
}

export type Prepared = Awaited<ReturnType<typeof prepared>>;

/** Contracts and model side by side. */
export class World {
  readonly s: Prepared;
  readonly model: Model;
  readonly members = new Map<bigint, Wallet>();
  readonly owners = new Map<bigint, Wallet>();
  /** The contracts' numbers after the last act. */
  seen!: Snapshot;
  /** Most units by which any position's or request's value was allowed to be off. */
  widest = 0n;

  private constructor(s: Prepared, model: Model) {
    this.s = s;
    this.model = model;
  }

  static async begin(s: Prepared, NewModel: NewModel = Model): Promise<World> {
    const world = new World(s, new NewModel(await networkHelpers.time.latest(), DAY, UNBONDING));
    for (const wallet of [s.bob, s.carol, s.mallory]) {
      world.members.set(await s.members.memberNoOf(wallet.address), wallet);
    }
    for (const wallet of [s.alice, s.erin, s.dave]) {
      const id = await s.validators.validatorOf(await s.members.memberNoOf(wallet.address));
      world.owners.set(id, wallet);
      world.model.validators.set(id, new Validator());
      world.model.depositOwn(id, await s.core.selfStakeOf(id));
    }
    await world.compare();
    return world;
  }

  /** A share's price at `validator` before the act, in whole units, rounded up. */
  unit(validator: bigint): bigint {
    const del = this.seen.stakes.get(validator)?.del;
    return del === undefined || del.shares === 0n ? 1n : (del.tokens + del.shares - 1n) / del.shares;
  }

  /** Sends in the second that the model's clock shows. */
  async send(transaction: () => Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> {
    await networkHelpers.time.setNextBlockTimestamp(this.model.clock.now);
    const receipt = await (await transaction()).wait();
    if (!receipt) throw new Error("a transaction was not mined");
    return receipt;
  }

  /** Arguments of the events `name` in `receipt`. */
  events(receipt: ContractTransactionReceipt, name: string): Record<string, bigint>[] {
    return receipt.logs.flatMap((log) => {
      const parsed: LogDescription | null =
        this.s.core.interface.parseLog(log as EventLog) ?? this.s.vault.interface.parseLog(log as EventLog);
      return parsed?.name === name ? [parsed.args.toObject() as Record<string, bigint>] : [];
    });
  }

  event(receipt: ContractTransactionReceipt, name: string): Record<string, bigint> {
    const [first] = this.events(receipt, name);
    if (!first) throw new Error(`no ${name} was emitted`);
    return first;
  }

  /** @throws if contract and model disagree. */
  async compare(): Promise<void> {
    this.seen = await look(this.s, this.model);
    const found = differences(this.model, this.seen);
    for (const { pool, cohorts } of this.model.validators.values()) {
      for (const { holders } of [pool, ...[...cohorts.values()].flatMap((c) => [c.delegated, c.own])]) {
        for (const { slack } of holders.values()) if (slack > this.widest) this.widest = slack;
      }
    }
    if (found.length > 0) throw new Error(found.join("\n"));
  }
}
