import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** Work that z3 may spend on one question, in its own units: the same on every machine, unlike seconds. */
const EFFORT = 20_000_000;
/** A question that takes longer than this is stopped, ms: it has met a case that z3 does not count. */
const PATIENCE_MS = 300_000;
/** Sources that stand for code which the solver cannot read. */
const assumed: Record<string, string> = {
  "@openzeppelin/contracts/utils/math/Math.sol": "test/proofs/assumed/Math.sol",
  "@openzeppelin/contracts/utils/math/SafeCast.sol": "test/proofs/assumed/SafeCast.sol",
};

export type Verdict = "proved" | "refuted" | "unknown";

/** What the solver says of one assertion, subtraction, product, … in the code of one proof. */
export interface Finding {
  contract: string;
  /** `file:line`, and the expression. */
  place: string;
  target: string;
  verdict: Verdict;
}

interface Message {
  message: string;
  severity: string;
  formattedMessage: string;
  sourceLocation?: { file: string; start: number; end: number };
}
interface Compiler {
  compile(
    input: string,
    hooks: {
      import: (path: string) => { contents: string } | { error: string };
      smtSolver: (query: string) => { contents: string };
    },
  ): string;
}

const path = (file: string) =>
  [assumed[file] ?? file, `node_modules/${file}`].map((one) => join(root, one)).find((one) => existsSync(one));

function source(file: string): { contents: string } | { error: string } {
  const found = path(file);
  return found ? { contents: readFileSync(found, "utf8") } : { error: `${file} is missing` };
}

function solve(query: string): { contents: string } {
  const bounded = query.replace(/\(set-option :timeout \d+\)/, `(set-option :rlimit ${EFFORT})`);
  const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, "z3.ts")], {
    input: bounded,
    encoding: "utf8",
    timeout: PATIENCE_MS,
    maxBuffer: 2 ** 28,
  });
  return { contents: stdout || "unknown" };
}

const saying: [pattern: RegExp, verdict: Verdict][] = [
  [/^(?:BMC|CHC): (.*) check is safe!/, "proved"],
  [/^(?:BMC|CHC): (.*) happens here/, "refuted"],
  [/^(?:BMC|CHC): (.*) might happen here/, "unknown"],
];

function finding(contract: string, { message, sourceLocation }: Message): Finding | undefined {
  const [found, verdict] = saying
    .map(([pattern, one]) => [pattern.exec(message), one] as const)
    .findLast(([match]) => match !== null) ?? [null, "unknown" as const];
  if (!found || !sourceLocation) return undefined;
  const { file, start, end } = sourceLocation;
  // Places count bytes, not characters.
  const text = readFileSync(path(file) ?? file);
  const line = text.subarray(0, start).toString().split("\n").length;
  const place = `${assumed[file] ?? file}:${line} ${text.subarray(start, end).toString().replaceAll(/\s+/g, " ")}`;
  return { contract, place, target: (found[1] ?? "").replace(/ \(resulting value .*\)$/, ""), verdict };
}

/** Every proof of `test/proofs`, as `[file, contract]`. */
export const proofs = (): [file: string, contract: string][] =>
  globSync("test/proofs/*.sol", { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/^contract (\w+)/gm)].map(
        ([, name = ""]): [string, string] => [file, name],
      ),
    );

/** Asks the compiler's model checker about one contract. @throws if it does not compile */
export function prove(file: string, contract: string): Finding[] {
  const solc = createRequire(import.meta.url)("solc") as Compiler;
  const modelChecker = {
    // Its successor keeps every function of every file in each question, a megabyte of them, and answers none here.
    engine: "bmc",
    solvers: ["smtlib2"],
    contracts: { [file]: [contract] },
    targets: ["assert", "overflow", "underflow", "divByZero", "outOfBounds"],
    showProvedSafe: true,
    showUnproved: true,
    timeout: PATIENCE_MS,
  };
  const sources = { [file]: { content: readFileSync(join(root, file), "utf8") } };
  const input = { language: "Solidity", sources, settings: { modelChecker } };
  const output = solc.compile(JSON.stringify(input), { import: source, smtSolver: solve });
  const { errors = [] } = JSON.parse(output) as { errors?: Message[] };
  const broken = errors.find(({ severity }) => severity === "error");
  if (broken) throw new Error(broken.formattedMessage);
  return errors.flatMap((one) => finding(contract, one) ?? []);
}
