import { checkedLogs, type Header, type RawLog, type RawWireLog } from "../blocks.ts";
import { type Call, type Hex, type Rpc, RpcError, RpcLie } from "../rpc.ts";
import { bloomOf } from "./bloom.ts";
import { keccak } from "./keccak.ts";
import { bytesOf, type Item, rlp } from "./rlp.ts";

interface Receipt {
  type?: Hex;
  status?: Hex;
  cumulativeGasUsed: Hex;
  logsBloom: Hex;
  logs: RawWireLog[];
}

type Encodable = Omit<Receipt, "logs"> & { logs: Pick<RawWireLog, "address" | "topics" | "data">[] };

/** Receipts of these types have one known encoding (EIP-2718, 2930, 1559, 4844, 7702); chains add others of their own. */
const LAST_KNOWN_TYPE = 4;

/** A whole number as RLP has it: without zeros in front. */
function trimmed(value: Hex): Buffer {
  const digits = value.slice(2).replace(/^0+/, "");
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}

/** A receipt as the trie holds it (EIP-2718). */
function bytesOfReceipt({ type, status, cumulativeGasUsed, logsBloom, logs }: Encodable): Buffer {
  const body = rlp([
    trimmed(status ?? "0x1"),
    trimmed(cumulativeGasUsed),
    bytesOf(logsBloom),
    logs.map((log) => [bytesOf(log.address), log.topics.map(bytesOf), bytesOf(log.data)]),
  ]);
  const kind = Number(type ?? 0);
  return kind === 0 ? body : Buffer.concat([Buffer.from([kind]), body]);
}

const hexOf = (bytes: Buffer): Hex => `0x${bytes.toString("hex")}`;

/** A receipt as the trie holds it, in hex digits. */
export const encoded = (receipt: Encodable): Hex => hexOf(bytesOfReceipt(receipt));

interface Leaf {
  /** Nibbles of the key. */
  path: number[];
  value: Buffer;
}

/** Hex-prefix encoding of a path (Yellow Paper, appendix C). */
function packed(path: number[], isLeaf: boolean): Buffer {
  const flag = (isLeaf ? 2 : 0) + (path.length % 2);
  const nibbles = path.length % 2 === 1 ? [flag, ...path] : [flag, 0, ...path];
  return Buffer.from(nibbles.map((nibble) => nibble.toString(16)).join(""), "hex");
}

/** A node as its parent refers to it: by hash, or whole if it is short. */
function reference(node: Item): Item {
  const raw = rlp(node);
  return raw.length < 32 ? node : keccak(raw);
}

const NOTHING = Buffer.alloc(0);

function node(leaves: Leaf[], depth: number): Item {
  const [first] = leaves;
  if (!first) return NOTHING;
  if (leaves.length === 1) return [packed(first.path.slice(depth), true), first.value];
  let shared = depth;
  while (leaves.every(({ path }) => path[shared] !== undefined && path[shared] === first.path[shared])) shared++;
  if (shared > depth) return [packed(first.path.slice(depth, shared), false), reference(node(leaves, shared))];
  const children = Array.from({ length: 16 }, (_, nibble): Item => {
    const below = leaves.filter(({ path }) => path[depth] === nibble);
    return below.length === 0 ? NOTHING : reference(node(below, depth + 1));
  });
  return [...children, leaves.find(({ path }) => path.length === depth)?.value ?? NOTHING];
}

function rootOf(values: Buffer[]): Hex {
  const leaves = values.map((value, i) => {
    const key = rlp(trimmed(`0x${i.toString(16)}`)).toString("hex");
    return { path: [...key].map((digit) => Number.parseInt(digit, 16)), value };
  });
  return hexOf(keccak(rlp(node(leaves, 0))));
}

/** Root of the trie of a block's values by index (Yellow Paper, appendix D). */
export const trieRoot = (values: Hex[]): Hex => rootOf(values.map(bytesOf));

/** Whether these are all receipts of the block: the header's root commits to them or, of unknown kinds, its filter fits. */
function isWhole(receipts: Receipt[], block: Header): boolean {
  if (receipts.some(({ type }) => Number(type ?? 0) > LAST_KNOWN_TYPE)) {
    return bloomOf(receipts.flatMap(({ logs }) => logs)) === block.logsBloom;
  }
  return rootOf(receipts.map(bytesOfReceipt)) === block.receiptsRoot;
}

/** Receipts of a block, one by one where the node does not give them at once. */
async function receiptsOf<T>(rpc: Rpc, block: Header, check: (receipts: Receipt[], endpoint: string) => T): Promise<T> {
  const gone = (endpoint: string) =>
    new RpcError("RPC_BLOCK_GONE", `${endpoint} knows no block ${block.number} ${block.hash}`);
  try {
    const { value } = await rpc.ask([["eth_getBlockReceipts", [block.hash]]], ([raw], endpoint) => {
      if (!raw) throw gone(endpoint);
      return check(raw as Receipt[], endpoint);
    });
    return value;
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== "RPC_METHOD_UNKNOWN") throw error;
  }
  const { value: hashes } = await rpc.ask([["eth_getBlockByHash", [block.hash, false]]], ([raw], endpoint) => {
    if (!raw) throw gone(endpoint);
    return (raw as { transactions: Hex[] }).transactions;
  });
  const calls = hashes.map((hash): Call => ["eth_getTransactionReceipt", [hash]]);
  const { value } = await rpc.ask(calls, (receipts, endpoint) => {
    if (receipts.includes(null)) throw gone(endpoint);
    return check(receipts as Receipt[], endpoint);
  });
  return value;
}

/**
 * Logs of one block as its receipts prove them.
 * @throws {RpcLie} `RPC_RECEIPTS_INCOMPLETE` if the receipts are not those that the block's header commits to.
 */
export function provenLogs(rpc: Rpc, block: Header, addresses: Set<string>): Promise<RawLog[]> {
  return receiptsOf(rpc, block, (receipts, endpoint) => {
    if (!isWhole(receipts, block)) {
      throw new RpcLie(
        "RPC_RECEIPTS_INCOMPLETE",
        `${endpoint}: the receipts of block ${block.number} are not those of its header`,
      );
    }
    const logs = receipts.flatMap((receipt) => receipt.logs);
    return checkedLogs(logs, [block], endpoint).filter((log) => addresses.has(log.address));
  });
}

/** Whether two answers tell the same logs. */
export const sameLogs = (a: RawLog[], b: RawLog[]): boolean =>
  a.length === b.length &&
  a.every((log, i) => {
    const other = b[i];
    return (
      other !== undefined &&
      log.logIndex === other.logIndex &&
      log.address === other.address &&
      log.data === other.data &&
      log.topics.join() === other.topics.join()
    );
  });
