// Lines and branches of the contracts that their tests reach: the Solidity tests of test/invariants and the TypeScript
// tests together, measured by hardhat. Fails below either floor.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { furnish } from "../mutation/furnish.ts";
import { placesOf } from "./places.ts";

const root = join(import.meta.dirname, "../..");
/** A copy of the project, so that no other command meets contracts that were built to be counted. */
const house = join(root, "cache/coverage/house");
/** Percent that must be reached; branches as they were when all tests were counted for the first time, rounded down. */
const floors = { lines: 95, branches: 99 };
/**
 * Left out: what measures gas, which counting makes dearer; what compares an artifact with what the compiler says of it; the
 * journeys, whose chain is another program; the model, whose many acts reach nothing that staking's own tests do not.
 */
const passed = /^test\/(gas|journeys|model)\/|^test\/upgrades\/layouts|^test\/deployment\/resume/;
const gas = "PerformanceOracle gas";

const found = (pattern: string) => globSync(pattern, { cwd: root }).map((file) => file.replaceAll("\\", "/"));

/** Runs all tests in one process, so that hardhat adds up what they reach. @throws if one fails: its reach would be missing. */
function runTests(): void {
  furnish(house, ["contracts", "test", "scripts", "deployments"]);
  const hardhat = join(house, "node_modules/hardhat/dist/src/cli.js");
  const files = [...found("test/invariants/**/*.t.sol"), ...found("test/**/*.test.ts")].sort();
  const options = ["--config", "scripts/coverage/hardhat.config.ts", "--coverage", "--no-typechain"];
  const args = [hardhat, ...options, "test", "--grep-exclude", gas, ...files.filter((file) => !passed.test(file))];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: house,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return;
  console.error(stdout.slice(stdout.lastIndexOf("Running Mocha tests")), stderr);
  throw new Error("tests failed, so what they reach is not known");
}

/** Lines of each file that were executed, out of hardhat's report. */
function executed(): Map<string, Set<number>> {
  const files = new Map<string, Set<number>>();
  let file = "";
  for (const line of readFileSync(join(house, "coverage/lcov.info"), "utf8").split("\n")) {
    const [key = "", value = ""] = line.split(/:(.*)/);
    if (key === "SF") {
      file = value.replaceAll("\\", "/");
      files.set(file, new Set());
    }
    const [number, hits] = value.split(",").map(Number);
    if (key === "DA" && number !== undefined && hits !== 0) files.get(file)?.add(number);
  }
  return files;
}

interface Row {
  file: string;
  lines: number;
  branches: number;
  /** Numbers of lines that no test reaches. */
  missedLines: number[];
  missedBranches: number[];
}

function rows(): Row[] {
  const hits = executed();
  const sources = found("contracts/**/*.sol").filter((file) => !file.startsWith("contracts/mocks/"));
  const texts = Object.fromEntries(sources.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  return [...placesOf(texts)]
    .filter(([, { lines }]) => lines.size > 0)
    .map(([file, { lines, branches }]) => {
      const isMissed = (line: number) => !hits.get(file)?.has(line);
      return {
        file,
        lines: lines.size,
        branches: branches.length,
        missedLines: [...lines].filter(isMissed).sort((a, b) => a - b),
        missedBranches: branches.filter(isMissed).sort((a, b) => a - b),
      };
    });
}

const reach = (whole: number, missed: number) => `${whole - missed}/${whole}`;
/** Rounded down, so that a floor is never met by rounding. */
const percent = (whole: number, missed: number) =>
  whole === 0 ? 100 : Math.floor(((whole - missed) / whole) * 1000) / 10;
const sum = (all: Row[], of: (row: Row) => number) => all.reduce((total, row) => total + of(row), 0);

runTests();
const all = rows();
const weak = all
  .filter(({ missedLines, missedBranches }) => missedLines.length + missedBranches.length > 0)
  .sort((a, b) => b.missedBranches.length - a.missedBranches.length || b.missedLines.length - a.missedLines.length);
console.log("The weakest first, with the lines that no test reaches:");
for (const { file, lines, branches, missedLines, missedBranches } of weak) {
  const numbers = `lines ${reach(lines, missedLines.length)}, branches ${reach(branches, missedBranches.length)}`;
  console.log(`${file.padEnd(48)} ${numbers}  ${missedLines.join(", ")}`);
}
console.log(`${all.length - weak.length} of ${all.length} files are reached whole`);
const lines = percent(
  sum(all, (row) => row.lines),
  sum(all, ({ missedLines }) => missedLines.length),
);
const branches = percent(
  sum(all, (row) => row.branches),
  sum(all, ({ missedBranches }) => missedBranches.length),
);
console.log(JSON.stringify({ lines, branches, floors }));
process.exit(lines < floors.lines || branches < floors.branches ? 1 : 0);
