import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync } from "oxc-parser";
import { lineOf, read, typescript } from "./sources.ts";

/** An import or re-export of one module by another. */
export interface Import {
  specifier: string;
  /** Path of the imported file relative to the root; undefined for a package. */
  target?: string;
  line: number;
  /** Erased before running, so it cannot be part of a runtime circle. */
  typeOnly: boolean;
  isReExport: boolean;
}

export interface Module {
  file: string;
  text: string;
  imports: Import[];
  /** Syntax tree as plain objects. */
  body: unknown[];
}

const workspaces: Record<string, string> = {
  "@tburn/deployments": "deployments",
  "@tburn/indexer": "indexer",
  "@tburn/web": "web",
};

function resolve(root: string, from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.normalize(posix.join(dirname(from), specifier)).replace(/\?.*$/, "");
  const workspace = Object.keys(workspaces).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (workspace === undefined) return undefined;
  const rest = specifier.slice(workspace.length + 1) || "index.ts";
  const path = `${workspaces[workspace]}/${rest}`;
  return existsSync(join(root, path)) || path.endsWith(".ts") ? path : `${path}.ts`;
}

/** Reads one TypeScript file and what it imports. */
function parseModule(root: string, file: string): Module {
  const text = read(root, file);
  const { module, program } = parseSync(file, text);
  const add = (specifier: string, offset: number, typeOnly: boolean, isReExport: boolean): Import => ({
    specifier,
    target: resolve(root, file, specifier),
    line: lineOf(text, offset),
    typeOnly,
    isReExport,
  });
  const imports: Import[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    imports.push(add(moduleRequest.value, start, typeOnly, false));
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries.find(
      ({ moduleRequest }) => moduleRequest !== undefined && moduleRequest !== null,
    )?.moduleRequest;
    if (from)
      imports.push(
        add(
          from.value,
          start,
          entries.every(({ isType }) => isType),
          true,
        ),
      );
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^["'`]([^"'`$]+)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1]) imports.push(add(literal[1], moduleRequest.start, false, false));
  }
  return { file, text, imports, body: program.body };
}

const parsed = new Map<string, Module[]>();

/** All TypeScript modules below `root`, parsed once per run. */
export function modules(root: string): Module[] {
  const known = parsed.get(root);
  if (known) return known;
  const all = typescript(root).map((file) => parseModule(root, file));
  parsed.set(root, all);
  return all;
}

/** A node of the syntax tree. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Calls `visit` for each node of a syntax tree, parents first. */
export function walk(tree: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(tree)) {
    for (const item of tree) walk(item, visit);
  } else if (isNode(tree)) {
    visit(tree);
    for (const value of Object.values(tree)) if (typeof value === "object") walk(value, visit);
  }
}
