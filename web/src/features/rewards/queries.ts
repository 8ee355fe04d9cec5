export interface Payment {
  amount: string;
  at: number;
  blockNumber: number;
  kind: "CLAIM" | "COMMISSION" | "COMPOUND";
  paidTo: string | null;
  positionId: string | null;
  transactionHash: string;
  validatorId: number;
}

export const kinds = ["CLAIM", "COMPOUND", "COMMISSION"] as const;

export const REWARDS = `query Rewards($memberNo: Int!, $after: String) {
  rewards(memberNo: $memberNo, first: 100, after: $after) {
    pageInfo { endCursor hasNextPage }
    nodes { amount at blockNumber kind paidTo positionId transactionHash validatorId } } }`;

export const PENDING = `query PendingPositions($memberNo: Int!) {
  stakingPositions(memberNo: $memberNo, first: 100) { nodes { positionId } } }`;

const monthOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 7);

export interface Month {
  month: string;
  /** Tokens by kind, in the order of `kinds`. */
  totals: [bigint, bigint, bigint];
}

/** Payments by month (UTC), oldest first. */
export function byMonth(payments: Pick<Payment, "at" | "amount" | "kind">[]): Month[] {
  const months = new Map<string, Month>();
  for (const { at, amount, kind } of payments) {
    const month = monthOf(at);
    const known = months.get(month) ?? { month, totals: [0n, 0n, 0n] };
    known.totals[kinds.indexOf(kind)] = (known.totals[kinds.indexOf(kind)] ?? 0n) + BigInt(amount);
    months.set(month, known);
  }
  return [...months.values()].sort((a, b) => a.month.localeCompare(b.month));
}
