import type { Hex } from "viem";
import { formatAmount, parseAmount } from "../../../shared/format/amount.ts";
import { parseBps } from "../../../shared/format/percent.ts";
import type { Registration } from "../actions/register-validator.ts";

/** What was typed. */
export interface Draft {
  name: string;
  keyType: "secp256k1" | "p256";
  key: string;
  proof: string;
  commission: string;
  maxCommission: string;
  minDelegation: string;
}

export const emptyDraft: Draft = {
  name: "",
  keyType: "secp256k1",
  key: "",
  proof: "",
  commission: "5",
  maxCommission: "15",
  minDelegation: formatAmount(100n * 10n ** 18n),
};

const MAX_NAME_BYTES = 64;
const MIN_BPS = 500;
const MAX_BPS = 1_500;
const isHex = (text: string, bytes: number) => new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(text.trim());

export const isKey = ({ key, keyType }: Draft) => isHex(key, keyType === "secp256k1" ? 20 : 64);
const isProof = ({ proof, keyType }: Draft) => isHex(proof, keyType === "secp256k1" ? 65 : 64);

export type Field = "name" | "key" | "proof" | "commission" | "maxCommission" | "minDelegation";

/** Fields that cannot be sent as they are. */
export function wrongFields(draft: Draft): Field[] {
  const bytes = new TextEncoder().encode(draft.name.trim()).length;
  const commission = parseBps(draft.commission);
  const most = parseBps(draft.maxCommission);
  const isFirstFine = commission !== undefined && commission >= MIN_BPS && commission <= MAX_BPS;
  const wrong: [Field, boolean][] = [
    ["name", bytes === 0 || bytes > MAX_NAME_BYTES],
    ["key", !isKey(draft)],
    ["proof", !isProof(draft)],
    ["commission", !isFirstFine],
    ["maxCommission", most === undefined || most < (commission ?? 0)],
    ["minDelegation", !parseAmount(draft.minDelegation).ok],
  ];
  return wrong.filter(([, isWrong]) => isWrong).map(([field]) => field);
}

/** The key and its proof, ready to sign; undefined while something is wrong with them. */
export function toKey(draft: Draft): Pick<Registration, "keyType" | "consensusKey" | "proof"> | undefined {
  if (!isKey(draft) || !isProof(draft)) return undefined;
  return {
    keyType: draft.keyType === "secp256k1" ? 0 : 1,
    consensusKey: draft.key.trim() as Hex,
    proof: draft.proof.trim() as Hex,
  };
}

/** The registration that the draft describes; undefined while something is wrong. */
export function toRegistration(draft: Draft): Registration | undefined {
  const least = parseAmount(draft.minDelegation);
  const key = toKey(draft);
  if (wrongFields(draft).length > 0 || !least.ok || !key) return undefined;
  return {
    ...key,
    name: draft.name.trim(),
    commissionBps: parseBps(draft.commission) ?? 0,
    maxCommissionBps: parseBps(draft.maxCommission) ?? 0,
    minDelegation: least.value,
  };
}
