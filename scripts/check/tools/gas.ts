import { existsSync } from "node:fs";
import { join } from "node:path";
import { type GasRecord, MAX_BYTES, overBudget, reasons, table } from "../../gas/table.ts";
import type { Breach, Rule } from "../rule.ts";
import { read } from "../sources.ts";

const recorded = "test/gas.json";
const shown = "docs/gas.md";

/** The published gas table is the recorded one, each excess has its reason, and each contract fits the chain. */
export const gas: Rule = {
  name: "gas",
  run: (root) => {
    if (!existsSync(join(root, recorded))) return [];
    const record = JSON.parse(read(root, recorded)) as GasRecord;
    const breaches: Breach[] = [];
    if (!existsSync(join(root, shown)) || read(root, shown) !== table(record))
      breaches.push({ file: shown, message: `is not what ${recorded} says; run hardhat run scripts/gas/main.ts` });
    for (const name of overBudget(record).filter((one) => reasons[one] === undefined))
      breaches.push({ file: recorded, message: `${name} is over its budget without a reason in scripts/gas/table.ts` });
    for (const [name, size] of Object.entries(record.bytes).filter(([, bytes]) => bytes > MAX_BYTES))
      breaches.push({ file: recorded, message: `${name} has ${size} bytes, ${MAX_BYTES} are allowed` });
    return breaches;
  },
};
