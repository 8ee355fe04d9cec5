import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DistributionBreach, readClasses, type TableClass } from "./distribution.ts";

const source = join(import.meta.dirname, "../src");

/** Functions that tell something else each time: PostgreSQL's `provolatile = 'v'`, as far as anybody would update by one. */
const VOLATILE =
  /\b(clock_timestamp|timeofday|random|random_normal|gen_random_uuid|uuidv[47]|nextval|setval|set_config)\s*\(/i;

/** An update, or what an insert does where it meets a row: the table, and everything up to the end of the statement. */
const UPDATES = [
  /\bupdate\s+((?:app|chain|ops)\.\w+)(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\s+([^`"]*)/gi,
  /\binsert\s+into\s+((?:app|chain|ops)\.\w+)[^`"]*?\bdo\s+update\s+set\s+([^`"]*)/gi,
];
/** Ends the list of columns that are set, outside of brackets. */
const LIST_ENDS = /^\s*(where|from|returning)\b/i;

/** Names of the columns that a list sets: what stands before each equals sign, outside of brackets. */
function setsOf(text: string): string[] {
  const items = [""];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? "";
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (depth === 0 && LIST_ENDS.test(text.slice(i))) break;
    if (depth === 0 && letter === ",") items.push("");
    else items[items.length - 1] += letter;
  }
  return items.flatMap((item) => [...(item.split("=")[0] ?? "").matchAll(/\w+/g)].map(([name]) => name));
}

type Found = Omit<DistributionBreach, "object">;

function ofUpdates(text: string, classes: Record<string, TableClass>): Found[] {
  const found: Found[] = [];
  for (const [, table = "", rest = ""] of UPDATES.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const { kind, key } = classes[table] ?? { kind: "local" };
    if (kind !== "distributed") continue;
    if (setsOf(rest).includes(key ?? "")) {
      found.push({ rule: "3 a key never changes", message: `sets ${key} of ${table}: write another row instead` });
    }
    const volatile = VOLATILE.exec(rest)?.[1];
    if (volatile) {
      found.push({ rule: "8 no volatile updates", message: `updates ${table} by ${volatile}: pass its value instead` });
    }
  }
  return found;
}

/** Rows that are claimed by whoever comes first: only where one machine has them all, or where the key names it. */
function ofClaims(text: string, classes: Record<string, TableClass>): Found[] {
  return [...text.matchAll(/\bfrom\s+((?:app|chain|ops)\.\w+)([^`"]*?)\bskip\s+locked\b/gi)].flatMap(
    ([, table = "", rest = ""]) => {
      const { kind, key } = classes[table] ?? { kind: "local" };
      if (kind !== "distributed" || new RegExp(`\\b${key}\\s*=\\s*\\$`).test(rest)) return [];
      return [{ rule: "9 queues stay on one machine", message: `claims rows of ${table} without ${key} = $n` }];
    },
  );
}

/** Settings of who asks: they must not outlive the transaction, for the connection is somebody else's next. */
function ofSettings(text: string): Found[] {
  const rule = "10 who asks is said to the transaction";
  const lasting = [...text.matchAll(/\bset_config\(\s*'app\.[^)]*?,\s*(\w+)\s*\)/gi)].filter(
    ([, local]) => local !== "true",
  );
  const sessions = text.match(/["'`]\s*set\s+(session\s+|role\b|app\.)/gi) ?? [];
  return [...lasting, ...sessions].map(() => ({ rule, message: "sets something for a whole connection" }));
}

/** What breaks the schema rules in the statements of one text. */
export const breachesIn = (text: string, classes: Record<string, TableClass>): Found[] => [
  ...ofUpdates(text, classes),
  ...ofClaims(text, classes),
  ...ofSettings(text),
];

/** Proves, on the source of the indexer, the schema rules that no catalog shows. */
export function lintStatements(classes = readClasses()): DistributionBreach[] {
  return globSync("**/*.ts", { cwd: source })
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) =>
      breachesIn(readFileSync(join(source, file), "utf8"), classes).map((found) => ({ object: file, ...found })),
    );
}
