import { modules } from "../modules.ts";
import type { Rule } from "../rule.ts";

/** A name is imported from the file that declares it: no `export … from`. */
export const barrels: Rule = {
  name: "no barrels",
  run: (root) =>
    modules(root).flatMap(({ file, imports }) =>
      imports
        .filter(({ isReExport }) => isReExport)
        .map(({ line, specifier }) => ({
          file,
          line,
          message: `re-exports ${specifier}; import it from where it is declared`,
        })),
    ),
};
