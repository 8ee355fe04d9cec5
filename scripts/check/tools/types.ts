import { existsSync } from "node:fs";
import { join } from "node:path";
import { complaints } from "../command.ts";
import type { Breach, Rule } from "../rule.ts";

/** Types of scripts and tests, indexer and dApp. */
export const types: Rule = {
  name: "types",
  run: async (root) => {
    const breaches: Breach[] = [];
    for (const project of ["tsconfig.json", "indexer/tsconfig.json", "web/tsconfig.json"].filter((file) =>
      existsSync(join(root, file)),
    )) {
      breaches.push(...(await complaints(root, "tsc", ["--noEmit", "--pretty", "false", "-p", project], /error TS/)));
    }
    return breaches;
  },
};
