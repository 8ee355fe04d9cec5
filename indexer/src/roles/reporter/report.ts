import { encodeAbiParameters, type Hex, keccak256, zeroHash } from "viem";

/** Version of reports that the oracle reads. */
export const REPORT_VERSION = 1;
const PAGE_SIZE = 50;
const BPS = 10_000n;

/** One validator's epoch, as `IPerformanceOracle.Item`. Amounts are base units. */
export interface ReportItem {
  validatorId: number;
  proposed: number;
  attested: number;
  missed: number;
  amount: bigint;
}

interface ReportPage {
  items: ReportItem[];
  /** Hash of the page after it; zero on the last one. */
  nextHash: Hex;
}

/** A report as reporters vote on it, and as anyone reveals it. */
export interface Report {
  epoch: number;
  header: { fromBlock: bigint; toBlock: bigint; count: number; totalAmount: bigint };
  firstPageHash: Hex;
  pages: ReportPage[];
  hash: Hex;
}

/** What a validator did in an epoch, and the stake that its reward is weighed by. */
export interface Duty {
  validatorId: number;
  proposed: number;
  attested: number;
  missed: number;
  /** Own and delegated, base units; 0 for who does not earn. */
  stake: bigint;
}

const itemComponents = [
  { name: "validatorId", type: "uint32" },
  { name: "proposed", type: "uint32" },
  { name: "attested", type: "uint32" },
  { name: "missed", type: "uint32" },
  { name: "amount", type: "uint112" },
] as const;
const headerComponents = [
  { name: "fromBlock", type: "uint64" },
  { name: "toBlock", type: "uint64" },
  { name: "count", type: "uint32" },
  { name: "totalAmount", type: "uint256" },
] as const;

/**
 * Rewards of an epoch: `⌊budget · stake · uptime / Σ⌋` (protocol §3). What rounding leaves stays uncredited.
 * @param budget Base units that the epoch may credit.
 */
export function rewarded(duties: readonly Duty[], budget: bigint): ReportItem[] {
  const weights = duties.map(({ stake, attested, missed }) => {
    const all = attested + missed;
    return all === 0 ? 0n : (stake * ((BigInt(attested) * BPS) / BigInt(all))) / BPS;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  return duties.map(({ stake: _, ...duty }, i) => ({
    ...duty,
    amount: total === 0n ? 0n : (budget * (weights[i] ?? 0n)) / total,
  }));
}

const pageHash = ({ nextHash, items }: ReportPage): Hex =>
  keccak256(
    encodeAbiParameters([{ type: "bytes32" }, { type: "tuple[]", components: itemComponents }], [nextHash, items]),
  );

/** Builds the report of an epoch: items ascending by validator, cut into pages that name one another by hash. */
export function buildReport(epoch: number, blocks: { from: bigint; to: bigint }, items: readonly ReportItem[]): Report {
  const sorted = [...items].sort((a, b) => a.validatorId - b.validatorId);
  const pages: ReportPage[] = [];
  let nextHash: Hex = zeroHash;
  for (let end = sorted.length; end > 0; ) {
    const start = Math.floor((end - 1) / PAGE_SIZE) * PAGE_SIZE;
    const page = { items: sorted.slice(start, end), nextHash };
    pages.unshift(page);
    nextHash = pageHash(page);
    end = start;
  }
  const header = {
    fromBlock: blocks.from,
    toBlock: blocks.to,
    count: sorted.length,
    totalAmount: sorted.reduce((sum, { amount }) => sum + amount, 0n),
  };
  const hash = keccak256(
    encodeAbiParameters(
      [{ type: "uint32" }, { type: "uint16" }, { type: "tuple", components: headerComponents }, { type: "bytes32" }],
      [epoch, REPORT_VERSION, header, nextHash],
    ),
  );
  return { epoch, header, firstPageHash: nextHash, pages, hash };
}
