import { existsSync } from "node:fs";
import { join } from "node:path";
import { complaints } from "../command.ts";
import type { Breach, Rule } from "../rule.ts";

/** What generates a committed file; each script compares with `--check`. */
const generators = [
  "scripts/export-abi.ts",
  "indexer/scripts/print-schema.ts",
  "indexer/scripts/print-access.ts",
  "indexer/scripts/print-openapi.ts",
  "indexer/scripts/dump-schema.ts",
];

/** Committed generated files are what their scripts write now. */
export const generated: Rule = {
  name: "generated files",
  run: async (root) => {
    const breaches: Breach[] = [];
    for (const script of generators.filter((file) => existsSync(join(root, file)))) {
      breaches.push(
        ...(await complaints(root, process.execPath, [script, "--check"])).map((one) => ({ ...one, file: script })),
      );
    }
    return breaches;
  },
};
