import type { Breach, Rule } from "../rule.ts";
import { files, isGenerated } from "../sources.ts";

const empty = /^(utils?|helpers?|common|misc)$/i;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

function objection(file: string): string | undefined {
  const parts = file.split("/");
  const name = parts.at(-1) ?? "";
  const stem = name.replace(/\..*$/, "");
  const vague = [...parts.slice(0, -1), stem].find((part) => empty.test(part));
  if (vague !== undefined) return `"${vague}" says nothing about its content`;
  if (isGenerated(file)) return undefined;
  // Contract tests are named after the function and the contract that they promise about.
  if (/^test\/.*\.test\.ts$/.test(file)) return undefined;
  if (name.endsWith(".tsx") && !pascal.test(stem) && !kebab.test(stem))
    return "a component is PascalCase, any other file kebab-case";
  if (name.endsWith(".ts") && !kebab.test(stem)) return "a TypeScript file is kebab-case";
  if (name.endsWith(".sol") && !/^[A-Z][A-Za-z0-9]*(__(Mock|Harness))?(\.t)?\.sol$/.test(name))
    return "a contract is PascalCase, or Name__Mock, Name__Harness";
  if (/^indexer\/migrations\//.test(file) && !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    return "a migration is named 0001_domain_subject.sql";
  return undefined;
}

/** Names say what is inside, in the one spelling of their kind. */
export const names: Rule = {
  name: "names",
  run: (root) =>
    files(root).flatMap((file): Breach[] => {
      const message = objection(file);
      return message === undefined ? [] : [{ file, message }];
    }),
};
