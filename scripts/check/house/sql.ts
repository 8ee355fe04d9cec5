import { modules, type Node, walk } from "../modules.ts";
import type { Rule } from "../rule.ts";
import { isTest, lineOf } from "../sources.ts";

const statement =
  /^\s*(--[^\n]*\n\s*)*(select\s[\s\S]*\sfrom\s|select\s+(pg_|set_config|count|max|min|1\b)|insert\s+into\s|update\s+[\w."]+\s+(as\s+\w+\s+)?set\s|delete\s+from\s|with\s+[\w"]+(\s*\([^)]*\))?\s+as\s|create\s+(table|index|unique|schema|type|view|function|or\s+replace|database|role|temp)\b|alter\s+(table|type|index|database|role)\b|drop\s+(table|schema|index|view|type|database)\b|truncate\s+[\w."]+|copy\s+[\w."(]+|listen\s+\w+|notify\s+\w+|lock\s+table\s)/i;

const isHome = (file: string) =>
  /\/(domains\/[^/]+\/repository(\.ts|\/[^/]+\.ts)|roles\/[^/]+\/repository\.ts|platform\/.+\/repository\.ts)$/.test(
    file,
  ) || file.startsWith("indexer/src/platform/db/");

/** SQL stands in a domain's or a role's repository.ts and in platform/db; the indexer's drills and tests look from outside. */
export const sql: Rule = {
  name: "SQL only in repository.ts",
  run: (root) =>
    modules(root)
      .filter(({ file }) => file.startsWith("indexer/src/") && !isTest(file) && !isHome(file))
      .flatMap(({ file, text, body }) => {
        const lines: number[] = [];
        walk(body, (node) => {
          const literal = node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
          const template = node.type === "TemplateLiteral" ? text.slice(node.start + 1, node.end - 1) : undefined;
          const written = literal ?? template;
          if (written !== undefined && statement.test(written)) lines.push(lineOf(text, (node as Node).start));
        });
        return lines.map((line) => ({ file, line, message: "writes SQL; move it to repository.ts" }));
      }),
};
