import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const kept = join(import.meta.dirname, "../../../.local/bench/peers");

/**
 * Lays a peer's project out in a folder that git ignores, with its packages: from npm the first time, kept afterwards.
 * @param name A folder beside this file.
 * @returns the folder
 */
export async function installPeer(name: string, say: (line: string) => void): Promise<string> {
  const [template, folder] = [join(import.meta.dirname, name), join(kept, name)];
  mkdirSync(folder, { recursive: true });
  cpSync(template, folder, { recursive: true });
  const wanted = createHash("sha256")
    .update(readFileSync(join(template, "package.json")))
    .digest("hex");
  const stamp = join(folder, "node_modules/.wanted");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  say(`installing ${name} (about a minute)`);
  // No lock: it would name a registry.
  const options = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--no-package-lock"];
  await promisify(execFile)("npm", options, { cwd: folder });
  writeFileSync(stamp, wanted);
  return folder;
}
