/** A node of solc's syntax tree. */
export interface Node {
  id: number;
  nodeType: string;
  /** `start:length:file`, in bytes. */
  src: string;
  [field: string]: unknown;
}

/** A piece of one source, in bytes. */
export interface Span {
  start: number;
  end: number;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).nodeType === "string";

export function spanOf(node: Node): Span {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return { start, end: start + length };
}

/** The node in `field`, if there is one. */
export function child(node: Node, field: string): Node | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list in `field`; gaps, as in `(a, , b)`, are left out. */
export function children(node: Node, field: string): Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Calls `visit` with `node` and everything below it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) walk(one, visit);
  }
}

/** Type of an expression as solc names it, such as `uint256`. */
export const typeOf = (node: Node): string =>
  (node.typeDescriptions as { typeString?: string } | undefined)?.typeString ?? "";

/** Name of an identifier or member. */
export const nameOf = (node: Node): string => String(node.name ?? node.memberName ?? "");
