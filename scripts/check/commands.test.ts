import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Loading all of a program takes seconds on a busy machine; doing its work would take minutes. */
const PATIENCE = 60_000;

describe("every command of package.json", () => {
  it.each(Object.entries(scripts))(
    "%s answers --help in a few lines and does nothing else",
    (_, script) => {
      const [program = "", ...args] = script.split(" ");
      expect(program).toBe("node");
      const { status, stdout } = spawnSync(process.execPath, [...args, "--help"], {
        cwd: root,
        encoding: "utf8",
        timeout: PATIENCE,
      });
      expect(status).toBe(0);
      expect(stdout).toMatch(/npm (run|test|start)/);
      expect(stdout.trim().split("\n").length).toBeLessThan(30);
    },
    2 * PATIENCE,
  );
});
