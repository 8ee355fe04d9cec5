import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StorageLayout } from "@openzeppelin/upgrades-core";
import { type Artifact, artifact, folders } from "../deployer.ts";

const folder = join(import.meta.dirname, "../../../deployments/releases");

/** A contract as it was released; `layout` where it stands behind a proxy. */
interface Released extends Artifact {
  layout?: StorageLayout;
}

const fileOf = (version: string, name: string) => join(folder, version, `${name}.json`);

/** Versions released so far, oldest first. */
export const releases = (): string[] =>
  existsSync(folder) ? readdirSync(folder).sort((a, b) => a.localeCompare(b, "en", { numeric: true })) : [];

/** Names of the contracts of a release. */
export const released = (version: string): string[] =>
  readdirSync(join(folder, version))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();

/** A contract of a release. @throws if the release does not have it */
export function contractOf(version: string, name: string): Released {
  if (!existsSync(fileOf(version, name))) throw new Error(`release ${version} has no ${name}`);
  return JSON.parse(readFileSync(fileOf(version, name), "utf8")) as Released;
}

/**
 * Keeps what is compiled now as the release `version`.
 * @throws if there is one of that version: what was released stays as it was.
 */
export function keep(version: string, layouts: Record<string, StorageLayout>): void {
  if (existsSync(join(folder, version))) throw new Error(`release ${version} exists; a release is never overwritten`);
  mkdirSync(join(folder, version), { recursive: true });
  for (const name of Object.keys(folders)) {
    const { abi, bytecode, linkReferences } = artifact(name);
    const layout = layouts[name];
    const kept: Released = { abi, bytecode, linkReferences, ...(layout && { layout }) };
    writeFileSync(fileOf(version, name), `${JSON.stringify(kept)}\n`);
  }
}
