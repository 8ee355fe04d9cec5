import { sequence } from "../../indexer/test/harness/traffic.ts";
import { type Voice, word } from "./mill.ts";

/** Where the story's numbers begin: above those that real transactions have given out. */
const FIRST = { member: 1_000, validator: 101, request: 1_000_000_000n };
const VALIDATORS = 200;
/** Members that stand for the contracts which hold tokens. */
const POOL = 998;
const VAULT = 999;
const TOKEN = 10n ** 18n;
const RAY = 10n ** 27n;
/** A part of a token in which the story counts, so that its numbers stay exact. */
const GRAIN = 10n ** 15n;

/** Events of one block by who announces them. */
export type Block = Partial<Record<Voice, bigint[]>>;

interface Request {
  id: bigint;
  v: number;
  m: number;
  grains: number;
  block: number;
}

const positionId = (m: number, v: number) => 10n ** 12n + BigInt(m) * 1_000n + BigInt(v);
const grains = (count: number) => BigInt(count) * GRAIN;

/**
 * Tells what a network lives through, block by block: members join, delegate, claim rewards, leave; validators are credited
 * each epoch and change commissions. The same seed tells the same story; nobody takes out what is not there.
 */
export class Story {
  readonly #random: () => number;
  readonly #perBlock: number;
  #block: Block = {};
  #size = 0;
  #height = 0;
  #members = 0;
  #requests = 0n;
  /** Of each position: member, validator, stake in grains. */
  readonly #member: number[] = [];
  readonly #validator: number[] = [];
  readonly #stake: number[] = [];
  readonly #place = new Map<number, number>();
  readonly #pools = new Float64Array(VALIDATORS);
  readonly #accumulators = Array<bigint>(VALIDATORS).fill(0n);
  readonly #commissions = Array<number>(VALIDATORS).fill(500);
  readonly #leaving: Request[] = [];
  #leftFrom = 0;

  /** @param perBlock How many events a block has, or a few more. */
  constructor(seed: number, perBlock: number) {
    this.#random = sequence(seed);
    this.#perBlock = perBlock;
  }

  /** The beginning: validators with their own stake, and tokens for those who pay. */
  opening(): Block {
    this.#begin();
    for (const holder of [POOL, VAULT]) this.#tell("TBurnToken", word("TransferTo", { m: holder, amount: 10n ** 30n }));
    for (let i = 0; i < VALIDATORS; i++) {
      const [m, v] = [this.#join(), FIRST.validator + i];
      this.#tell("ValidatorRegistry", word("ValidatorRegistered", { v, m }), word("ValidatorActivated", { v }));
      this.#tell("StakingCore", word("TokensStaked", { v, m, amount: 100_000n * TOKEN }));
      this.#delegate(m, i, 1_000_000);
    }
    return this.#block;
  }

  /** The next block. */
  next(): Block {
    this.#begin();
    this.#credit();
    while (this.#size < this.#perBlock) this.#act();
    return this.#block;
  }

  #begin(): void {
    this.#block = {};
    this.#size = 0;
    this.#height++;
  }

  #tell(voice: Voice, ...words: bigint[]): void {
    const said = this.#block[voice];
    if (said) said.push(...words);
    else this.#block[voice] = words;
    this.#size += words.length;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #act(): void {
    const chance = this.#random();
    const p = this.#below(this.#member.length);
    if (chance < 0.12) this.#delegate(this.#join(), this.#below(VALIDATORS), 10_000 + this.#below(90_000));
    else if (chance < 0.54) {
      const i = this.#random() < 0.5 ? (this.#validator[p] ?? 0) : this.#below(VALIDATORS);
      this.#delegate(this.#member[p] ?? 0, i, 1_000 + this.#below(50_000));
    } else if (chance < 0.8) this.#claimRewards(p);
    else if (chance < 0.92) this.#unstake(p);
    else if (chance < 0.99) this.#claimStake();
    else this.#changeCommission(this.#below(VALIDATORS));
  }

  #join(): number {
    const m = FIRST.member + this.#members++;
    this.#tell("MemberRegistry", word("MemberRegistered", { m }));
    this.#tell("TBurnToken", word("TransferTo", { m, amount: 10_000_000n * TOKEN }));
    return m;
  }

  #delegate(m: number, i: number, count: number): void {
    const v = FIRST.validator + i;
    const key = m * 1_000 + v;
    let place = this.#place.get(key);
    if (place === undefined) {
      place = this.#member.push(m) - 1;
      this.#validator.push(i);
      this.#stake.push(0);
      this.#place.set(key, place);
    }
    this.#stake[place] = (this.#stake[place] ?? 0) + count;
    this.#pools[i] = (this.#pools[i] ?? 0) + count;
    const amount = grains(count);
    this.#tell("TBurnToken", word("TransferFrom", { m, id: BigInt(POOL), amount }));
    this.#tell("StakingCore", word("StakeDelegated", { v, m, id: positionId(m, v), amount }));
  }

  #claimRewards(p: number): void {
    const [m, v] = [this.#member[p] ?? 0, FIRST.validator + (this.#validator[p] ?? 0)];
    const amount = grains(1 + this.#below(500));
    this.#tell("TBurnToken", word("TransferTo", { m, id: BigInt(VAULT), amount }));
    this.#tell("RewardVault", word("RewardsClaimed", { m, id: positionId(m, v), amount }));
  }

  /** Takes out a quarter: no position and no pool runs empty. */
  #unstake(p: number): void {
    const [m, i, stake] = [this.#member[p] ?? 0, this.#validator[p] ?? 0, this.#stake[p] ?? 0];
    const count = Math.floor(stake / 4);
    if (count === 0) return;
    this.#stake[p] = stake - count;
    this.#pools[i] = (this.#pools[i] ?? 0) - count;
    const id = FIRST.request + this.#requests++;
    const v = FIRST.validator + i;
    this.#tell("StakingCore", word("TokensUnstaked", { v, m, id, amount: grains(count) }));
    this.#leaving.push({ id, v, m, grains: count, block: this.#height });
  }

  #claimStake(): void {
    const next = this.#leaving[this.#leftFrom];
    if (!next || next.block === this.#height) return;
    this.#leftFrom++;
    const amount = grains(next.grains);
    this.#tell("StakingCore", word("UnstakeClaimed", { v: next.v, m: next.m, id: next.id, amount }));
    this.#tell("TBurnToken", word("TransferTo", { m: next.m, id: BigInt(POOL), amount }));
    if (this.#leftFrom % 10_000 === 0) {
      this.#leaving.splice(0, this.#leftFrom);
      this.#leftFrom = 0;
    }
  }

  #changeCommission(i: number): void {
    const [from, to] = [this.#commissions[i] ?? 500, 500 + this.#below(1_500)];
    if (from === to) return;
    this.#commissions[i] = to;
    const v = FIRST.validator + i;
    this.#tell("ValidatorRegistry", word("CommissionChanged", { v, id: BigInt(from), amount: BigInt(to) }));
  }

  /** Four validators a block, so that all have had their turn after an epoch. */
  #credit(): void {
    const turn = (this.#height * 4) % VALIDATORS;
    const epoch = 1_000n + BigInt(Math.floor((this.#height * 4) / VALIDATORS));
    for (let i = turn; i < turn + 4; i++) {
      const amount = TOKEN * BigInt(50 + this.#below(100));
      const [self, pool] = [amount / 10n, grains(this.#pools[i] ?? 1)];
      const net = amount - self - (amount - self) / 20n;
      const accumulator = (this.#accumulators[i] ?? 0n) + (net * RAY) / pool;
      this.#accumulators[i] = accumulator;
      const v = FIRST.validator + i;
      this.#tell("RewardVault", word("EpochCredited", { v, id: epoch, amount }), accumulator);
      // Its accumulator is a word, and no event.
      this.#size--;
    }
  }

  /** Events of the block told last. */
  get size(): number {
    return this.#size;
  }
}
