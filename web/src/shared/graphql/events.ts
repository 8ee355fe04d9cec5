import { formatAmount } from "../format/amount.ts";
import { formatBps, formatTime } from "../format/number.ts";
import type { Locale } from "../i18n/i18n.ts";

/** A decoded event of our contracts. */
export interface ChainEvent {
  name: string;
  at: number;
  blockNumber: number;
  logIndex: number;
  transactionHash: string;
  memberNo: number | null;
  validatorId: number | null;
  positionId: string | null;
  args: Record<string, unknown>;
}

export const EVENT_FIELDS = "name at blockNumber logIndex transactionHash memberNo validatorId positionId args";

const amounts =
  /^(tokens|amount|selfPart|commission|net|lienBurned|burned|delegated|self|unbonding|selfRewards|minDelegation|unpaid|assets|toDays|toVault|taken|bounty|insurance|asked|paid|totalAmount|weight|previousVotes|newVotes)$/;
const times =
  /^(until|validUntil|tau|appealBy|decideBy|executeBy|endsAt|effectiveAt|changedAt|resumedAt|readyAt|executableAt|expiresAt|maturesAt|etaSeconds|voteStart|voteEnd|extendedDeadline)$/;
/** A fraction counts in 1e18ths. */
const WAD_PER_BPS = 10n ** 14n;

/** One argument as a reader wants it: amounts in tokens, times as dates, parts in per cent, the rest as it is. */
export function wordArgument(name: string, value: unknown, locale: Locale): string {
  const text = String(value);
  if (/^\d+$/.test(text)) {
    if (amounts.test(name)) return `${formatAmount(BigInt(text), 6)} TBURN`;
    if (times.test(name) && text !== "0") return formatTime(Number(text), locale);
    if (name === "fraction") return formatBps(Number(BigInt(text) / WAD_PER_BPS));
    if (/bps$/i.test(name)) return formatBps(Number(text));
  }
  return typeof value === "object" ? JSON.stringify(value) : text;
}
