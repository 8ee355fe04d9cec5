/** What test/gas.json holds: figures of the last measurement that somebody committed. */
export interface GasRecord {
  operations: Record<string, { gas: number; budget?: number; ratio?: number }>;
  crowd: Record<string, { one: number; thousand: number; ratio: number }>;
  bytes: Record<string, number>;
}

/** Largest code that the EVM takes (EIP-170). */
export const MAX_BYTES = 24_576;
/** Largest difference between one delegator and a thousand (protocol §8.24). */
export const MAX_CROWD_DRIFT = 0.05;

/** Budgets of protocol §9. */
export const budgets: Record<string, number> = {
  "delegate, first": 320_000,
  "delegate, top-up": 200_000,
  "undelegate, first of the day": 220_000,
  "undelegate, whole position": 220_000,
  "claim, one request": 80_000,
  redelegate: 330_000,
  "register validator": 340_000,
  "declare commission": 60_000,
  "execute commission": 50_000,
  "open a case": 200_000,
  "slash, 3 cohorts": 220_000,
  "slash, 29 cohorts": 700_000,
  "credit, each further validator": 30_000,
  "submit a double sign": 220_000,
  "open a discretionary case": 200_000,
  "overturn a case": 60_000,
  "kyc attest, first": 80_000,
  "vote for a report": 110_000,
  "cast a vote": 100_000,
  "override a delegate": 130_000,
};

/** What others publish for the like of an operation, as the design collected it (protocol §9). */
const published: Record<string, string> = {
  "delegate, first": "Symbiotic V1 325,980, V2 513,193; staking-hub 134,000",
  "undelegate, first of the day": "Symbiotic 264,111; staking-hub 290,000",
  "undelegate, whole position": "Symbiotic 264,111; staking-hub 290,000",
  "claim, one request": "Symbiotic ≤ 70,726",
  "register validator": "CSM 379,924; SSV 137,000; staking-hub 380,879",
  "declare commission": "SSV 70,000",
  "execute commission": "SSV 52,000",
  "open a discretionary case": "Symbiotic 212,700",
  "submit a double sign": "CSM 55,610 and a report of 100,480",
  "overturn a case": "Symbiotic 19,545 (veto); CSM 74,302 (cancel)",
  "execute a case, no cohort": "Symbiotic 285,654; CSM 89,494",
  "vote for a report": "HashConsensus 146,722",
};

/** Why an operation costs more than its budget; an excess without a reason breaks the check. */
export const reasons: Record<string, string> = {
  "declare commission":
    "the band depends on the tier, which is derived from own stake and KYC in two other contracts; a rise also asks for open cases",
  "execute commission": "the band, the step and the absence of a case are checked again at execution",
  "slash, 29 cohorts":
    "each day holds two pools, own stake and delegations, both slashed here; the budget assumed one. Days, not delegators, bound it",
  "credit, each further validator":
    "three contracts write: commission and own part in the vault, accumulator and carry in the core; the rate is read across the registry",
  "submit a double sign":
    "the fault's time is proven by the block's header (60,000 for 600 bytes and 21 fields), the signed votes go into the log, and the case fills four slots",
  "open a discretionary case":
    "the bond moves in, the fault is remembered, and jail and case count are written in two other contracts beside the case's four slots",
  "overturn a case":
    "it pays: the bond goes to the fund and compensation to the accused, and the jail term ends in the registry; the budget assumed a veto alone",
  "delegate, first":
    "the votes are told: checkpoints of supply, balance and delegate take three new slots (about 66,000), without which no vote could be overridden at its snapshot; the first one also opens the member's own rows there",
  "delegate, top-up":
    "the votes are told: checkpoints of supply, balance and delegate take three new slots (about 66,000), without which no vote could be overridden at its snapshot",
  "undelegate, first of the day":
    "the votes are told: checkpoints of supply, balance and delegate take three new slots (about 66,000), without which no vote could be overridden at its snapshot; the day's cohort and the request are new slots as before",
  "undelegate, whole position":
    "the votes are told: checkpoints of supply, balance and delegate take three new slots (about 66,000), without which no vote could be overridden at its snapshot",
  redelegate: "the votes are told of both positions; the source's cohort and the lien are new slots",
  "claim, one request":
    "three more questions protect it: whether claims are paused, how long slashing stood still, whether a court froze the member",
  "slash, 3 cohorts":
    "the validator's own votes shrink at once: three checkpoints, and the weight of its tier read from four contracts",
  "kyc attest, first":
    "the first attestation fills four new storage slots (record, nonce, uid) and makes the member active; renewals find the slots filled",
};

const n = (value: number) => value.toLocaleString("en-US");

/** A Markdown table whose columns line up, the first to the left and the others to the right. */
function columns(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? "")].map((c) => c.length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)];
}

/** docs/gas.md for a record. */
export function table(record: GasRecord): string {
  const operations = Object.entries(record.operations).map(([name, { gas, budget, ratio }]) => {
    const over = ratio !== undefined && ratio > 1 ? " **over**" : "";
    return [
      name,
      n(gas),
      budget ? n(budget) : "–",
      ratio === undefined ? "–" : ratio.toFixed(2) + over,
      published[name] ?? "–",
    ];
  });
  const crowd = Object.entries(record.crowd).map(([name, c]) => [name, n(c.one), n(c.thousand), c.ratio.toFixed(3)]);
  const bytes = Object.entries(record.bytes).map(([name, size]) => [name, n(size), n(MAX_BYTES - size)]);
  const over = overBudget(record).map((name) => `- **${name}**: ${reasons[name] ?? "unexplained"}.`);
  return [
    "# Gas and code size",
    "",
    "Written by `hardhat run scripts/gas/main.ts` from `test/gas.json`; do not edit. `npm test` measures again and compares.",
    "Gas is what the sender of the transaction pays, base cost and calldata included, behind the proxies, on the simulated",
    "network. Budgets, and what others publish, are those of the design (protocol §9): Symbiotic's medians leave the base cost of",
    "21,000 out, CSM's hold it, SSV's are asserted ceilings, staking-hub's are whole tests.",
    "",
    ...columns(["Operation", "Gas", "Budget", "Ratio", "Published elsewhere"], operations),
    "",
    ...(over.length > 0 ? ["## Over budget", "", ...over, ""] : []),
    "## One delegator and a thousand",
    "",
    "Nothing may depend on how many others there are; 5 % is allowed.",
    "",
    ...columns(["Operation", "1", "1,000", "Ratio"], crowd),
    "",
    "## Code size",
    "",
    ...columns(["Contract", "Bytes", "Left of 24,576"], bytes),
    "",
  ].join("\n");
}

/** Operations above their budget. */
export const overBudget = (record: GasRecord) =>
  Object.entries(record.operations)
    .filter(([, { ratio }]) => ratio !== undefined && ratio > 1)
    .map(([name]) => name);
