import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./house.ts";

/** What the tests said of one mutant. */
export interface Result {
  /** The code that was mutated; results of other code do not count. */
  contracts: string;
  key: string;
  killed: boolean;
  /** The test that failed. */
  by?: string;
  error?: string;
  ms: number;
  /** Test files that did not notice, with their stamps: another run need not ask them again. */
  passed: Record<string, string>;
}

const path = join(cache, "results.jsonl");

/** The last result of each mutant, by its key. */
export function results(contracts: string): Map<string, Result> {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8").split("\n");
  // A run that was killed may have left half a line.
  const all = lines.flatMap((line): Result[] => {
    try {
      return [JSON.parse(line) as Result];
    } catch {
      return [];
    }
  });
  return new Map(all.filter((one) => one.contracts === contracts).map((one) => [one.key, one]));
}

export const record = (result: Result): void => appendFileSync(path, `${JSON.stringify(result)}\n`);
