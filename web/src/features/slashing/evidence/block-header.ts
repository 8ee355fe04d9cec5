import { type Hex, keccak256, toHex, toRlp } from "viem";

/** A block as `eth_getBlockByNumber` answers it. */
export type RawBlock = Readonly<Record<string, unknown>> & { hash: Hex; number: Hex };

/** Header fields in the order of their RLP; the later ones came with forks and may be absent. */
const FIRST = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty"],
  ...["number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce"],
];
const LATER = [
  ...["baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash"],
];
const numbers = new Set([
  ...["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas", "blobGasUsed", "excessBlobGas"],
]);

const quantity = (value: Hex): Hex => (BigInt(value) === 0n ? "0x" : toHex(BigInt(value)));

/** RLP of a block's header, by whose hash the chain knows it. */
export function headerRlp(block: RawBlock): Hex {
  const names = [...FIRST, ...LATER.filter((name) => block[name] !== undefined && block[name] !== null)];
  return toRlp(names.map((name) => (numbers.has(name) ? quantity(block[name] as Hex) : (block[name] as Hex))));
}

/** Whether the node's fields give the node's hash: then the header can be proved on chain. */
export const isWhole = (block: RawBlock) => keccak256(headerRlp(block)) === block.hash;
