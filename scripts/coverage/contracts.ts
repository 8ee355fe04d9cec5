// Line and branch coverage of the contracts by the Solidity tests of test/invariants, measured
// by forge with the locked compiler (about two minutes). Fails below the floor. The TypeScript tests come on top; for
// their lines and statements: hardhat test --coverage.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const report = "cache/forge/lcov.info";
/** Percent of lines, and of branches, that must be covered. */
const floor = 95;

interface Cover {
  lines: number[];
  branches: number[];
  missed: number[];
}

/** Hits per file, out of an LCOV report. */
function parse(text: string): Map<string, Cover> {
  const files = new Map<string, Cover>();
  let cover: Cover | undefined;
  for (const line of text.split("\n")) {
    const [key = "", value = ""] = line.split(/:(.*)/);
    const fields = value.split(",");
    const hits = Number(fields.at(-1)) || 0;
    if (key === "SF") {
      cover = /^contracts\/(?!mocks\/)/.test(value) ? { lines: [], branches: [], missed: [] } : undefined;
      if (cover) files.set(value, cover);
    } else if (key === "DA") cover?.lines.push(Number(fields[1]));
    else if (key === "BRDA") {
      cover?.branches.push(hits);
      if (hits === 0) cover?.missed.push(Number(fields[0]));
    }
  }
  return files;
}

const hit = (counts: number[]) => counts.filter((count) => count > 0).length;
const percent = (part: number, whole: number) => (whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10);

// Forge writes no report into a folder that does not exist.
mkdirSync(join(root, "cache/forge"), { recursive: true });
const args = ["coverage", "--ir-minimum", "--report", "lcov", "--report-file", report];
const done = spawnSync("forge", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
if (done.status !== 0) {
  console.error(done.stdout, done.stderr, done.error ?? "");
  process.exit(1);
}
const sums = { lines: [0, 0], branches: [0, 0] };
for (const [file, { lines, branches, missed }] of [...parse(readFileSync(join(root, report), "utf8"))].sort()) {
  sums.lines = [(sums.lines[0] ?? 0) + hit(lines), (sums.lines[1] ?? 0) + lines.length];
  sums.branches = [(sums.branches[0] ?? 0) + hit(branches), (sums.branches[1] ?? 0) + branches.length];
  const open = missed.length > 0 ? `  not taken at ${missed.join(", ")}` : "";
  console.log(
    `${file.padEnd(48)} lines ${hit(lines)}/${lines.length}, branches ${hit(branches)}/${branches.length}${open}`,
  );
}
const lines = percent(sums.lines[0] ?? 0, sums.lines[1] ?? 0);
const branches = percent(sums.branches[0] ?? 0, sums.branches[1] ?? 0);
console.log(JSON.stringify({ lines, branches, floor }));
process.exit(lines < floor || branches < floor ? 1 : 0);
