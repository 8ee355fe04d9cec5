import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold nothing written by hand. */
const foreign = new Set([
  "node_modules",
  ".git",
  ".node",
  ".local",
  "artifacts",
  "cache",
  "coverage",
  "dist",
  ".state",
]);
const foreignAtRoot = new Set(["types", "out"]);

/** Each file below `root` that people write, as a path with forward slashes relative to `root`. */
export function files(root: string, folder = ""): string[] {
  const found: string[] = [];
  if (!existsSync(join(root, folder))) return found;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (foreign.has(entry.name) || (folder === "" && foreignAtRoot.has(entry.name))) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...files(root, path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

export const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");

export const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith("test/");
/** Files that a script of ours writes: their size and wording are not chosen by hand. */
export const isGenerated = (file: string) =>
  /^deployments\/(abi|releases)\//.test(file) || /(^|\/)(schema\.graphql|schema\.sql|package-lock\.json)$/.test(file);

/** TypeScript files written by hand. */
export const typescript = (root: string) => files(root).filter((file) => /\.tsx?$/.test(file) && !isGenerated(file));

export const lineOf = (text: string, offset: number) => text.slice(0, offset).split("\n").length;
