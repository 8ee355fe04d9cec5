import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");

function fingerprint(patterns: string[]): string {
  const hash = createHash("sha256");
  const found = globSync(patterns, { cwd: root }).filter((file) => statSync(join(root, file)).isFile());
  for (const file of found.sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/**
 * Runs `make` unless it has run for exactly these sources before.
 * @param stamp File that remembers the sources; it goes with the result, so that deleting the result deletes it too.
 * @param results Further paths that must be there.
 * @returns whether anything was made.
 */
export async function onceFor(
  sources: string[],
  stamp: string,
  make: () => Promise<void>,
  results: string[] = [],
): Promise<boolean> {
  const path = join(root, stamp);
  const wanted = fingerprint(sources);
  const isThere = [stamp, ...results].every((file) => existsSync(join(root, file)));
  if (isThere && readFileSync(path, "utf8") === wanted) return false;
  await make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  return true;
}
