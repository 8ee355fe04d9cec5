import { spawn } from "node:child_process";
import { join } from "node:path";
import { onceFor } from "./stamp.ts";

const root = join(import.meta.dirname, "../../..");

/** Runs a program of this Node quietly. @throws with its output if it fails. */
function run(script: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`${script} failed:\n${output}`))));
  });
}

const common = ["package-lock.json", "deployments/*.ts", "deployments/abi/*.ts"];

/** Compiles the contracts if they changed since the last time. */
export const buildContracts = () =>
  onceFor(
    ["contracts/**/*.sol", "hardhat.config.ts", "package-lock.json"],
    "artifacts/.stamp",
    () => run("node_modules/hardhat/dist/src/cli.js", ["build", "--no-tests"], root),
    ["types/index.ts"],
  );

/** Where the built dApp lies; the one for local chains contains the demo accounts, the production build does not. */
export const dappDir = (isLocal: boolean) => join(root, "web/dist", isLocal ? "local" : "production");

/** Builds the dApp if it changed since the last time. */
export const buildDapp = (isLocal: boolean) =>
  onceFor(
    [
      "web/src/**/*",
      "web/public/**/*",
      "web/index.html",
      "web/*.ts",
      "web/scripts/*.ts",
      "web/package.json",
      ...common,
    ],
    join("web/dist", isLocal ? "local" : "production", ".stamp"),
    () =>
      run("node_modules/vite/bin/vite.js", ["build", ...(isLocal ? ["--mode", "local-chain"] : [])], join(root, "web")),
  );
