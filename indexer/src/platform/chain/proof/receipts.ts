import { concat, hexToBytes, keccak256, numberToHex, toRlp } from "viem";
import { checkedLogs, type Header, type RawLog, type RawWireLog } from "../blocks.ts";
import { type Call, type Hex, type Rpc, RpcError, RpcLie } from "../rpc.ts";
import { bloomOf } from "./bloom.ts";

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

const trimmed = (value: Hex): Hex => (BigInt(value) === 0n ? "0x" : numberToHex(BigInt(value)));

/** A receipt as the trie holds it (EIP-2718). */
export function encoded({ type, status, cumulativeGasUsed, logsBloom, logs }: Encodable): Hex {
  const body = toRlp([
    trimmed(status ?? "0x1"),
    trimmed(cumulativeGasUsed),
    logsBloom,
    logs.map((log) => [log.address, log.topics, log.data]),
  ]);
  const kind = Number(type ?? 0);
  return kind === 0 ? body : concat([numberToHex(kind, { size: 1 }), body]);
}

type Node = Hex | Node[];
interface Leaf {
  /** Nibbles of the key. */
  path: number[];
  value: Hex;
}

/** Hex-prefix encoding of a path (Yellow Paper, appendix C). */
function packed(path: number[], isLeaf: boolean): Hex {
  const flag = (isLeaf ? 2 : 0) + (path.length % 2);
  const nibbles = path.length % 2 === 1 ? [flag, ...path] : [flag, 0, ...path];
  return `0x${nibbles.map((nibble) => nibble.toString(16)).join("")}`;
}

/** A node as its parent refers to it: by hash, or whole if it is short. */
function reference(node: Node): Node {
  const raw = toRlp(node as Parameters<typeof toRlp>[0]) as Hex;
  return hexToBytes(raw).length < 32 ? node : keccak256(raw);
}

function node(leaves: Leaf[], depth: number): Node {
  const [first] = leaves;
  if (!first) return "0x";
  if (leaves.length === 1) return [packed(first.path.slice(depth), true), first.value];
  let shared = depth;
  while (leaves.every(({ path }) => path[shared] !== undefined && path[shared] === first.path[shared])) shared++;
  if (shared > depth) return [packed(first.path.slice(depth, shared), false), reference(node(leaves, shared))];
  const children = Array.from({ length: 16 }, (_, nibble): Node => {
    const below = leaves.filter(({ path }) => path[depth] === nibble);
    return below.length === 0 ? "0x" : reference(node(below, depth + 1));
  });
  return [...children, leaves.find(({ path }) => path.length === depth)?.value ?? "0x"];
}

/** Root of the trie of a block's values by index (Yellow Paper, appendix D). */
export function trieRoot(values: Hex[]): Hex {
  const leaves = values.map((value, i) => {
    const key = toRlp(i === 0 ? "0x" : numberToHex(i));
    return { path: [...key.slice(2)].map((digit) => Number.parseInt(digit, 16)), value };
  });
  return keccak256(toRlp(node(leaves, 0) as Parameters<typeof toRlp>[0]));
}

/** Whether these are all receipts of the block: its filter is theirs and, where the encoding is known, its root. */
function isWhole(receipts: Receipt[], block: Header): boolean {
  if (bloomOf(receipts.flatMap(({ logs }) => logs)) !== block.logsBloom) return false;
  if (receipts.some(({ type }) => Number(type ?? 0) > LAST_KNOWN_TYPE)) return true;
  return trieRoot(receipts.map(encoded)) === block.receiptsRoot;
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
