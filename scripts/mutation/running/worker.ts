// A process of the copied project: runs tests under one mutant after the other, on one simulated network.
import { join } from "node:path";
import fc from "fast-check";
import hre from "hardhat";
import Mocha from "mocha";
import { errorsBelow, named } from "./errors.ts";
import { Stage } from "./stage.ts";

const house = join(import.meta.dirname, "../../..");
/** Longest that one test may take. */
const TIMEOUT_MS = 30_000;

/** Tests of one file, by full title. */
export interface Selection {
  file: string;
  titles: string[];
}

/** Places that fixtures run through, by file and name of the fixture. */
export type FixtureSites = [key: string, sites: number[]][];

export type Job =
  | { reach: string }
  | { fixtures: FixtureSites }
  | { mutant: number; place: number; tests: Selection[] };

export interface Reached {
  file: string;
  title: string;
  ok: boolean;
  ms: number;
  /** First mutants of the places that the test runs through. */
  sites: number[];
  error?: string;
}

export interface Verdict {
  killed: boolean;
  by?: string;
  error?: string;
}

export type Answer = { ready: true } | { reached: Reached[]; fixtures: FixtureSites } | { verdict: Verdict };

// A counterexample kills; a smaller one would take minutes and kill no better.
fc.configureGlobal({ endOnFailure: true });
// One for each file's suite: mocha listens for what nobody caught.
process.setMaxListeners(0);
const errors = errorsBelow(join(house, "artifacts"));
const stage = new Stage();
const suites = new Map<string, Mocha>();

/** The suite of `file`; a module is loaded once, so its suite is kept and run again. */
async function suiteOf(file: string): Promise<Mocha> {
  const known = suites.get(file);
  if (known) return known;
  const mocha = new Mocha({ timeout: TIMEOUT_MS, reporter: class {} as unknown as Mocha.ReporterConstructor });
  mocha.cleanReferencesAfterRun(false);
  mocha.addFile(join(house, file));
  await mocha.loadFilesAsync();
  suites.set(file, mocha);
  return mocha;
}

const escaped = (title: string) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

async function reach(file: string): Promise<Answer> {
  const reached: Reached[] = [];
  await stage.begin("reach", 0);
  const mocha = await suiteOf(file);
  stage.enter(file);
  await new Promise((resolve) => {
    let begun = 0;
    const runner = mocha.run(resolve);
    const end = (test: Mocha.Test, error?: Error) => {
      const sites = [...stage.heard];
      const failure = error ? { error: error.message } : {};
      reached.push({ file, title: test.fullTitle(), ok: !error, ms: Date.now() - begun, sites, ...failure });
    };
    runner.on("test", () => {
      begun = Date.now();
      stage.heard.clear();
    });
    runner.on("pass", (test) => end(test));
    runner.on("fail", (test, error) => end(test as Mocha.Test, error as Error));
  });
  return { reached, fixtures: stage.fixturesOf(file) };
}

async function trial(mutant: number, place: number, tests: Selection[]): Promise<Answer> {
  await stage.begin(mutant, place);
  for (const { file, titles } of tests) {
    const mocha = await suiteOf(file);
    stage.enter(file);
    mocha.bail(true);
    mocha.grep(new RegExp(`^(?:${titles.map(escaped).join("|")})$`));
    const verdict = await new Promise<Verdict>((resolve) => {
      let failed: Verdict = { killed: false };
      const runner = mocha.run(() => resolve(failed));
      runner.on("fail", (test, error: Error) => {
        if (!failed.killed) failed = { killed: true, by: `${file}: ${test.fullTitle()}`, error: error.message };
      });
    });
    if (verdict.killed) return { verdict };
  }
  return { verdict: { killed: false } };
}

async function answer(job: Job): Promise<Answer> {
  if ("reach" in job) return reach(job.reach);
  if ("fixtures" in job) {
    for (const [key, sites] of job.fixtures) stage.fixtures.set(key, sites);
    return { ready: true };
  }
  return trial(job.mutant, job.place, job.tests);
}

hre.hooks.registerHandlers("network", {
  newConnection: async (context, next) => {
    const connection = await next(context);
    await stage.set(connection);
    return connection;
  },
  onRequest: async (context, connection, request, next) => {
    try {
      return await next(context, connection, request);
    } catch (error) {
      if (error instanceof Error) error.message = named(error.message, errors);
      throw error;
    }
  },
  onCoverageData: async (_context, tags) => stage.hear(tags),
});
const tell = (message: Answer) => process.send?.(message);
process.on("message", (job: Job) => void answer(job).then(tell));
process.on("disconnect", () => process.exit());
tell({ ready: true });
