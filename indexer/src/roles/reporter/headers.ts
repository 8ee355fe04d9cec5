import { type Address, fromRlp, type Hex, keccak256, recoverAddress, toHex, toRlp } from "viem";

/** A block as `eth_getBlockByNumber` answers it. */
export type RawBlock = Readonly<Record<string, unknown>> & {
  number: Hex;
  hash: Hex;
  timestamp: Hex;
  miner: Hex;
  extraData: Hex;
};

/** Header fields in the order of their RLP; the rest came with later forks and may be absent. */
const FIELDS = [
  "parentHash",
  "sha3Uncles",
  "miner",
  "stateRoot",
  "transactionsRoot",
  "receiptsRoot",
  "logsBloom",
  "difficulty",
  "number",
  "gasLimit",
  "gasUsed",
  "timestamp",
  "extraData",
  "mixHash",
  "nonce",
] as const;
const LATER = [
  "baseFeePerGas",
  "withdrawalsRoot",
  "blobGasUsed",
  "excessBlobGas",
  "parentBeaconBlockRoot",
  "requestsHash",
] as const;
const NUMBERS: ReadonlySet<string> = new Set([
  "difficulty",
  "number",
  "gasLimit",
  "gasUsed",
  "timestamp",
  "baseFeePerGas",
  "blobGasUsed",
  "excessBlobGas",
]);

const quantity = (value: Hex): Hex => (BigInt(value) === 0n ? "0x" : toHex(BigInt(value)));

/** RLP of a block's header, with `extraData` replaced where a seal is checked. */
export function headerRlp(block: RawBlock, extraData: Hex = block.extraData): Hex {
  const names = [...FIELDS, ...LATER.filter((name) => block[name] !== undefined && block[name] !== null)];
  return toRlp(
    names.map((name) => {
      if (name === "extraData") return extraData;
      const value = block[name] as Hex;
      return NUMBERS.has(name) ? quantity(value) : value;
    }),
  );
}

/** Whether the node's fields give the node's hash: then the header can be proved on chain. */
export const isWhole = (block: RawBlock): boolean => keccak256(headerRlp(block)) === block.hash;

const SEALS = 4;

/**
 * Who sealed a block of a QBFT chain: `extraData` is RLP of [vanity, validators, vote, round, seals], and each seal signs
 * the header whose seals are left out.
 * @returns addresses in the order of the seals; undefined where `extraData` is not QBFT's.
 */
export async function committedSealers(block: RawBlock): Promise<Address[] | undefined> {
  try {
    const parts = fromRlp(block.extraData, "hex");
    if (!Array.isArray(parts) || parts.length !== SEALS + 1) return undefined;
    const seals = parts[SEALS];
    if (!Array.isArray(seals) || seals.length === 0) return undefined;
    const hash = keccak256(headerRlp(block, toRlp([...parts.slice(0, SEALS), []])));
    return await Promise.all(seals.map((signature) => recoverAddress({ hash, signature: signature as Hex })));
  } catch {
    return undefined;
  }
}
