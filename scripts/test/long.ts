// npm run test:long -- [--seed <n>] [--calls <n>]: random actions against the invariants, ten million by default
// (about two hours of one core).
// npm run test:long -- --model <n> [--seed <n>]: so many random acts against the reference model instead.
// The seed is printed and repeats a run; a run that was stopped goes on where it was, unless a contract or an invariant
// changed since. Ends with the line `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createHardhatRuntimeEnvironment, importUserConfig } from "hardhat/hre";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: { seed: { type: "string" }, calls: { type: "string" }, model: { type: "string" } },
});
const seed = BigInt(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const wanted = Number(values.calls ?? 10_000_000);

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

/** One batch: the invariants under `runs` sequences; the first one asks every other Solidity test, too. */
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

interface Progress {
  batches: number;
  calls: number;
  reverts: number;
  seconds: number;
}

/** How far a run of this seed over these sources has come. */
class Diary {
  readonly #path: string;
  readonly progress: Progress;

  constructor(of: bigint) {
    const digest = createHash("sha256");
    for (const file of globSync(["contracts/**/*.sol", "test/invariants/**/*.sol"], { cwd: root }).sort()) {
      digest.update(file).update(readFileSync(join(root, file)));
    }
    const folder = join(root, "cache/test-long");
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${of}-${digest.digest("hex").slice(0, 12)}.json`);
    this.progress = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Progress)
      : { batches: 0, calls: 0, reverts: 0, seconds: 0 };
  }

  add(calls: number, reverts: number, seconds: number): void {
    const { progress } = this;
    progress.batches++;
    progress.calls += calls;
    progress.reverts += reverts;
    progress.seconds += seconds;
    writeFileSync(this.#path, JSON.stringify(progress));
  }

  end(): void {
    rmSync(this.#path, { force: true });
  }
}

console.log(`seed ${seed}`);
if (values.model !== undefined) compareWithModel(values.model);
const diary = new Diary(seed);
const { progress } = diary;
if (progress.calls > 0) console.log(`${progress.calls} calls were made before; going on`);
let passed = 0;
let failed = 0;
for (let first = true; (first || progress.calls < wanted) && failed === 0; first = false) {
  const batchSeed = seed + BigInt(progress.batches);
  const started = Date.now();
  const tests = await batch(batchSeed, first);
  passed += tests.filter(({ status }) => status === "Success").length;
  failed += tests.filter(({ status }) => status === "Failure").length;
  const kinds = tests.filter(({ name }) => name.startsWith("invariant_")).map(({ kind }) => kind);
  if (kinds.length === 0) throw new Error("no invariant ran");
  const sum = (of: "calls" | "reverts") => kinds.reduce((total, kind) => total + Number(kind[of] ?? 0n), 0);
  const seconds = Math.round((Date.now() - started) / 1000);
  if (failed === 0) diary.add(sum("calls"), sum("reverts"), seconds);
  console.log(`${progress.calls} calls, seed ${batchSeed}, ${seconds} s`);
}
if (failed === 0) diary.end();
const { calls, reverts, seconds } = progress;
console.log(JSON.stringify({ seed: String(seed), calls, reverts, sequences: calls / depth, depth, seconds }));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
