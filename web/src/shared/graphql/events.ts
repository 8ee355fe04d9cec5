import { formatAmount } from "../format/amount.ts";

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
  /^(tokens|amount|selfPart|commission|net|lienBurned|burned|delegated|self|unbonding|selfRewards|minDelegation|unpaid|weight|previousVotes|newVotes)$/;

/** One argument as a reader wants it: amounts in tokens, the rest as it is. */
export function wordArgument(name: string, value: unknown): string {
  if (amounts.test(name) && /^\d+$/.test(String(value))) return `${formatAmount(BigInt(String(value)), 6)} TBURN`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
