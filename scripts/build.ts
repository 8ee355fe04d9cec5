// npm run build: compiles the contracts, writes everything that is generated, and builds the dApp for production.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const steps: [name: string, script: string, args: string[], cwd?: string][] = [
  ["contracts", "node_modules/hardhat/dist/src/cli.js", ["build", "--no-tests"]],
  ["deployments/abi", "scripts/export-abi.ts", []],
  ["indexer/schema.graphql", "indexer/scripts/print-schema.ts", []],
  ["docs/access.md", "indexer/scripts/print-access.ts", []],
  ["indexer/openapi.json", "indexer/scripts/print-openapi.ts", []],
  ["indexer/schema.sql", "indexer/scripts/dump-schema.ts", []],
  ["web/dist/production", "node_modules/vite/bin/vite.js", ["build"], "web"],
];

for (const [name, script, args, cwd = "."] of steps) {
  if (!existsSync(join(root, script))) throw new Error(`${script} of step ${name} is missing`);
  console.log(`── ${name}`);
  const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: join(root, cwd), stdio: "inherit" });
  if (done.status !== 0) process.exit(1);
}
