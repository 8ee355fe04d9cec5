// hardhat run scripts/gas/main.ts: measures, then writes test/gas.json and docs/gas.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { measure } from "./record.ts";
import { table } from "./table.ts";

const root = join(import.meta.dirname, "../..");
const record = await measure();
writeFileSync(join(root, "test/gas.json"), `${JSON.stringify(record, null, 2)}\n`);
writeFileSync(join(root, "docs/gas.md"), table(record));
console.log(table(record));
