import { accessManagerAbi } from "@tburn/deployments/abi/access-manager";
import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { memberRegistryAbi } from "@tburn/deployments/abi/member-registry";
import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import { type Abi, type AbiParameter, BaseError, decodeErrorResult, type Hex } from "viem";
import type { Refusal, ValueKind } from "./refusal.ts";

const all: Abi = [
  ...stakingCoreAbi,
  ...validatorRegistryAbi,
  ...memberRegistryAbi,
  ...kycRegistryAbi,
  ...rewardVaultAbi,
  ...tburnTokenAbi,
  ...accessManagerAbi,
];
/** Each error that a call may end with, whichever contract of ours raises it. */
export const errorAbi = all.filter((item) => item.type === "error");

function kindOf({ type, name = "" }: AbiParameter): ValueKind {
  if (type === "uint40" || type === "uint64" || type === "uint48")
    return /^(lienId|memberNo|targetKeep)$/.test(name) ? "text" : "time";
  if (type === "uint16") return "bps";
  if (type === "uint8") return /^(level|needed)$/.test(name) ? "level" : "text";
  const isCount = /(Id|^id|^nonce|^expected|^current|length|^value|selector)$/.test(name) || /^current/.test(name);
  return (type === "uint256" || type === "uint112") && !isCount ? "amount" : "text";
}

function named(errorName: string, args: readonly unknown[]): Refusal {
  const item = errorAbi.find(({ name }) => name === errorName);
  const values = (item?.inputs ?? []).map((input, index) => [
    input.name ?? String(index),
    { kind: kindOf(input), raw: String(args[index]) },
  ]);
  return { name: errorName, values: Object.fromEntries(values) };
}

/** The data with which a call was refused, wherever the layers between put it. */
function revertData(error: unknown): Hex | undefined {
  for (let at = error as Record<string, unknown> | undefined; at; at = at.cause as typeof at) {
    for (const data of [at.raw, at.data, (at.data as { data?: unknown } | undefined)?.data])
      if (typeof data === "string" && /^0x[0-9a-f]{8,}$/i.test(data)) return data as Hex;
  }
  return undefined;
}

/** What a failed call or a failed question to the wallet means. */
export function toRefusal(error: unknown): Refusal {
  const data = revertData(error);
  if (data) {
    try {
      const { errorName, args } = decodeErrorResult({ abi: errorAbi, data });
      return named(errorName, args ?? []);
    } catch {
      // Not one of ours; its text has to do.
    }
  }
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
