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
const commands = {
  start: ["scripts/local/main.ts"],
  test: ["scripts/test/main.ts"],
  "test:long": ["scripts/test/long.ts"],
  check: ["scripts/check/check.ts"],
  analyse: ["scripts/check/proofs/main.ts"],
  build: ["scripts/build.ts"],
  coverage: ["scripts/coverage/main.ts"],
  deploy: ["scripts/deploy/main.ts"],
  drill: ["indexer/scripts/drill/main.ts"],
  mutate: ["scripts/mutation/main.ts"],
  gas: ["node_modules/hardhat/dist/src/cli.js", "run", "scripts/gas/main.ts"],
  indexer: ["indexer/src/cli.ts"],
  release: ["scripts/deploy/release/main.ts"],
  reporter: ["indexer/src/cli.ts", "report"],
};

const [command = "", ...args] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`usage: node scripts/bootstrap.mjs <${Object.keys(commands).join("|")}> [arguments]`);
  process.exit(command === "--help" ? 0 : 1);
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

const [script = "", ...fixed] = commands[command];
const child = spawn(node, [join(root, script), ...fixed, ...args], { stdio: "inherit", env, cwd: root });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
