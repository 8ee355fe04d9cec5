// node test/storage-layouts/layouts.ts: writes test/storage-layouts/<Contract>.json, the slots of each upgradeable contract's
// namespace. An upgrade may append to them, never move or retype.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "test/storage-layouts");
const contracts: Record<string, string> = {
  MemberRegistry: "contracts/identity/MemberRegistry.sol",
  KycRegistry: "contracts/identity/KycRegistry.sol",
  ValidatorRegistry: "contracts/validators/ValidatorRegistry.sol",
  StakingCore: "contracts/staking/StakingCore.sol",
  InsuranceFund: "contracts/slashing/InsuranceFund.sol",
  SlashingManager: "contracts/slashing/SlashingManager.sol",
  RewardVault: "contracts/staking/RewardVault.sol",
  PerformanceOracle: "contracts/performance/PerformanceOracle.sol",
  TierEngine: "contracts/tiers/TierEngine.sol",
  SuspensionManager: "contracts/suspensions/SuspensionManager.sol",
  StakeVotes: "contracts/governance/StakeVotes.sol",
  ProposalRules: "contracts/governance/ProposalRules.sol",
  TBurnGovernor: "contracts/governance/TBurnGovernor.sol",
  LiquidStakingVault: "contracts/liquid/LiquidStakingVault.sol",
};

interface Type {
  label: string;
  numberOfBytes: string;
  members?: Variable[];
}
interface Variable {
  label: string;
  slot: string;
  offset: number;
  type: string;
}
interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { storageLayout: { storage: Variable[]; types: Record<string, Type> } }>>;
}
interface Compiler {
  compile(input: string, hooks: { import: (path: string) => { contents: string } | { error: string } }): string;
}

function source(path: string): { contents: string } | { error: string } {
  const found = [join(root, path), join(root, "node_modules", path)].find((file) => existsSync(file));
  return found ? { contents: readFileSync(found, "utf8") } : { error: `${path} is missing` };
}

/** Every struct that a contract keeps, by name: `offset+bytes @slot type name`. */
export function layouts(): Record<string, Record<string, string[]>> {
  const solc = createRequire(import.meta.url)("solc") as Compiler;
  // A variable of the namespace's type makes the compiler lay it out.
  const sources = Object.fromEntries(
    Object.entries(contracts).map(([name, path]) => [
      `${name}Layout.sol`,
      {
        content: `pragma solidity ^0.8.28; import {${name}} from "${path}"; abstract contract Layout is ${name} { Storage private s; }`,
      },
    ]),
  );
  const settings = { evmVersion: "osaka", outputSelection: { "*": { Layout: ["storageLayout"] } } };
  const input = { language: "Solidity", sources, settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: source })) as Output;
  const problem = output.errors?.find(({ severity }) => severity === "error");
  if (problem) throw new Error(problem.formattedMessage);
  return Object.fromEntries(
    Object.keys(contracts).map((name) => {
      const layout = output.contracts[`${name}Layout.sol`]?.Layout?.storageLayout;
      if (!layout) throw new Error(`${name} has no layout`);
      const structs = Object.values(layout.types).filter(({ members }) => members !== undefined);
      return [
        name,
        Object.fromEntries(
          structs.map(({ label, members = [] }) => [label.replace(/^struct /, ""), lines(members, layout.types)]),
        ),
      ];
    }),
  );
}

const lines = (members: Variable[], types: Record<string, Type>) =>
  members.map(({ slot, offset, type, label }) => {
    const { numberOfBytes, label: typeName } = types[type] ?? { numberOfBytes: "?", label: type };
    return `slot ${slot} byte ${offset} +${numberOfBytes} ${typeName} ${label}`;
  });

if (import.meta.main) {
  for (const [name, structs] of Object.entries(layouts()))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(structs, null, 2)}\n`);
  spawnSync("biome", ["format", "--write", folder], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
