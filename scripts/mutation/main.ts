// npm run mutate: see options.ts, or --help.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chosen } from "./choose.ts";
import { contractsOf, prepare } from "./house.ts";
import { type Options, optionsOf, usage } from "./options.ts";
import { equivalents } from "./reasons.ts";
import { report, scoreOf } from "./report.ts";
import { type Result, record, results } from "./results.ts";
import { type Reach, reached, selectionFor, stampOf } from "./running/reach.ts";
import { Workshop } from "./running/workshop.ts";
import { changed, type Mutant, placesOf } from "./weaving/weave.ts";

const root = join(import.meta.dirname, "../..");
const say = (line: string) => console.error(line);
/** Of so many kills, one is repeated without its mutant: the test that failed must pass. */
const CONTROL = 20;

function shown(mutant: Mutant): string {
  const source = readFileSync(join(root, mutant.site.file));
  const { start, end } = mutant.site;
  const minus = source.subarray(start, end).toString();
  const plus = changed(source, mutant.site, mutant);
  return `${mutant.site.file}:${mutant.line} (${mutant.operator})\n- ${minus}\n+ ${plus}`;
}

interface Run {
  mutants: Mutant[];
  reach: Reach;
  places: Map<number, number>;
  known: Map<string, Result>;
  options: Options;
  contracts: string;
}

const isDue = ({ options, known }: Run, mutant: Mutant) => {
  const result = known.get(mutant.key);
  if (options.only !== undefined) return true;
  if (!options.survivors) return result === undefined;
  return result !== undefined && !result.killed && equivalents[mutant.key] === undefined;
};

async function tried(run: Run, mutant: Mutant, workshop: Workshop): Promise<Result> {
  const begun = Date.now();
  const { options, known, contracts } = run;
  const place = run.places.get(mutant.id) ?? mutant.id;
  const neighbours = `${mutant.site.file} ${mutant.site.place}: `;
  const killers = [...known.values()].flatMap(({ key, by }) => (by && key.startsWith(neighbours) ? [by] : []));
  const kills = (file: string) => killers.filter((by) => by.startsWith(`${file}: `)).length;
  const before = options.survivors ? (known.get(mutant.key)?.passed ?? {}) : {};
  const knows = (file: string) => before[file] === stampOf(file);
  const { tests, whole } = selectionFor(mutant, place, run.reach, { patience: options.patience, kills, knows });
  const verdict = await workshop.try({ mutant: mutant.id, place, tests });
  const passed = verdict.killed ? {} : Object.fromEntries(whole.map((file) => [file, stampOf(file)]));
  return { contracts, key: mutant.key, ...verdict, ms: Date.now() - begun, passed: { ...before, ...passed } };
}

/** Repeats a kill without its mutant. @throws if the test fails all the same. */
async function controlled(run: Run, result: Result, workshop: Workshop): Promise<void> {
  const test = run.reach.tests.find(({ file, title }) => result.by === `${file}: ${title}`);
  if (!test) return;
  const verdict = await workshop.try({ mutant: 0, place: 0, tests: [{ file: test.file, titles: [test.title] }] });
  if (verdict.killed) throw new Error(`fails without a mutant too: ${result.by} (${verdict.error})`);
}

async function hunt(run: Run): Promise<void> {
  const due = run.mutants.filter((mutant) => isDue(run, mutant));
  const workshop = new Workshop(run.reach.fixtures);
  const begun = Date.now();
  let kills = 0;
  for (const [i, mutant] of due.entries()) {
    const result = await tried(run, mutant, workshop);
    if (result.killed && ++kills % CONTROL === 0) await controlled(run, result, workshop);
    record(result);
    run.known.set(mutant.key, result);
    const left = Math.round((((Date.now() - begun) / (i + 1)) * (due.length - i - 1)) / 60_000);
    const counts = `${i + 1}/${due.length}, ${kills} killed, ${i + 1 - kills} survived, ${left} min left`;
    say(`[${counts}] ${result.killed ? "killed" : "SURVIVED"} #${mutant.id} ${mutant.key} (${result.ms} ms)`);
    if (run.options.only !== undefined) say(`${result.by ?? "no test noticed"}\n${result.error ?? ""}`);
  }
  workshop.close();
}

function list(run: Run): void {
  for (const mutant of run.mutants) {
    const result = run.known.get(mutant.key);
    const state = result ? (result.killed ? "killed" : equivalents[mutant.key] ? "equivalent" : "SURVIVED") : "not run";
    console.log(`#${mutant.id} ${state.padEnd(10)} ${mutant.operator.padEnd(18)} ${mutant.key}`);
  }
}

const options = optionsOf(process.argv.slice(2));
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const all = prepare(say);
const contracts = contractsOf();
const mutants = chosen(all, options);
if (mutants.length === 0) throw new Error("no mutant is chosen");
const isIdle = options.list || options.report;
const reach = isIdle ? { tests: [], fixtures: [] } : await reached(say);
const run = { mutants, reach, places: placesOf(all), known: results(contracts), options, contracts };
if (options.list) list(run);
if (options.only !== undefined) for (const mutant of mutants) say(shown(mutant));
if (!isIdle) await hunt(run);
if (!options.list && !options.survivors && options.only === undefined) {
  const words = process.argv.slice(2).filter((word) => !["--report", "--survivors"].includes(word));
  const command = ["npm run mutate", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
  const path = join(root, "docs/security/mutation.md");
  writeFileSync(path, report(command, all, mutants, run.known));
  spawnSync("biome", ["format", "--write", path], { cwd: root, stdio: "ignore", shell: process.platform === "win32" });
  const { killed, survived, equivalent } = scoreOf(mutants, run.known);
  say(`${killed} killed, ${survived.length} survived, ${equivalent.length} equivalent: docs/security/mutation.md`);
}
