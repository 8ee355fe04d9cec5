import { modules, type Node, walk } from "../modules.ts";
import type { Breach, Rule } from "../rule.ts";
import { files, isGenerated, isTest, lineOf, read } from "../sources.ts";

const ceilings = { typescript: 300, component: 150, contract: 600, function: 50, folder: 12, depth: 5 };
const wings = new Set(["bench", "contracts", "deployments", "docs", "indexer", "scripts", "test", "web"]);
/** Folders with one entry per section of the specification: their length is the vocabulary's, not a heap's. */
const vocabulary = /^(contracts|test|indexer\/src\/domains|web\/src\/features)$/;
/** Folders that grow by one numbered or generated file at a time. */
const growing =
  /^(indexer\/migrations|scripts\/deploy\/steps|deployments\/abi|docs\/decisions|docs\/screens|web\/public|deployments\/releases\/[^/]+|web\/src\/shared\/i18n\/(en|ko))$/;

const isComponent = (file: string) => /\/[A-Z][^/]*\.tsx$/.test(file) && !isTest(file);

function fileSizes(root: string, all: string[]): Breach[] {
  return all.flatMap((file) => {
    const kind = file.endsWith(".sol") ? "contract" : isComponent(file) ? "component" : "typescript";
    if (!/\.(sol|tsx?)$/.test(file) || isGenerated(file)) return [];
    const lines = read(root, file).trimEnd().split("\n").length;
    return lines > ceilings[kind] ? [{ file, message: `${lines} lines, ceiling ${ceilings[kind]} (${kind})` }] : [];
  });
}

function functionSizes(root: string): Breach[] {
  return modules(root)
    .filter(({ file }) => !isTest(file))
    .flatMap(({ file, text, body }) => {
      const breaches: Breach[] = [];
      walk(body, (node: Node) => {
        if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
        const line = lineOf(text, node.start);
        const lines = lineOf(text, node.end) - line + 1;
        const ceiling = file.endsWith(".tsx") ? ceilings.component : ceilings.function;
        if (lines > ceiling) breaches.push({ file, line, message: `a function of ${lines} lines, ceiling ${ceiling}` });
      });
      return breaches;
    });
}

function folderSizes(all: string[]): Breach[] {
  const entries = new Map<string, Set<string>>();
  for (const file of all) {
    const parts = file.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join("/");
      if (!/\.test\.tsx?$/.test(file)) entries.set(folder, (entries.get(folder) ?? new Set()).add(parts[depth] ?? ""));
    }
  }
  const crowded = [...entries].filter(
    ([folder, names]) => names.size > ceilings.folder && !growing.test(folder) && !vocabulary.test(folder),
  );
  return crowded.map(([file, names]) => ({ file, message: `${names.size} entries, ceiling ${ceilings.folder}` }));
}

function depths(all: string[]): Breach[] {
  const deep = all.filter((file) => file.split("/").length - 2 > ceilings.depth);
  return deep.map((file) => ({
    file,
    message: `${file.split("/").length - 2} folders below its wing, ceiling ${ceilings.depth}`,
  }));
}

/** Ceilings of file, function and folder sizes, and of depth below a wing. */
export const sizes: Rule = {
  name: "size ceilings",
  run: (root) => {
    const all = files(root).filter((file) => wings.has(file.split("/")[0] ?? ""));
    return [...fileSizes(root, all), ...functionSizes(root), ...folderSizes(all), ...depths(all)];
  },
};
