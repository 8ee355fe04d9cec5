import { keccak256, numberToHex, toHex, toRlp } from "viem";
import { bloomOf } from "../../../indexer/src/platform/chain/proof/bloom.ts";
import { encoded, trieRoot } from "../../../indexer/src/platform/chain/proof/receipts.ts";
import type { Hex } from "../../../indexer/src/platform/chain/rpc.ts";
import type { Recording, Transaction } from "./recording.ts";

const NOTHING: Hex = `0x${"00".repeat(32)}`;
const NOBODY: Hex = `0x${"00".repeat(20)}`;
const NO_UNCLES = keccak256(toRlp([]));

export interface WireLog {
  address: Hex;
  topics: Hex[];
  data: Hex;
  blockNumber: Hex;
  blockHash: Hex;
  logIndex: Hex;
  transactionHash: Hex;
}

export interface WireReceipt {
  transactionHash: Hex;
  type: Hex;
  status: Hex;
  cumulativeGasUsed: Hex;
  logsBloom: Hex;
  logs: WireLog[];
}

/** A block as a node tells it. */
export interface Block {
  number: number;
  hash: Hex;
  parentHash: Hex;
  time: number;
  /** Which history it follows, and how many transactions of it stand up to here. */
  path: number;
  used: number;
  header: Record<string, unknown>;
  logs: WireLog[];
  receipts: WireReceipt[];
}

/** The blocks of one chain from number 0. */
export type Lineage = readonly Block[];

const trimmed = (value: number): Hex => (value === 0 ? "0x" : numberToHex(value));

const prints = new WeakMap<Transaction, string>();

/** What a transaction did: in another history one of the same hash may do something else. */
function print(one: Transaction): string {
  const found = prints.get(one) ?? keccak256(toHex(JSON.stringify(one)));
  prints.set(one, found);
  return found;
}

/** Roots and filters depend on the transactions alone, and cost more than all the rest. */
const sealed = new Map<string, { receiptsRoot: Hex; logsBloom: Hex; blooms: Hex[] }>();

function seal(transactions: Transaction[]) {
  const name = transactions.map(print).join();
  const found = sealed.get(name);
  if (found) return found;
  let gas = 0;
  const blooms = transactions.map(({ logs }) => bloomOf(logs));
  const bytes = transactions.map(({ type, status, gasUsed, logs }, i) => {
    gas += gasUsed;
    return encoded({ type, status, cumulativeGasUsed: numberToHex(gas), logsBloom: blooms[i] ?? "0x", logs });
  });
  const made = {
    receiptsRoot: trieRoot(bytes),
    logsBloom: bloomOf(transactions.flatMap(({ logs }) => logs)),
    blooms,
  };
  sealed.set(name, made);
  return made;
}

function receiptsIn(number: number, hash: Hex, transactions: Transaction[], blooms: Hex[]): WireReceipt[] {
  let [gas, index] = [0, 0];
  return transactions.map(({ type, status, gasUsed, hash: transactionHash, logs }, i) => {
    gas += gasUsed;
    const own = logs.map((log): WireLog => {
      const place = { blockNumber: numberToHex(number), blockHash: hash, logIndex: numberToHex(index++) };
      return { ...log, ...place, transactionHash };
    });
    const cumulativeGasUsed = numberToHex(gas);
    return { transactionHash, type, status, cumulativeGasUsed, logsBloom: blooms[i] ?? "0x", logs: own };
  });
}

/** Cuts recorded transactions into blocks, and knows every block that any chain of a schedule ever had. */
export class Chains {
  readonly #recording: Recording;
  readonly #known = new Map<string, { block: Block; lineage: Lineage }>();
  #made = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** The chain up to a block that some chain had; undefined if none had. */
  upTo(hash: string): Lineage | undefined {
    return this.#known.get(hash)?.lineage;
  }

  /** Blocks of other chains at this height. */
  siblings(number: number, hash: Hex): Block[] {
    return [...this.#known.values()]
      .map(({ block }) => block)
      .filter((block) => block.number === number && block.hash !== hash);
  }

  /** A chain on which the contracts and their cast are there, `perBlock` transactions in each block. */
  begin(perBlock: number): Lineage {
    const { deployment, setting } = this.#recording;
    let lineage: Lineage = [];
    while (lineage.length < deployment.startBlock) lineage = this.#grow(lineage, 0, 0);
    for (let used = 0; used < setting; used += perBlock) {
      lineage = this.#grow(lineage, 0, Math.min(perBlock, setting - used));
    }
    return lineage;
  }

  /** More blocks, each with so many transactions as long as the history has some. */
  mine(lineage: Lineage, counts: number[]): Lineage {
    return counts.reduce((chain, count) => this.#grow(chain, chain.at(-1)?.path ?? 0, count), lineage);
  }

  /**
   * Other blocks above `ancestor`, of any history that is the same up to there.
   * @param choice Which of these, in [0, 1).
   */
  fork(lineage: Lineage, ancestor: number, counts: number[], choice: number): Lineage {
    const kept = lineage.slice(0, ancestor + 1);
    const last = kept.at(-1);
    if (!last) throw new Error(`there is no block ${ancestor}`);
    const { paths } = this.#recording;
    const mine = paths[last.path] ?? [];
    const open = paths.flatMap((path, i) =>
      mine.slice(0, last.used).every((one, at) => path[at] !== undefined && print(one) === print(path[at])) ? [i] : [],
    );
    const path = open[Math.floor(choice * open.length)] ?? last.path;
    return counts.reduce<Lineage>((chain, count) => this.#grow(chain, path, count), kept);
  }

  #grow(lineage: Lineage, path: number, count: number): Lineage {
    const parent = lineage.at(-1);
    const used = parent?.used ?? 0;
    const transactions = (this.#recording.paths[path] ?? []).slice(used, used + count);
    const number = lineage.length;
    const time = Math.max((parent?.time ?? 1_700_000_000) + 1, transactions.at(-1)?.time ?? 0);
    const parentHash = parent?.hash ?? NOTHING;
    const { receiptsRoot, logsBloom, blooms } = seal(transactions);
    const extra = numberToHex(++this.#made, { size: 8 });
    const gas = trimmed(transactions.reduce((sum, one) => sum + one.gasUsed, 0));
    const hash = keccak256(
      toRlp([
        parentHash,
        NO_UNCLES,
        NOBODY,
        NOTHING,
        NOTHING,
        receiptsRoot,
        logsBloom,
        "0x",
        trimmed(number),
        numberToHex(30_000_000),
        gas,
        numberToHex(time),
        extra,
        NOTHING,
        "0x0000000000000000",
      ]),
    );
    const receipts = receiptsIn(number, hash, transactions, blooms);
    const header = {
      number: numberToHex(number),
      hash,
      parentHash,
      timestamp: numberToHex(time),
      logsBloom,
      receiptsRoot,
      transactions: transactions.map((one) => one.hash),
    };
    const logs = receipts.flatMap((receipt) => receipt.logs);
    const block: Block = {
      number,
      hash,
      parentHash,
      time,
      path,
      used: used + transactions.length,
      header,
      logs,
      receipts,
    };
    const grown = [...lineage, block];
    this.#known.set(hash, { block, lineage: grown });
    return grown;
  }
}
