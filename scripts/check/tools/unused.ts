import { complaints } from "../command.ts";
import type { Rule } from "../rule.ts";

/** Nothing is exported, depended on or kept that nobody uses. */
export const unused: Rule = {
  name: "unused code",
  run: (root) => complaints(root, "knip", ["--no-progress", "--no-config-hints"]),
};
