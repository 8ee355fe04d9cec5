import { complaints } from "../command.ts";
import type { Rule } from "../rule.ts";
import { files } from "../sources.ts";

const contracts = (root: string) => files(root).filter((file) => file.endsWith(".sol"));

export const solidityFormat: Rule = {
  name: "Solidity format",
  run: async (root) => {
    const all = contracts(root);
    return all.length === 0 ? [] : complaints(root, "prettier", ["--check", "--log-level=warn", ...all]);
  },
};

export const solidityLint: Rule = {
  name: "Solidity lint",
  run: async (root) => {
    const all = contracts(root);
    if (all.length === 0) return [];
    return complaints(
      root,
      "solhint",
      ["--disc", "--noPoster", "--max-warnings=0", "--formatter=unix", ...all],
      /\.sol:\d+/,
    );
  },
};
