// Writes docs/access.md: who may do and see what, as the rules of all domains say it. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessRules } from "../src/app.ts";
import { levels, roles } from "../src/platform/access/actor.ts";
import type { FieldRule, Verb } from "../src/platform/access/decide.ts";

const path = join(import.meta.dirname, "../../docs/access.md");
const grants = ["self", ...levels, ...roles.filter((role) => role !== "auditor")];
/** A table whose columns are as wide as their widest cell. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((cells) => cells[i]?.length ?? 0)));
  const row = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [row(head), row(widths.map((width) => "-".repeat(width))), ...rows.map(row)].join("\n");
}
const marks = (held: readonly string[], mark: string) => grants.map((grant) => (held.includes(grant) ? mark : ""));

const verbRow = ({ name, may, stepUp, scope }: Verb) => [
  `\`${name}\``,
  ...marks(may, "✓"),
  stepUp ? "yes" : "",
  scope ? `\`${scope}\`` : "",
];
const uses = ["read", "masked", "filter", "sort", "write"] as const;
function fieldRow([name, rule]: [string, FieldRule]): string[] {
  const seen = grants.map((grant) => uses.filter((use) => rule[use]?.includes(grant as never)).join(", "));
  return [`\`${name}\``, ...seen];
}

const verbs = accessRules().flatMap(({ access }) => access.verbs);
const fields = accessRules().flatMap(({ access }) => Object.entries(access.fields ?? {}));
const printed = `# Who may do what

Written by \`npm run build\` from the rules that every request is decided by (\`indexer/src/platform/access/decide.ts\`).
Whoever has no mark may not. \`self\` is the member whose row it is; \`admin\` is all of the staff but auditors;
\`administrator\` and \`compliance\` are roles of it. Whoever signs in is \`public\` and \`member\`, too. Step-up asks for a
second factor within the last five minutes. An API key may what its member may without any role, where it has the scope;
where no scope stands, no key may.

${table(["verb", ...grants, "step-up", "API key"], verbs.toSorted((a, b) => a.name.localeCompare(b.name)).map(verbRow))}
${fields
  .map(
    ([entity, rules]) => `
## Fields of ${entity}

${table(["field", ...grants], Object.entries(rules).map(fieldRow))}
`,
  )
  .join("")}`;

if (!process.argv.includes("--check")) writeFileSync(path, printed);
else if (readFileSync(path, "utf8") !== printed) {
  console.error("stale: docs/access.md; run npm run build");
  process.exit(1);
}
