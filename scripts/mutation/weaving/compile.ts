import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import type { Node } from "./ast.ts";

const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };
const root = join(import.meta.dirname, "../../..");

/** Source texts by the path that imports name them by. */
export type Sources = Record<string, string>;

interface Complaint {
  severity: string;
  message: string;
  formattedMessage: string;
  sourceLocation?: { file: string; start: number };
}

interface Bytecode {
  object: string;
  linkReferences: object;
  immutableReferences?: object;
}

interface Output {
  errors?: Complaint[];
  sources: Record<string, { ast?: Node }>;
  contracts?: Record<
    string,
    Record<string, { abi: unknown[]; evm: { bytecode: Bytecode; deployedBytecode: Bytecode } }>
  >;
}

/** `sources` with everything that they import from packages. */
export function closed(sources: Sources): Sources {
  const all = { ...sources };
  const open = Object.keys(sources);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const [, path = ""] of (all[file] ?? "").matchAll(/^import [^;]*?["']([^"']+)["'];/gm)) {
      const target = path.startsWith(".") ? posix.join(dirname(file), path) : path;
      if (all[target] !== undefined) continue;
      all[target] = readFileSync(join(root, "node_modules", target), "utf8");
      open.push(target);
    }
  }
  return all;
}

function run(sources: Sources, outputs: object): Output {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }])),
    // Not optimized: that would take the longer the more is woven in, and nobody pays for this gas.
    settings: { evmVersion: "osaka", optimizer: { enabled: true, runs: 1 }, outputSelection: { "*": outputs } },
  };
  return JSON.parse(solc.compile(JSON.stringify(input))) as Output;
}

export const errorsOf = (output: Output): Complaint[] =>
  (output.errors ?? []).filter(({ severity }) => severity === "error");

/** Syntax trees by file, with types; no code is made. */
export const analysed = (sources: Sources): Output => run(sources, { "": ["ast"] });

/** Everything that an artifact holds. */
export const compiled = (sources: Sources): Output =>
  run(sources, {
    "*": ["abi", "evm.bytecode.object", "evm.bytecode.linkReferences", "evm.deployedBytecode.object"].concat([
      "evm.deployedBytecode.linkReferences",
      "evm.deployedBytecode.immutableReferences",
    ]),
  });
