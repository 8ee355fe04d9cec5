import { parseArgs } from "node:util";

export const usage = `npm run mutate -- [options]

Changes the contracts in small ways, one at a time, and asks the tests whether they notice.
All mutants are woven into one build, so that the contracts are compiled once; a run goes on where
the last one of the same contracts stopped, and writes docs/security/mutation.md at its end.

  --sample <n>      about n mutants, spread over the files by their numbers; all by default
  --seed <n>        which ones (default 1)
  --file <path>     only those of this contract; may be given again
  --only <id>       one mutant: shows what it changes, and runs its tests whatever was known of it
  --survivors       asks tests that changed since about those that survived
  --patience <s>    seconds of tests that one mutant may cost (default 120)
  --list            names the chosen mutants and what is known of each, runs nothing
  --report          writes the report of what is known, runs nothing
  --help            this text`;

export interface Options {
  sample: number;
  seed: string;
  files: string[];
  only: number | undefined;
  survivors: boolean;
  /** Milliseconds. */
  patience: number;
  list: boolean;
  report: boolean;
  help: boolean;
}

function whole(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!/^\d+$/.test(value) || Number(value) === 0) throw new Error(`--${name} asks for a number above 0, not ${value}`);
  return Number(value);
}

/** @throws if an option is unknown or not usable. */
export function optionsOf(args: string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      sample: text,
      seed: { ...text, default: "1" },
      file: { ...text, multiple: true, default: [] },
      only: text,
      patience: text,
      survivors: flag,
      list: flag,
      report: flag,
      help: flag,
    },
  });
  const { sample, only, patience, file, ...rest } = values;
  return {
    ...rest,
    sample: whole("sample", sample, Number.POSITIVE_INFINITY),
    only: only === undefined ? undefined : whole("only", only, 0),
    patience: whole("patience", patience, 120) * 1000,
    files: file,
  };
}
