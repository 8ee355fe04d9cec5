// Runs every suite and ends with the line `N passed, N failed`.
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

interface Suite {
  name: string;
  /** A file without which the suite does not exist. */
  needs: string;
  command: string[];
  /** Runs one after another beside suites that use one core. */
  lane?: "first" | "second";
  /** Passed and failed tests, read from the output. */
  count: (output: string, ok: boolean) => [passed: number, failed: number];
}

const sum = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
const one = (_output: string, ok: boolean): [number, number] => [ok ? 1 : 0, ok ? 0 : 1];
const mocha = (output: string): [number, number] => [sum(output, /(\d+) passing/g), sum(output, /(\d+) failing/g)];
const vitest = (output: string): [number, number] => [
  sum(output, /^\s*Tests .*?(\d+) passed/gm),
  sum(output, /^\s*Tests .*?(\d+) failed/gm),
];
const simulation = (output: string): [number, number] => [
  sum(output, /^(\d+) passed, \d+ failed$/gm),
  sum(output, /^\d+ passed, (\d+) failed$/gm),
];

/** Contract tests only: journeys below test/ belong to another runner. */
const contractTests = globSync("test/**/*.test.ts", { cwd: root })
  .filter((file) => !file.replaceAll("\\", "/").startsWith("test/journeys/"))
  .sort();

const suites: Suite[] = [
  { name: "compile", needs: "contracts", command: ["hardhat", "build"], count: one },
  // Mocha uses one core; whatever is short goes on the other one.
  {
    name: "contracts",
    needs: "test/staking",
    lane: "first",
    command: ["hardhat", "test", "mocha", ...contractTests],
    count: mocha,
  },
  {
    name: "check",
    needs: "scripts/check/check.ts",
    lane: "second",
    command: ["node", "scripts/check/check.ts"],
    count: one,
  },
  {
    name: "house rules",
    needs: "scripts/check/rules.test.ts",
    lane: "second",
    command: ["vitest", "run", "--root", "scripts/check"],
    count: vitest,
  },
  {
    name: "mutants",
    needs: "scripts/mutation/weaving/weave.test.ts",
    lane: "second",
    command: ["vitest", "run", "--root", "scripts/mutation"],
    count: vitest,
  },
  { name: "invariants", needs: "test/invariants", command: ["hardhat", "test", "solidity"], count: mocha },
  {
    name: "indexer",
    needs: "indexer/vitest.config.ts",
    command: ["vitest", "run", "--root", "indexer"],
    count: vitest,
  },
  {
    name: "simulation",
    needs: "test/simulation/main.ts",
    lane: "second",
    command: ["node", "test/simulation/main.ts", "--schedules", "25", "--seed", "1"],
    count: simulation,
  },
  {
    name: "dApp",
    needs: "web/vitest.config.ts",
    lane: "second",
    command: ["vitest", "run", "--root", "web"],
    count: vitest,
  },
  {
    name: "production build",
    needs: "web/vite.config.ts",
    lane: "second",
    command: ["vite", "build", "web"],
    count: one,
  },
  {
    name: "dApp budgets",
    needs: "web/scripts/size.ts",
    lane: "second",
    command: ["node", "web/scripts/size.ts"],
    count: one,
  },
  {
    name: "journeys",
    needs: "test/journeys/vitest.config.ts",
    command: ["vitest", "run", "--root", "test/journeys"],
    count: vitest,
  },
];

function run(suite: Suite): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const [file = "", ...args] = suite.command;
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        // Suites side by side would mix their lines.
        if (!suite.lane) process.stdout.write(chunk);
      });
    }
    child.on("error", (error) => resolve({ ok: false, output: output + error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** Lines by which mocha, vitest and our own suites name what failed, and a little of what follows each. */
function failures(output: string): string {
  const lines = output.split("\n");
  const named = lines.flatMap((line, i) =>
    /^\s*(\d+\) |FAIL |✗ |× |not ok )|^\s*(Assertion|Type|Range)?Error: /.test(line) ? [i] : [],
  );
  const kept = new Set(named.flatMap((i) => [i, i + 1, i + 2]));
  return lines.filter((_, i) => kept.has(i)).join("\n");
}

let passed = 0;
let failed = 0;
const broken: string[] = [];

async function report(suite: Suite): Promise<void> {
  const started = Date.now();
  console.log(`\n── ${suite.name}${suite.lane ? " (told when it is over)" : ""}`);
  const { ok, output } = await run(suite);
  if (suite.lane) process.stdout.write(output);
  const [good, bad] = suite.count(output, ok);
  passed += good;
  // A suite that breaks before it counts is a failure all the same.
  failed += !ok && bad === 0 ? 1 : bad;
  if (!ok || bad > 0) broken.push(`${suite.name}:\n${failures(output) || output.slice(-4_000)}`);
  console.log(`── ${suite.name}: ${good} passed, ${bad} failed, ${Math.round((Date.now() - started) / 1000)} s`);
}

async function inTurn(some: Suite[]): Promise<void> {
  for (const suite of some) await report(suite);
}

const present = suites.filter(({ needs }) => existsSync(join(root, needs)));
const lane = (name: Suite["lane"]) => present.filter((suite) => suite.lane === name);
const [compile, ...rest] = lane(undefined);
if (compile) await report(compile);
await Promise.all([inTurn(lane("first")), inTurn(lane("second"))]);
await inTurn(rest);
// Said again at the end: a log may be cut before it.
for (const one of broken) console.log(`\n── failed in ${one}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
