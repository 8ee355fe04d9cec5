import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/**
 * Makes a copy of the project in which contracts are changed and tested while no other command meets them. What tests need is
 * copied anew each time, for it may have changed; what was compiled there before is kept.
 * @param folders Which folders of the project.
 */
export function furnish(house: string, folders: string[]): void {
  mkdirSync(house, { recursive: true });
  for (const folder of folders) {
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
