import { createRequire } from "node:module";
import { child, children, type Node, spanOf, walk } from "../mutation/weaving/ast.ts";

const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };

/** Lines of a source, counted from 1. */
export interface Places {
  /** Where a statement begins; a line of declarations alone does nothing that a test could reach. */
  lines: Set<number>;
  /** For each branch, where its first statement begins. */
  branches: number[];
}

const isStatement = ({ nodeType }: Node) =>
  /Statement$|^(Return|Continue|Break|InlineAssembly)$/.test(nodeType) && nodeType !== "PlaceholderStatement";

/** First statement of a body; undefined if it is empty. */
function firstOf(body: Node): Node | undefined {
  if (!/Block$/.test(body.nodeType)) return body;
  const [first] = children(body, "statements");
  return first && firstOf(first);
}

/**
 * Branches of a statement, as forge counts them: what `if` and `else` do, and what each outcome of a `try` does. An `if`
 * without `else` has one, and so has a loop none.
 */
function branchesOf(node: Node): Node[] {
  const bodies = [child(node, "trueBody"), child(node, "falseBody")];
  const outcomes = children(node, "clauses").map((clause) => child(clause, "block"));
  return [...bodies, ...outcomes].flatMap((body) => (body ? (firstOf(body) ?? []) : []));
}

/** Statements and branches of each source. @param sources Texts by path. */
export function placesOf(sources: Record<string, string>): Map<string, Places> {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }])),
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as { sources: Record<string, { ast: Node }> };
  return new Map(
    Object.entries(sources).map(([file, content]) => {
      const bytes = Buffer.from(content);
      const lineOf = (node: Node) => bytes.subarray(0, spanOf(node).start).toString().split("\n").length;
      const places: Places = { lines: new Set(), branches: [] };
      const { ast } = output.sources[file] ?? {};
      if (!ast) throw new Error(`solc does not understand ${file}`);
      walk(ast, (node) => {
        if (!isStatement(node)) return;
        places.lines.add(lineOf(node));
        if (/^(If|Try)Statement$/.test(node.nodeType)) places.branches.push(...branchesOf(node).map(lineOf));
      });
      return [file, places];
    }),
  );
}
