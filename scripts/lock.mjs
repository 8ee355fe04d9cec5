// Completes package-lock.json with the optional packages of other platforms that a registry did not serve, so that
// `npm ci` accepts the lock everywhere. `--check` only reports: incomplete entries and registry addresses.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const path = join(import.meta.dirname, "../package-lock.json");
const systems = {
  darwin: "darwin",
  linux: "linux",
  win32: "win32",
  windows: "win32",
  android: "android",
  freebsd: "freebsd",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  aix: "aix",
};
const processors = {
  x64: "x64",
  amd64: "x64",
  arm64: "arm64",
  arm: "arm",
  ia32: "ia32",
  ppc64: "ppc64",
  s390x: "s390x",
  riscv64: "riscv64",
  loong64: "loong64",
  wasm32: "wasm32",
};

const lock = JSON.parse(readFileSync(path, "utf8"));
const packages = lock.packages;

/** Looks a name up as Node does: beside the asking package, then in each folder above. */
function isLocked(from, name) {
  const segments = from === "" ? [] : from.split("/node_modules/");
  for (let depth = segments.length; depth >= 0; depth--) {
    const base = segments.slice(0, depth).join("/node_modules/");
    if (packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`]) return true;
  }
  return false;
}

const missing = [];
for (const [from, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(from, name)) continue;
    const words = name.split("/").at(-1).split(/[-.]/);
    const os = words.map((word) => systems[word]).find(Boolean);
    const cpu = words.map((word) => processors[word]).find(Boolean);
    if (os || cpu) missing.push({ name, version: range.replace(/^[\^~=v]+/, ""), os, cpu, dev: entry.dev });
  }
}
const addresses = Object.values(packages).filter((entry) => /^https?:/.test(entry.resolved ?? "")).length;

if (process.argv.includes("--check")) {
  for (const { name, version } of missing)
    console.error(`package-lock.json lacks ${name}@${version}; run node scripts/lock.mjs`);
  if (addresses > 0) console.error(`package-lock.json names a registry ${addresses} times`);
  process.exit(missing.length + addresses > 0 ? 1 : 0);
}
for (const { name, version, os, cpu, dev } of missing) {
  packages[`node_modules/${name}`] = {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} added`);
