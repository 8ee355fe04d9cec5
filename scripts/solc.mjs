#!/usr/bin/env node
import { readFileSync } from "node:fs";
// The locked wasm compiler behind the two options by which forge calls a native one. Needs no network.
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");
if (process.argv.includes("--version")) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
}
