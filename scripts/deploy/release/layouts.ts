import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  getContractVersion,
  getErrors,
  getStorageLayout,
  getStorageUpgradeReport,
  makeNamespacedInput,
  type SolcInput,
  type SolcOutput,
  type StorageLayout,
  silenceWarnings,
  solcInputOutputDecoder,
  UpgradeableContractErrorReport,
  validate,
  withValidationDefaults,
} from "@openzeppelin/upgrades-core";
import { folders } from "../deployer.ts";
import { upgradeable } from "../roles.ts";

const root = join(import.meta.dirname, "../../..");
const SOLC = "0.8.37";

/** What upgrades-core refuses and this house does on purpose. */
const allowed = withValidationDefaults({
  kind: "uups",
  unsafeAllow: [
    // Peers are constructor arguments: an upgrade passes them again, and the rehearsal reads them before and after.
    "state-variable-immutable",
    // Libraries are linked by address when an implementation is deployed, and have no storage of their own.
    "external-library-linking",
  ],
});

interface Compiler {
  compile(input: string, hooks?: { import: (path: string) => { contents: string } | { error: string } }): string;
}

/** What an upgradeable contract keeps, and what makes it unsafe to upgrade to. */
export interface Examined {
  layout: StorageLayout;
  /** Empty if it is safe. */
  complaint: string;
}

const sourceOf = (name: string) => `${folders[name]}/${name}.sol`;

function compile(solc: Compiler, input: SolcInput): SolcOutput {
  const take = (path: string) => {
    const found = [path, `node_modules/${path}`].map((one) => join(root, one)).find((file) => existsSync(file));
    if (found === undefined) return { error: `${path} is missing` };
    const contents = readFileSync(found, "utf8");
    input.sources[path] = { content: contents };
    return { contents };
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: take })) as SolcOutput & {
    errors?: { severity: string; formattedMessage: string }[];
  };
  const broken = output.errors?.find(({ severity }) => severity === "error");
  if (broken) throw new Error(broken.formattedMessage);
  return output;
}

/**
 * Examines upgradeable contracts of the working tree.
 * @param replaced Sources that stand in for theirs, by path.
 * @throws if they do not compile.
 */
export function examine(replaced: Record<string, string> = {}, names = upgradeable): Record<string, Examined> {
  const solc = createRequire(import.meta.url)("solc") as Compiler;
  const content = (path: string) => replaced[path] ?? readFileSync(join(root, path), "utf8");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(names.map(sourceOf).map((path) => [path, { content: content(path) }])),
    settings: { evmVersion: "osaka", outputSelection: { "*": { "": ["ast"], "*": ["storageLayout"] } } },
  } as unknown as SolcInput;
  const output = compile(solc, input);
  // Contracts are told apart by the hash of their code, which takes a minute to generate; a name tells them apart too.
  for (const [source, contracts] of Object.entries(output.contracts))
    for (const [name, contract] of Object.entries(contracts))
      Object.assign(contract, {
        evm: { bytecode: { object: Buffer.from(`${source}:${name}`).toString("hex"), linkReferences: {} } },
      });
  const spaces = JSON.parse(solc.compile(JSON.stringify(makeNamespacedInput(input, output, SOLC)))) as SolcOutput;
  silenceWarnings();
  const data = validate(output, solcInputOutputDecoder(input, output), SOLC, input, spaces);
  return Object.fromEntries(
    names.map((name) => {
      const version = getContractVersion(data, `${sourceOf(name)}:${name}`);
      const errors = getErrors(data, version, allowed);
      const complaint = errors.length === 0 ? "" : new UpgradeableContractErrorReport(errors).explain(false);
      return [name, { layout: getStorageLayout(data, version), complaint }];
    }),
  );
}

/** Why storage of the layout `before` cannot be read with the layout `after`; empty if it can. */
export function moved(before: StorageLayout, after: StorageLayout): string {
  const report = getStorageUpgradeReport(before, after, allowed);
  return report.ok ? "" : report.explain(false);
}
