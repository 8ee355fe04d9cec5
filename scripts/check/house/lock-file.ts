import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Breach, Rule } from "../rule.ts";
import { read } from "../sources.ts";

interface Entry {
  version?: string;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const platform = /(^|[-.])(linux|darwin|win32|windows|android|freebsd|x64|amd64|arm64)([-.]|$)/;

function findable(packages: Record<string, Entry>, from: string, name: string): boolean {
  const segments = from === "" ? [] : from.split("/node_modules/");
  return Array.from({ length: segments.length + 1 }, (_, depth) =>
    segments.slice(0, depth).join("/node_modules/"),
  ).some((base) => packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`] !== undefined);
}

/** Versions in package.json are exact, the lock names no registry and holds the packages of every platform. */
export const lockFile: Rule = {
  name: "lock file",
  run: (root) => {
    const file = "package-lock.json";
    if (!existsSync(join(root, file))) return [{ file, message: "is missing" }];
    const { packages } = JSON.parse(read(root, file)) as { packages: Record<string, Entry> };
    const breaches: Breach[] = [];
    for (const [path, entry] of Object.entries(packages)) {
      if (/^(https?|git|ssh)/.test(entry.resolved ?? ""))
        breaches.push({ file, message: `${path} names the registry ${entry.resolved}` });
      const absent = Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => platform.test(name) && !findable(packages, path, name),
      );
      for (const name of absent)
        breaches.push({ file, message: `lacks ${name} of ${path || "the root"}; run node scripts/lock.mjs` });
    }
    for (const manifest of ["package.json", "deployments/package.json", "indexer/package.json", "web/package.json"]) {
      if (!existsSync(join(root, manifest))) continue;
      const declared = JSON.parse(read(root, manifest)) as Record<string, Record<string, string> | undefined>;
      const folder = manifest === "package.json" ? "" : manifest.replace("/package.json", "");
      const locked = (packages[folder] ?? {}) as Record<string, Record<string, string> | undefined>;
      for (const kind of ["dependencies", "devDependencies"]) {
        for (const [name, range] of Object.entries(declared[kind] ?? {})) {
          if (!/^\d/.test(range)) breaches.push({ file: manifest, message: `${name} is not pinned: ${range}` });
          if (locked[kind]?.[name] !== range)
            breaches.push({ file, message: `does not match ${manifest}: ${name} ${range}` });
        }
      }
    }
    return breaches;
  },
};
