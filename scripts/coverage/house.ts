import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** A copy of the project, so that no other command meets contracts that were built to be counted. */
export const house = join(root, "cache/coverage/house");

/** Copies what tests need; what was compiled there before is kept. */
export function furnish(): void {
  mkdirSync(house, { recursive: true });
  for (const folder of ["contracts", "test", "scripts", "deployments"]) {
    rmSync(join(house, folder), { recursive: true, force: true });
    cpSync(join(root, folder), join(house, folder), {
      recursive: true,
      filter: (path) => basename(path) !== "node_modules" && basename(path) !== "journeys",
    });
  }
  for (const file of ["package.json", "tsconfig.json", "hardhat.config.ts"])
    copyFileSync(join(root, file), join(house, file));
  if (!existsSync(join(house, "node_modules")))
    symlinkSync(join(root, "node_modules"), join(house, "node_modules"), "junction");
}
