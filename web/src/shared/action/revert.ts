import { type AbiParameter, BaseError, decodeErrorResult, type Hex } from "viem";
import { allWords } from "../i18n/i18n.ts";
import type { Refusal, ValueKind } from "./refusal.ts";

/** Errors of all contracts, fetched when the first call is refused. */
const errors = async () => (await import("@tburn/deployments/abi/errors")).errorsAbi;

const enums: Record<string, ValueKind> = {
  "enum IProtocolPause.Scope": "scope",
  "enum ISuspensionManager.Reason": "reason",
  "enum MemberStatus": "status",
  "enum MemberTier": "tier",
};

const durations =
  /^(duration|longest|used|budget|value|lowest|highest|unbonding|slashJail|evidenceMaxAge|delay|minDelay|sum)$/;
const numbers = /^(lienId|memberNo|targetKeep|height|lower|upper)$/;
const counts = /(Id|^id|^nonce|^expected|^current|length|^value|selector|^maximum|^members|^lowest|^highest|^bits)$/;

/** How a value of the error `of` is shown, told by its type and its name. */
function kindOf({ type, name = "", internalType }: AbiParameter, of: string): ValueKind {
  const known = enums[internalType ?? ""];
  if (known) return known;
  if (type === "uint64" && /^(fraction|highest)$/.test(name)) return "fraction";
  if (type === "uint40" || type === "uint64" || type === "uint48") {
    if (numbers.test(name)) return "text";
    return durations.test(name) ? "duration" : "time";
  }
  if (type === "uint16") return "bps";
  if (type === "uint8") return /^(level|needed)$/.test(name) ? "level" : "text";
  if (type !== "uint256" && type !== "uint112") return "text";
  if (/BondingTooShort|WindowsTooLong|^Timelock/.test(of) && durations.test(name)) return "duration";
  return counts.test(name) || /^current/.test(name) ? "text" : "amount";
}

/** The data with which a call was refused, wherever the layers between put it. */
function revertData(error: unknown): Hex | undefined {
  for (let at = error as Record<string, unknown> | undefined; at; at = at.cause as typeof at) {
    for (const data of [at.raw, at.data, (at.data as { data?: unknown } | undefined)?.data])
      if (typeof data === "string" && /^0x[0-9a-f]{8,}$/i.test(data)) return data as Hex;
  }
  return undefined;
}

/** The error that `data` spells; undefined if it is not one of ours. */
async function decoded(data: Hex): Promise<Refusal | undefined> {
  try {
    const { errorName, args = [], abiItem } = decodeErrorResult({ abi: await errors(), data });
    const inputs: readonly AbiParameter[] = "inputs" in abiItem ? abiItem.inputs : [];
    const values = inputs.map((input, index) => [
      input.name ?? String(index),
      { kind: kindOf(input, errorName), raw: String((args as readonly unknown[])[index]) },
    ]);
    return { name: errorName, values: Object.fromEntries(values) };
  } catch {
    return undefined;
  }
}

/** What a failed call or a failed question to the wallet means. */
export async function toRefusal(error: unknown): Promise<Refusal> {
  await allWords();
  const data = revertData(error);
  const ours = data && (await decoded(data));
  if (ours) return ours;
  const text = error instanceof BaseError ? `${error.shortMessage} ${error.details}` : String(error);
  if (/insufficient funds|exceeds the balance/i.test(text)) return { name: "funds", values: {} };
  return { name: "unknown", values: { reason: { kind: "text", raw: text.slice(0, 160) } } };
}

/** Whether the owner said no in the wallet. */
export function isDeclined(error: unknown): boolean {
  for (let at = error as { code?: number; name?: string; cause?: unknown } | undefined; at; at = at.cause as typeof at)
    if (at.code === 4001 || at.code === 5000 || at.name === "UserRejectedRequestError") return true;
  return false;
}
