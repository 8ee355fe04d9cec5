import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildOf, cache, hashOf } from "../house.ts";
import type { Mutant } from "../weaving/weave.ts";
import type { FixtureSites, Reached, Selection } from "./worker.ts";
import { Workshop } from "./workshop.ts";

const root = join(import.meta.dirname, "../../..");
/** Tests that measure gas or read what the compiler said of storage, and those that have no contracts of their own. */
const passed = /^test\/(gas|journeys)\/|^test\/upgrades\/layouts|^test\/deployment\/resume/;

export interface Reach {
  tests: Reached[];
  fixtures: FixtureSites;
}

const testFiles = () =>
  globSync("test/**/*.test.ts", { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !passed.test(file))
    .sort();

const stamps = new Map<string, string>();

/** Names a test file and what all of them share, as they were when this process began. */
export function stampOf(file: string): string {
  const known = stamps.get(file);
  if (known) return known;
  const shared = globSync("test/**/*.ts", { cwd: root }).filter((one) => !one.endsWith(".test.ts"));
  const stamp = hashOf([...shared.sort(), file]);
  stamps.set(file, stamp);
  return stamp;
}

type Kept = Record<string, { stamp: string; tests: Reached[]; fixtures: FixtureSites }>;

/** Which places each test runs through, with nothing mutated; a test that fails already is left out. */
export async function reached(say: (line: string) => void): Promise<Reach> {
  const path = join(cache, "reach.json");
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Kept) : {};
  const build = buildOf();
  // Before anything runs: a file may be edited meanwhile.
  for (const file of testFiles()) stampOf(file);
  const now: Kept = {};
  const workshop = new Workshop([]);
  for (const file of testFiles()) {
    const stamp = `${build} ${stampOf(file)}`;
    const known = kept[file];
    if (known?.stamp === stamp) {
      now[file] = known;
      continue;
    }
    const answer = await workshop.ask({ reach: file }, 600_000);
    if (!("reached" in answer)) throw new Error(`${file} answered nothing`);
    const { reached: tests, fixtures } = answer;
    now[file] = { stamp, tests, fixtures };
    say(`${file}: ${tests.length} tests in ${tests.reduce((sum, one) => sum + one.ms, 0)} ms`);
    writeFileSync(path, JSON.stringify({ ...kept, ...now }));
  }
  workshop.close();
  const all = Object.values(now);
  return { tests: all.flatMap(({ tests }) => tests), fixtures: all.flatMap(({ fixtures }) => fixtures) };
}

/** Sections whose tests promise what a library does. */
const users: Record<string, string> = { TierTable: "tiers", PoolMath: "staking", ConsensusKeys: "validators" };

/** How near `test` is to a place: the function's own file, the contract's folder, its section's, or another. */
function distance(test: string, source: string, place: string): number {
  if (test.endsWith(`/${place.replace(".", "/")}.test.ts`)) return -1;
  const [folder = "", contract = ""] = source.replace(/^contracts\/|\.sol$/g, "").split("/");
  const section = users[contract] ?? folder;
  if (test.startsWith(`test/${section}/${contract}/`)) return 0;
  if (test.startsWith(`test/${section}/`)) return 1;
  // Exact fractions beside every number of staking.
  if (test === "test/model/differential.test.ts" && section === "staking") return 1;
  return /^test\/(model|deployment|upgrades)\/|property/.test(test) ? 3 : 2;
}

/** A test that takes longer waits until the quick ones of all files have run, milliseconds. */
const QUICK = 6_000;

/**
 * The passing tests that run through `mutant`'s place: first what killed its neighbours, then what is near, then what
 * is fast.
 * @param knows Whether a test file let this mutant pass before, and is as it was.
 * @param kills How often a test file killed a mutant of this function.
 * @param patience Milliseconds of tests after which the rest is left out.
 * @returns The tests, and the files of which none is left out.
 */
export function selectionFor(
  mutant: Mutant,
  place: number,
  reach: Reach,
  { patience, kills, knows }: { patience: number; kills: (file: string) => number; knows: (file: string) => boolean },
): { tests: Selection[]; whole: string[] } {
  const hits = reach.tests.filter(({ ok, sites, file }) => ok && sites.includes(place) && !knows(file));
  const groups = (tests: Reached[]) =>
    [...Map.groupBy(tests, ({ file }) => file)]
      .map(([file, own]) => ({
        file,
        kills: kills(file),
        far: distance(file, mutant.site.file, mutant.site.place),
        ms: own.reduce((sum, { ms }) => sum + ms, 0),
        titles: own.map(({ title }) => title),
      }))
      .sort((a, b) => b.kills - a.kills || a.far - b.far || a.ms - b.ms);
  const all = [...groups(hits.filter(({ ms }) => ms <= QUICK)), ...groups(hits.filter(({ ms }) => ms > QUICK))];
  let spent = 0;
  const taken = all.filter(({ ms }, i) => {
    if (i > 0 && spent + ms > patience) return false;
    spent += ms;
    return true;
  });
  const left = new Set(all.filter((one) => !taken.includes(one)).map(({ file }) => file));
  return {
    tests: taken.map(({ file, titles }) => ({ file, titles })),
    whole: [...new Set(taken.map(({ file }) => file))].filter((file) => !left.has(file)),
  };
}
