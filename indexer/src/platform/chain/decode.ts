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

function decoded(item: AbiEvent, log: RawLog): Record<string, unknown> {
  const topics = log.topics as [Hex, ...Hex[]];
  const { args } = decodeEventLog({ abi: [item], data: log.data, topics });
  const types = new Map(item.inputs.map((input) => [input.name, input.type]));
  return Object.fromEntries(Object.entries(args ?? {}).map(([name, value]) => [name, stored(value, types.get(name))]));
}

/** Addresses followed, first topics of their events, and the decoder table by both. */
export function decoder(deployment: Deployment): { addresses: Hex[]; topics: Hex[]; decode: Decoder } {
  const table = new Map<string, { contract: ContractName; item: AbiEvent }>();
  const addresses: Hex[] = [];
  const topics = new Set<Hex>();
  for (const [name, abi] of Object.entries(followedAbis) as [ContractName, Abi][]) {
    const address = deployment.contracts[name].address.toLowerCase() as Hex;
    addresses.push(address);
    for (const item of abi) {
      if (item.type !== "event") continue;
      table.set(address + toEventSelector(item), { contract: name, item });
      topics.add(toEventSelector(item));
    }
  }
  const decode: Decoder = (log, blockTime) => {
    const found = table.get(log.address + log.topics[0]);
    return (
      found && {
        contract: found.contract,
        name: found.item.name,
        args: decoded(found.item, log),
        blockNumber: log.blockNumber,
        blockTime,
        logIndex: log.logIndex,
        txHash: log.transactionHash,
      }
    );
  };
  return { addresses, topics: [...topics], decode };
}
