import { run } from "../command.ts";
import type { Breach, Rule } from "../rule.ts";

const annotation = /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+)[^:]*::(.*)$/gm;

/** Format and lint of TypeScript, JSON and CSS. */
export const biome: Rule = {
  name: "format and lint",
  run: async (root) => {
    const args = ["ci", "--reporter=github", "--max-diagnostics=500", "--error-on-warnings", "."];
    const { code, output } = await run(root, "biome", args);
    if (code === 0) return [];
    const breaches = [...output.matchAll(annotation)].map(
      ([, title, file = "", line, message]): Breach => ({
        file: file.replace(`${root}/`, ""),
        line: Number(line),
        message: `${title}: ${message}`,
      }),
    );
    return breaches.length > 0 ? breaches : [{ file: "biome", message: output.trim() }];
  },
};
