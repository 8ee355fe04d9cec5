// npm run coverage [-- contracts | indexer]: coverage of the contracts, then of the indexer; fails below either floor.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const parts: Record<string, string[]> = {
  contracts: ["scripts/coverage/contracts.ts"],
  indexer: ["node_modules/vitest/vitest.mjs", "run", "--root", "indexer", "--coverage"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(" and ")}`);
  process.exit(1);
}
const results = Object.entries(parts)
  .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  .map(([name, [script = "", ...args]]) => {
    console.log(`── ${name}`);
    return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: "inherit" }).status;
  });
process.exit(results.every((status) => status === 0) ? 0 : 1);
