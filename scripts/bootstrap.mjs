#!/usr/bin/env node
// Runs a command of this project on the pinned Node with the locked packages, fetching what is missing.
// No dependencies, any Node ≥ 20: this file runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_VERSION = "24.21.0";
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** What each command runs, and what `--help` says of it; without a text, the program itself knows better. */
const commands = {
  start: { run: ["scripts/local/main.ts"] },
  test: {
    run: ["scripts/test/main.ts"],
    help: `npm test

Runs every suite in order: house rules, contracts, invariants, indexer, simulation, dApp, journeys; about half an hour of two cores.
Takes no options. Ends with the line "N passed, N failed"; exit code 1 if one failed.`,
  },
  "test:long": {
    run: ["scripts/test/long.ts"],
    help: `npm run test:long -- [--calls <n>] [--seed <n>] [--model <n>]

Random calls against the invariants; a run that was stopped goes on with its seed.

  --calls <n>   how many (default 10000000, about two hours of one core)
  --seed <n>    repeats an earlier run (default: by chance; it is printed)
  --model <n>   so many random acts against the reference model of exact fractions instead`,
  },
  check: {
    run: ["scripts/check/check.ts"],
    help: `npm run check -- [<word> …]

Proves the house rules: format, lint, types, unused code, layout, generated files; about 90 seconds.

  <word>   only rules whose name contains one of the words`,
  },
  analyse: {
    run: ["scripts/check/proofs/main.ts"],
    help: `npm run analyse -- [<contract> …]

Asks the compiler's model checker and z3 to prove the promises of test/proofs.

  <contract>   only the promises of these contracts of test/proofs`,
  },
  bench: { run: ["bench/main.ts"] },
  build: {
    run: ["scripts/build.ts"],
    help: `npm run build

Compiles the contracts, writes all generated files and builds the dApp for production. Takes no options.`,
  },
  coverage: {
    run: ["scripts/coverage/main.ts"],
    help: `npm run coverage -- [contracts | indexer]

Lines and branches that the tests reach, with the weakest files first; fails below the floors. Both parts by default; the
contracts take about four minutes.`,
  },
  deploy: { run: ["scripts/deploy/main.ts"] },
  drill: { run: ["indexer/scripts/drill/main.ts"] },
  simulate: { run: ["test/simulation/main.ts"] },
  mutate: { run: ["scripts/mutation/main.ts"] },
  gas: {
    run: ["node_modules/hardhat/dist/src/cli.js", "run", "scripts/gas/main.ts"],
    help: `npm run gas

Measures what each operation costs its sender, and writes test/gas.json and docs/gas.md. Takes no options.`,
  },
  indexer: { run: ["indexer/src/cli.ts"] },
  "node-answer": { run: ["indexer/src/node-answer.ts"] },
  release: {
    run: ["scripts/deploy/release/main.ts"],
    help: `npm run release

Keeps bytecode, ABI and storage layout of every contract under the version of package.json, for rehearsals of upgrades.
Takes no options. A version that exists is refused.`,
  },
  reporter: {
    run: ["indexer/src/cli.ts", "report"],
    help: `npm run reporter

Starts the reporter alone, whatever ROLES says: epoch reports, double signs, chores. Takes no options; settings come from
the environment, REPORTER_KEY among them (README.md).`,
  },
  format: {
    run: ["scripts/check/format.ts"],
    help: `npm run format

Formats TypeScript, JSON and Solidity in place. Takes no options.`,
  },
};

const [command = "", ...args] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`usage: node scripts/bootstrap.mjs <${Object.keys(commands).join("|")}> [arguments]`);
  process.exit(command === "--help" ? 0 : 1);
}
const { run: program, help } = commands[command];
if (help && args.some((word) => word === "--help" || word === "-h")) {
  console.log(help);
  process.exit(0);
}

const say = (line) => console.error(`[setup] ${line}`);

function run(file, parameters, env = process.env) {
  const done = spawnSync(file, parameters, { cwd: root, stdio: ["ignore", 2, 2], env });
  if (done.status !== 0) {
    say(`${file} ${parameters.join(" ")} failed${done.error ? `: ${done.error.message}` : ""}`);
    process.exit(1);
  }
}

/** npm's own program, so that it can run on a Node of our choice. */
function npmCli() {
  const given = process.env.npm_execpath;
  if (given?.endsWith("npm-cli.js")) return given;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, "npm");
    if (!existsSync(file)) continue;
    const real = realpathSync(file);
    if (real.endsWith("npm-cli.js")) return real;
    for (const guess of ["../lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"]) {
      if (existsSync(join(folder, guess))) return join(folder, guess);
    }
  }
  say("npm was not found: install npm next to Node");
  process.exit(1);
}

/** Path of a Node ≥ 24: the running one, or the pinned one fetched into .node. */
function pinnedNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const binary = join(root, ".node/node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  say(`fetching Node ${NODE_VERSION} (${name}); the running Node is ${process.versions.node}`);
  mkdirSync(join(root, ".node"), { recursive: true });
  writeFileSync(join(root, ".node/package.json"), '{"private":true}\n');
  run(process.execPath, [
    npmCli(),
    "install",
    "--prefix",
    join(root, ".node"),
    "--no-save",
    "--no-package-lock",
    "--silent",
    `${name}@${NODE_VERSION}`,
  ]);
  return binary;
}

/** Whether node_modules holds what the lock asks for, platform packages included. */
function isInstalled(lockHash) {
  const stamp = join(root, "node_modules/.tburn-lock");
  if (existsSync(stamp)) return readFileSync(stamp, "utf8") === lockHash;
  const hidden = join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  // A plain `npm ci` under an older Node leaves the platform packages out and is repaired here.
  const edr = join(root, "node_modules/@nomicfoundation");
  if (!existsSync(edr) || !readdirSync(edr).some((name) => name.startsWith("edr-"))) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const have = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const isRight = ([path, entry]) => entry.link || wanted[path]?.version === entry.version;
  const isThere = ([path, entry]) => path === "" || entry.link || entry.optional || have[path] !== undefined;
  return (
    Object.entries(have).every(isRight) &&
    Object.entries(wanted)
      .filter(([path]) => path.includes("node_modules/"))
      .every(isThere)
  );
}

const node = pinnedNode();
const env = {
  ...process.env,
  PATH: [dirname(node), join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
  // What was compiled once is loaded the next time, so that processes start sooner. Not in the system's folder for what is passing: whoever may write there could run as us.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, ".local/compiled"),
};
const lockHash = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
if (!isInstalled(lockHash)) {
  say("installing the locked packages (about a minute)");
  const cli = npmCli();
  rmSync(join(root, "node_modules/.tburn-lock"), { force: true });
  run(node, [cli, "ci", "--no-audit", "--no-fund", "--loglevel=error"], env);
}
writeFileSync(join(root, "node_modules/.tburn-lock"), lockHash);

const [script = "", ...fixed] = program;
const child = spawn(node, [join(root, script), ...fixed, ...args], { stdio: "inherit", env, cwd: root });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
