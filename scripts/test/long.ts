// npm run test:long -- [--seed <n>] [--calls <n>]: random actions against the invariants, a million by default.
// npm run test:long -- --model <n> [--seed <n>]: so many random acts against the reference model instead.
// The seed is printed and repeats a run. Ends with the line `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createHardhatRuntimeEnvironment, importUserConfig } from "hardhat/hre";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: { seed: { type: "string" }, calls: { type: "string" }, model: { type: "string" } },
});
const seed = BigInt(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const wanted = Number(values.calls ?? 1_000_000);

/** Calls of one sequence; long enough for liens and cohorts to mature, short enough that every sum stays cheap. */
const depth = 200;
/** Sequences of one batch, which has a seed of its own. */
const runs = Math.min(500, Math.ceil(wanted / depth));

interface Kind {
  runs?: bigint;
  calls?: bigint;
  reverts?: bigint;
}
interface Test {
  name: string;
  status: string;
  kind: Kind;
}
interface Report {
  suiteResults: { testResults: Test[] }[];
}
interface Outcome {
  value?: Report;
  error?: Report;
}

/** One batch: the invariants under `runs` sequences, and every fuzz test on 512 inputs. */
async function batch(batchSeed: bigint, first: boolean): Promise<Test[]> {
  const config = await importUserConfig(join(root, "hardhat.config.ts"));
  const fuzz = { runs: 4_096, seed: `0x${batchSeed.toString(16)}` };
  const solidity = {
    fuzz,
    invariant: { runs, depth, failOnRevert: true, includeStorage: false, includePushBytes: false },
  };
  const hre = await createHardhatRuntimeEnvironment({ ...config, test: { ...config.test, solidity } }, {}, root);
  const grep = first ? undefined : "invariant_";
  const outcome = (await hre.tasks.getTask(["test", "solidity"]).run({ grep, noCompile: !first })) as Outcome;
  const report = outcome.value ?? outcome.error;
  if (!report) throw new Error("the tests did not report");
  return report.suiteResults.flatMap(({ testResults }) => testResults);
}

/** The contracts against exact fractions, act by act. */
function compareWithModel(acts: string): never {
  const hardhat = join(root, "node_modules/hardhat/dist/src/cli.js");
  const { status } = spawnSync(
    process.execPath,
    [hardhat, "test", "mocha", "test/model/differential.test.ts", "test/model/broken.test.ts"],
    { cwd: root, stdio: "inherit", env: { ...process.env, TBURN_SEED: String(seed), TBURN_ACTS: acts } },
  );
  console.log(status === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exit(status === 0 ? 0 : 1);
}

console.log(`seed ${seed}`);
if (values.model !== undefined) compareWithModel(values.model);
const started = Date.now();
let calls = 0;
let reverts = 0;
let passed = 0;
let failed = 0;
for (let n = 0n; calls < wanted && failed === 0; n++) {
  const tests = await batch(seed + n, n === 0n);
  passed += tests.filter(({ status }) => status === "Success").length;
  failed += tests.filter(({ status }) => status === "Failure").length;
  const kinds = tests.filter(({ name }) => name.startsWith("invariant_")).map(({ kind }) => kind);
  if (kinds.length === 0) throw new Error("no invariant ran");
  for (const kind of kinds) {
    calls += Number(kind.calls ?? 0n);
    reverts += Number(kind.reverts ?? 0n);
  }
  console.log(`${calls} calls, seed ${seed + n}, ${Math.round((Date.now() - started) / 1000)} s`);
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(JSON.stringify({ seed: String(seed), calls, reverts, sequences: calls / depth, depth, seconds }));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
