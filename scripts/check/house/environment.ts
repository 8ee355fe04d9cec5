import { modules, type Node, walk } from "../modules.ts";
import type { Rule } from "../rule.ts";
import { isTest, lineOf } from "../sources.ts";

/** Readers of the environment beside env.ts, each with its reason. */
const exceptions: Record<string, string> = {
  "scripts/test/main.ts": "hands its own environment on to the suites",
  "scripts/test/long.ts": "hands its own environment on to the suites",
  "scripts/mutation/running/workshop.ts": "hands its own environment on to the tests",
  "scripts/check/command.ts": "hands its own environment on to the tools",
};

const isAllowed = (file: string) =>
  /(^|\/)env\.ts$/.test(file) || isTest(file) || /(^|\/)[a-z.]+\.config\.ts$/.test(file) || file in exceptions;

const isName = (node: unknown, name: string) =>
  (node as Node | undefined)?.type === "Identifier" && (node as Node).name === name;

/** `process.env` and `import.meta.env` are read in files named env.ts alone. */
export const environment: Rule = {
  name: "process.env only in env.ts",
  run: (root) =>
    modules(root)
      .filter(({ file }) => !isAllowed(file))
      .flatMap(({ file, text, body, imports }) => {
        const lines = imports.filter(({ specifier }) => /^(node:)?process$/.test(specifier)).map(({ line }) => line);
        walk(body, (node) => {
          if (node.type !== "MemberExpression") return;
          const fromMeta = (node.object as Node).type === "MetaProperty" && isName(node.property, "env");
          if (fromMeta || (isName(node.object, "process") && isName(node.property, "env")))
            lines.push(lineOf(text, node.start));
        });
        return lines.map((line) => ({ file, line, message: "reads the environment; only env.ts does" }));
      }),
};
