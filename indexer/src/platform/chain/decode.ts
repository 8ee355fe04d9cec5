import type { ContractName, Deployment } from "@tburn/deployments";
import { type Abi, type AbiEvent, decodeEventLog, toEventSelector } from "viem";
import { followedAbis } from "./abis.ts";
import type { RawLog } from "./blocks.ts";
import type { Hex } from "./rpc.ts";

/** A decoded event and where it stands in the chain. */
export interface ChainEvent {
  contract: ContractName;
  name: string;
  /**
   * Each projection knows its event's arguments; the ABI has proven them. Addresses, hashes and bytes are in lower
   * case; texts are as written, except that they hold no NUL, which PostgreSQL cannot store.
   */
  args: Readonly<Record<string, unknown>>;
  blockNumber: number;
  blockTime: number;
  logIndex: number;
  txHash: Hex;
}

/** Finds the event of a log; undefined for what no ABI of ours declares. */
export type Decoder = (log: RawLog, blockTime: number) => ChainEvent | undefined;

function stored(value: unknown, type: string | undefined): unknown {
  if (typeof value === "string") return type === "string" ? value.replaceAll("\u0000", "\ufffd") : value.toLowerCase();
  if (Array.isArray(value)) return value.map((part) => stored(part, type?.replace(/\[\d*\]$/, "")));
  if (typeof value !== "object" || value === null) return value;
  // Structs of ours hold no texts.
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, stored(part, undefined)]));
}

/** Reads one word of 64 hex digits. */
type Reader = (word: string) => unknown;

/** Whole numbers up to 48 bits are numbers, as with viem. */
const SMALL_BITS = 48;

/** The reader of a type that fits a word; undefined for others. */
function readerOf(type: string): Reader | undefined {
  if (type === "address") return (word) => `0x${word.slice(24)}`;
  if (type === "bool") return (word) => word.endsWith("1");
  if (type === "bytes32") return (word) => `0x${word}`;
  const bits = Number(/^uint(\d+)$/.exec(type)?.[1] ?? 0);
  if (bits === 0) return undefined;
  return bits > SMALL_BITS ? (word) => BigInt(`0x${word}`) : (word) => Number.parseInt(word.slice(48), 16);
}

type Arguments = Record<string, unknown>;

const WORD = 64;

/** Decodes events whose arguments all fit a word, straight from the hex digits; undefined for others. */
function plainDecoder({ inputs }: AbiEvent): ((log: RawLog) => Arguments | undefined) | undefined {
  const parts = inputs.map(({ name, type, indexed }) => ({ name: name ?? "", read: readerOf(type), indexed }));
  if (parts.some(({ name, read }) => !read || name === "")) return undefined;
  const topics = 1 + parts.filter(({ indexed }) => indexed).length;
  const length = 2 + (parts.length + 1 - topics) * WORD;
  return ({ topics: words, data }) => {
    if (words.length !== topics || data.length !== length) return undefined;
    const digits = data.toLowerCase();
    const args: Arguments = {};
    let [topic, at] = [1, 2];
    for (const { name, read, indexed } of parts) {
      args[name] = read?.(indexed ? (words[topic++] ?? "").slice(2).toLowerCase() : digits.slice(at, at + WORD));
      if (!indexed) at += WORD;
    }
    return args;
  };
}

/** Decodes an event by the whole of the ABI's rules. @throws what viem throws for a log that is no such event */
function fullDecoder(item: AbiEvent): (log: RawLog) => Arguments {
  const types = new Map(item.inputs.map((input) => [input.name, input.type]));
  return (log) => {
    const topics = log.topics as [Hex, ...Hex[]];
    const { args } = decodeEventLog({ abi: [item], data: log.data, topics });
    const entries = Object.entries(args ?? {});
    return Object.fromEntries(entries.map(([name, value]) => [name, stored(value, types.get(name))]));
  };
}

/** What looks odd to the quick way goes the whole one, which refuses it or knows better. */
function decoderOf(item: AbiEvent): (log: RawLog) => Arguments {
  const [quick, whole] = [plainDecoder(item), fullDecoder(item)];
  return quick ? (log) => quick(log) ?? whole(log) : whole;
}

/** Addresses followed, first topics of their events, and the decoder table by both. */
export function decoder(deployment: Deployment): { addresses: Hex[]; topics: Hex[]; decode: Decoder } {
  const table = new Map<string, { contract: ContractName; name: string; decode: (log: RawLog) => Arguments }>();
  const addresses: Hex[] = [];
  const topics = new Set<Hex>();
  for (const [name, abi] of Object.entries(followedAbis) as [ContractName, Abi][]) {
    const address = deployment.contracts[name].address.toLowerCase() as Hex;
    addresses.push(address);
    for (const item of abi) {
      if (item.type !== "event") continue;
      table.set(address + toEventSelector(item), { contract: name, name: item.name, decode: decoderOf(item) });
      topics.add(toEventSelector(item));
    }
  }
  const decode: Decoder = (log, blockTime) => {
    const found = table.get(log.address + log.topics[0]);
    return (
      found && {
        contract: found.contract,
        name: found.name,
        args: found.decode(log),
        blockNumber: log.blockNumber,
        blockTime,
        logIndex: log.logIndex,
        txHash: log.transactionHash,
      }
    );
  };
  return { addresses, topics: [...topics], decode };
}
