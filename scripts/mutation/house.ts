import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { furnish } from "./furnish.ts";
import { analysed, closed, compiled, errorsOf, type Sources } from "./weaving/compile.ts";
import { constantsOf, type Site, sitesOf } from "./weaving/sites.ts";
import { LIBRARY, type Mutant, mutantAt, numbered, weave } from "./weaving/weave.ts";

const root = join(import.meta.dirname, "../..");
/** Everything that a run leaves behind. */
export const cache = join(root, "cache/mutation");
/** A copy of the project whose artifacts are the woven contracts. */
export const house = join(cache, "house");

/** What tests deploy beside our own contracts. */
const packaged = [
  "@openzeppelin/contracts/access/manager/AccessManager.sol",
  "@openzeppelin/contracts/governance/TimelockController.sol",
  "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol",
];
/** Not woven: what only tests use, and rules that have no code. */
const passed = /^contracts\/mocks\//;

const slashed = (file: string) => file.replaceAll("\\", "/");
const listed = (pattern: string) => globSync(pattern, { cwd: root }).map(slashed).sort();
const read = (file: string) => readFileSync(join(root, file), "utf8");

export function hashOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(read(file));
  return hash.digest("hex").slice(0, 16);
}

/** Names the code that is mutated. */
export const contractsOf = () => hashOf([...listed("contracts/**/*.sol"), "package-lock.json"]);

/** Names the woven build. */
export const buildOf = () =>
  hashOf([
    ...listed("contracts/**/*.sol"),
    ...["ast", "operators", "sites", "weave", "compile"].map((name) => `scripts/mutation/weaving/${name}.ts`),
    "scripts/mutation/weaving/Mutant.sol",
    "package-lock.json",
  ]);

interface Found {
  sites: Site[];
  /** Mutants that do not compile. */
  stillborn: string[];
}

function sources(): Sources {
  const own = Object.fromEntries(listed("contracts/**/*.sol").map((file) => [file, read(file)]));
  return { ...own, ...Object.fromEntries(packaged.map((file) => [file, read(`node_modules/${file}`)])) };
}

const bytes = (file: string) => Buffer.from(read(file));

function find(plain: Sources): Site[] {
  const output = analysed(closed(plain));
  const complaint = errorsOf(output)[0];
  if (complaint) throw new Error(complaint.formattedMessage);
  const units = Object.values(output.sources).flatMap(({ ast }) => (ast ? [ast] : []));
  const constants = constantsOf(units);
  return Object.keys(plain)
    .filter((file) => file.startsWith("contracts/") && !passed.test(file))
    .flatMap((file) => {
      const ast = output.sources[file]?.ast;
      return ast ? sitesOf(ast, file, bytes(file), constants) : [];
    });
}

function woven(plain: Sources, mutants: Mutant[]): Sources {
  const byFile = Map.groupBy(mutants, ({ site }) => site.file);
  const all: Sources = { ...plain, [LIBRARY]: read("scripts/mutation/weaving/Mutant.sol") };
  for (const [file, own] of byFile) all[file] = weave(bytes(file), own);
  return all;
}

type Contracts = NonNullable<ReturnType<typeof compiled>["contracts"]>;

/** Compiles until every mutant that is left does. */
function settle(plain: Sources, sites: Site[], say: (line: string) => void): [Contracts, string[]] {
  const stillborn = new Set<string>();
  for (;;) {
    const mutants = numbered(sites, bytes, (key) => stillborn.has(key));
    say(`compiling ${mutants.length} mutants, woven into one build`);
    const code = woven(plain, mutants);
    const output = compiled(closed(code));
    const complaints = errorsOf(output);
    if (complaints.length === 0) return [output.contracts ?? {}, [...stillborn]];
    for (const { sourceLocation, formattedMessage } of complaints) {
      const id = sourceLocation && mutantAt(code[sourceLocation.file] ?? "", sourceLocation.start);
      const mutant = mutants.find((one) => one.id === id);
      if (!mutant) throw new Error(`the woven code does not compile\n${formattedMessage}`);
      stillborn.add(mutant.key);
    }
  }
}

function writeArtifacts(contracts: Contracts): void {
  for (const [sourceName, file] of Object.entries(contracts))
    for (const [contractName, { abi, evm }] of Object.entries(file)) {
      const artifact = {
        _format: "hh3-artifact-1",
        contractName,
        sourceName,
        abi,
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        linkReferences: evm.bytecode.linkReferences,
        deployedLinkReferences: evm.deployedBytecode.linkReferences,
        immutableReferences: evm.deployedBytecode.immutableReferences ?? {},
        inputSourceName: sourceName,
      };
      const path = join(house, "artifacts", sourceName, `${contractName}.json`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(artifact));
    }
}

/** Finds, weaves and compiles the mutants, unless the last run did so with the same code. */
export function prepare(say: (line: string) => void): Mutant[] {
  const build = buildOf();
  const record = join(cache, "found.json");
  furnish(house, ["test", "scripts", "deployments"]);
  const kept = existsSync(record) ? (JSON.parse(readFileSync(record, "utf8")) as Found & { build: string }) : undefined;
  if (kept?.build === build) {
    const left = new Set(kept.stillborn);
    return numbered(kept.sites, bytes, (key) => left.has(key));
  }
  const plain = sources();
  const sites = find(plain);
  const [contracts, stillborn] = settle(plain, sites, say);
  rmSync(join(house, "artifacts"), { recursive: true, force: true });
  writeArtifacts(contracts);
  writeFileSync(record, JSON.stringify({ build, sites, stillborn }));
  const left = new Set(stillborn);
  return numbered(sites, bytes, (key) => left.has(key));
}
