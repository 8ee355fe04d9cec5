// npm run format: formats TypeScript and JSON, then Solidity, in place.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const solidity = globSync(["contracts/**/*.sol", "test/**/*.sol"], { cwd: root });
const tools: [file: string, args: string[]][] = [
  ["biome", ["check", "--write", "."]],
  ["prettier", ["--write", "--log-level", "warn", ...solidity]],
];
const results = tools.map(([file, args]) =>
  spawnSync(file, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" }),
);
process.exit(results.every(({ status }) => status === 0) ? 0 : 1);
