import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { table } from "../gas/table.ts";
import { place } from "./rule.ts";
import { houseRules, toolRules } from "./rules.ts";

const project = join(import.meta.dirname, "../..");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A house with nothing but `files` and the project's settings. */
function house(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "tburn-house-"));
  folders.push(root);
  for (const settings of [
    ".gitignore",
    ".prettierrc",
    ".solhint.json",
    "biome.json",
    "foundry.toml",
    "scripts/solc.mjs",
  ])
    cpSync(join(project, settings), join(root, settings));
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

async function broken(name: string, files: Record<string, string>): Promise<string[]> {
  const rule = [...houseRules, ...toolRules].find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no rule is called ${name}`);
  return (await rule.run(house(files))).map((breach) => `${place(breach)} ${breach.message}`);
}

const lines = (count: number) => "export const x = 1;\n".repeat(count);
const uses = (path: string) => `import { x } from "${path}";\nexport const y = x;\n`;
const domains = "indexer/src/domains";
const recorded = (ratio: number) =>
  JSON.stringify({ operations: { swim: { gas: ratio * 100, budget: 100, ratio } }, crowd: {}, bytes: {} });
const sol = (member: string) =>
  `// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.28;\n\ncontract A {\n    ${member}\n}\n`;
const view = (args: string, type: string, value: string) =>
  sol(`function a(${args}) external view returns (${type}) {\n        return ${value};\n    }`);
const lock = (packages: object) => JSON.stringify({ packages: { "": {}, ...packages } });

/** Per rule: what breaks it, and what stays allowed. */
const cases: [rule: string, promise: string, breaking: Record<string, string>, allowed: Record<string, string>][] = [
  [
    "imports go down",
    "a domain imports no higher domain",
    { [`${domains}/identity/service.ts`]: uses("../staking/service.ts") },
    { [`${domains}/staking/service.ts`]: uses("../identity/service.ts") },
  ],
  [
    "imports go down",
    "a lower domain is entered by its service",
    { [`${domains}/staking/service.ts`]: uses("../identity/repository.ts") },
    { [`${domains}/staking/service.ts`]: uses("./repository.ts") },
  ],
  [
    "imports go down",
    "the platform knows no domain",
    { "indexer/src/platform/chain/sync.ts": uses("../../domains/staking/service.ts") },
    { "indexer/src/platform/chain/sync.ts": uses("../db/pool.ts") },
  ],
  [
    "imports go down",
    "app.ts names a domain.ts, mirror.ts its projections.ts",
    { "indexer/src/mirror.ts": uses("./domains/staking/domain.ts") },
    { "indexer/src/app.ts": uses("./domains/staking/domain.ts") },
  ],
  [
    "imports go down",
    "features never meet",
    { "web/src/features/staking/Page.tsx": uses("../rewards/queries.ts") },
    { "web/src/features/staking/Page.tsx": uses("../../shared/ui/Card.tsx") },
  ],
  [
    "imports go down",
    "shared names no feature",
    { "web/src/shared/ui/Card.tsx": uses("../../features/staking/queries.ts") },
    { "web/src/shared/ui/Card.tsx": uses("@tburn/deployments") },
  ],
  [
    "imports go down",
    "wings meet in deployments alone",
    { "web/src/routes.tsx": uses("../../indexer/src/env.ts") },
    { "indexer/src/main.ts": uses("@tburn/deployments/read") },
  ],
  ["imports go down", "each domain has a floor", { [`${domains}/gossip/service.ts`]: lines(1) }, {}],
  [
    "no runtime import circle",
    "a circle over three files is found",
    { "scripts/a.ts": uses("./b.ts"), "scripts/b.ts": uses("./c.ts"), "scripts/c.ts": uses("./a.ts") },
    {
      "scripts/a.ts": uses("./b.ts"),
      "scripts/b.ts": 'import type { y } from "./a.ts";\nexport const x: typeof y = 1;\n',
    },
  ],
  [
    "process.env only in env.ts",
    "nobody else reads the environment",
    { "indexer/src/main.ts": "export const a = process.env.A;\n" },
    {
      "indexer/src/env.ts": "export const a = process.env.A;\n",
      "indexer/src/words.ts": 'export const b = "process.env";\n',
    },
  ],
  [
    "process.env only in env.ts",
    "nor by import",
    { "indexer/src/main.ts": 'import { env } from "node:process";\nexport const a = env.A;\n' },
    {},
  ],
  [
    "process.env only in env.ts",
    "nor the bundler's",
    { "web/src/main.tsx": "export const a = import.meta.env.DEV;\n" },
    { "web/src/env.ts": "export const a = import.meta.env.DEV;\n" },
  ],
  [
    "SQL only in repository.ts",
    "a service writes none",
    { [`${domains}/staking/service.ts`]: "export const q = `select a\n from b`;\n" },
    {
      [`${domains}/staking/repository.ts`]: "export const q = `select a from b`;\n",
      "web/src/a.ts": 'export const q = "Select a validator from the list";\n',
    },
  ],
  ["size ceilings", "TypeScript has 300 lines", { "scripts/a.ts": lines(301) }, { "scripts/a.ts": lines(300) }],
  [
    "size ceilings",
    "a component has 150",
    { "web/src/features/staking/Page.tsx": lines(151) },
    { "web/src/features/staking/Page.tsx": lines(150) },
  ],
  [
    "size ceilings",
    "a contract has 600",
    { "contracts/a/A.sol": "//\n".repeat(601) },
    { "contracts/a/A.sol": "//\n".repeat(600) },
  ],
  [
    "size ceilings",
    "a function has 50",
    { "scripts/a.ts": `export function f() {\n${"  f();\n".repeat(49)}}\n` },
    { "scripts/a.ts": `export function f() {\n${"  f();\n".repeat(48)}}\n` },
  ],
  [
    "size ceilings",
    "a folder has 12 entries",
    Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`scripts/x/a${i}.ts`, lines(1)])),
    Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`scripts/x/a${i}.test.ts`, lines(1)])),
  ],
  ["size ceilings", "a wing is 5 deep", { "web/a/b/c/d/e/f/g.ts": lines(1) }, { "web/a/b/c/d/e/g.ts": lines(1) }],
  ["names", "no file is called utils", { "scripts/utils.ts": lines(1) }, { "scripts/words.ts": lines(1) }],
  ["names", "no folder is called helpers", { "scripts/helpers/words.ts": lines(1) }, {}],
  ["names", "files are kebab-case", { "scripts/someWords.ts": lines(1) }, { "scripts/some-words.ts": lines(1) }],
  ["names", "migrations are numbered", { "indexer/migrations/first.sql": "" }, { "indexer/migrations/0001_a.sql": "" }],
  [
    "no barrels",
    "nothing re-exports",
    { "scripts/index.ts": 'export * from "./a.ts";\n' },
    { "scripts/index.ts": lines(1) },
  ],
  [
    "banned phrases",
    "no path of one machine",
    { "docs/a.md": "see /home/someone/a\n" },
    { "docs/a.md": "see /status/a\n" },
  ],
  ["banned phrases", "no registry", { "docs/a.md": "https://registry.example.org/a\n" }, {}],
  ["banned phrases", "no focused test", { "test/a.test.ts": "it.only();\n" }, { "test/a.test.ts": "it();\n" }],
  ["banned phrases", "nothing left to do", { "scripts/a.ts": `// ${"TO"}DO later\n` }, {}],
  ["banned phrases", "no silenced type", { "scripts/a.ts": `// @ts-${"ignore"}\n` }, {}],
  [
    "lock file",
    "no registry address",
    { "package-lock.json": lock({ "node_modules/a": { version: "1.0.0", resolved: "https://a.example/a.tgz" } }) },
    { "package-lock.json": lock({ "node_modules/a": { version: "1.0.0" } }) },
  ],
  [
    "lock file",
    "every platform is locked",
    { "package-lock.json": lock({ "node_modules/a": { optionalDependencies: { "a-darwin-arm64": "1.0.0" } } }) },
    { "package-lock.json": lock({ "node_modules/a": {}, "node_modules/a-darwin-arm64": { version: "1.0.0" } }) },
  ],
  [
    "lock file",
    "versions are pinned",
    { "package-lock.json": lock({}), "package.json": '{ "dependencies": { "a": "^1.0.0" } }' },
    {
      "package-lock.json": JSON.stringify({ packages: { "": { dependencies: { a: "1.0.0" } } } }),
      "package.json": '{ "dependencies": { "a": "1.0.0" } }',
    },
  ],
  [
    "format and lint",
    "badly set code is refused",
    { "scripts/a.ts": "export const  x = 'a'\n" },
    { "scripts/a.ts": 'export const x = "a";\n' },
  ],
  ["format and lint", "any is refused", { "scripts/a.ts": "export const x: any = 1;\n" }, {}],
  [
    "Solidity format",
    "badly set contracts are refused",
    {
      "contracts/A.sol":
        "// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.28;\ncontract A {uint256 public a;}\n",
    },
    { "contracts/A.sol": sol("uint256 public a;") },
  ],
  [
    "Solidity lint",
    "tx.origin is refused",
    { "contracts/A.sol": view("", "bool", "tx.origin == msg.sender") },
    { "contracts/A.sol": sol("uint256 public a;") },
  ],
  [
    "Forge lint",
    "a value is not cut by a cast that nobody has looked at",
    { "contracts/A.sol": view("uint256 b", "uint8", "uint8(b)") },
    { "contracts/A.sol": view("uint8 b", "uint256", "uint256(b)") },
  ],
  [
    "SQL migrations",
    "a column is not renamed under readers",
    { "indexer/migrations/0001_a.sql": "alter table app.a rename column b to c;\n" },
    { "indexer/migrations/0001_a.sql": "create table app.a (b bigint not null primary key);\n" },
  ],
  [
    "statements and shards",
    "a read names the key of a distributed table",
    {
      "indexer/classes.json": '{ "chain.a": { "kind": "distributed", "key": "member_no", "group": "member" } }',
      "indexer/src/domains/tax/repository.ts": 'export const q = "select * from chain.a where status = $1";\n',
    },
    {
      "indexer/classes.json": '{ "chain.a": { "kind": "distributed", "key": "member_no", "group": "member" } }',
      "indexer/src/domains/tax/repository.ts": 'export const q = "select * from chain.a where member_no = $1";\n',
    },
  ],
  [
    "types",
    "a wrong type is refused",
    { "tsconfig.json": '{ "files": ["a.ts"] }', "a.ts": 'export const a: number = "a";\n' },
    { "tsconfig.json": '{ "files": ["a.ts"] }', "a.ts": "export const a: number = 1;\n" },
  ],
  [
    "unused code",
    "an export that nobody uses is refused",
    {
      "package.json": '{ "name": "a", "type": "module" }',
      "knip.json": '{ "entry": ["a.ts"], "project": ["*.ts"] }',
      "a.ts": 'import { b } from "./b.ts";\nconsole.log(b);\n',
      "b.ts": "export const b = 1;\nexport const c = 2;\n",
    },
    {
      "package.json": '{ "name": "a", "type": "module" }',
      "knip.json": '{ "entry": ["a.ts"], "project": ["*.ts"] }',
      "a.ts": 'import { b } from "./b.ts";\nconsole.log(b);\n',
      "b.ts": "export const b = 1;\n",
    },
  ],
  [
    "generated files",
    "a stale file is refused",
    { "scripts/export-abi.ts": 'console.error("stale: deployments/abi");\nprocess.exit(1);\n' },
    { "scripts/export-abi.ts": 'console.log("fresh");\n' },
  ],
  [
    "gas",
    "an operation over its budget needs a reason, and the table is the record's",
    { "test/gas.json": recorded(2), "docs/gas.md": table(JSON.parse(recorded(2))) },
    { "test/gas.json": recorded(1), "docs/gas.md": table(JSON.parse(recorded(1))) },
  ],
];

describe.each(cases)("%s: %s", (name, _promise, breaking, allowed) => {
  test("a breach is found", async () => {
    expect(await broken(name, breaking)).not.toEqual([]);
  }, 60_000);
  test("what is allowed passes", async () => {
    // Only the lock rule wants a file of its own to be there.
    const files = name === "lock file" ? { "package-lock.json": lock({}), ...allowed } : allowed;
    expect(await broken(name, files)).toEqual([]);
  }, 60_000);
});

test("each rule is broken here at least once", () => {
  const rules = [...houseRules, ...toolRules].map(({ name }) => name);
  expect(rules.filter((name) => !cases.some(([rule]) => rule === name))).toEqual([]);
});
