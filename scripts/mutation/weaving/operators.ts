import { child, children, type Node, nameOf, type Span, spanOf, typeOf, walk } from "./ast.ts";

/** What a mutant writes in place of a piece of the source. */
export interface Change extends Span {
  operator: string;
  /** Source text that stands there instead. */
  with: string;
}

/** Source text of a node. */
type Text = (node: Node) => string;

const binary: Record<string, [operator: string, others: string[]]> = {
  "+": ["arithmetic", ["-"]],
  "-": ["arithmetic", ["+"]],
  "*": ["arithmetic", ["/"]],
  "/": ["arithmetic", ["*"]],
  "%": ["arithmetic", ["*"]],
  "<": ["comparison", ["<=", ">="]],
  "<=": ["comparison", ["<", ">"]],
  ">": ["comparison", [">=", "<="]],
  ">=": ["comparison", [">", "<"]],
  "==": ["comparison", ["!="]],
  "!=": ["comparison", ["=="]],
  "&&": ["logic", ["||"]],
  "||": ["logic", ["&&"]],
  "&": ["bits", ["|"]],
  "|": ["bits", ["&"]],
  "^": ["bits", ["&"]],
  "<<": ["bits", [">>"]],
  ">>": ["bits", ["<<"]],
};
const compound: Record<string, string> = { "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=", "&=": "|=" };
/** Functions and members of one shape that do the other thing. */
const siblings: Record<string, [operator: string, other: string]> = {
  min: ["min and max", "max"],
  max: ["min and max", "min"],
  Ceil: ["rounding", "Floor"],
  Floor: ["rounding", "Ceil"],
};

const at = (node: Node, operator: string, text: string): Change => ({ ...spanOf(node), operator, with: text });

function ofBinary(node: Node, text: Text): Change[] {
  const [left, right] = [child(node, "leftExpression"), child(node, "rightExpression")];
  const [operator, others] = binary[String(node.operator)] ?? ["", []];
  if (!left || !right) return [];
  return others.map((other) => at(node, operator, `(${text(left)} ${other} ${text(right)})`));
}

function ofAssignment(node: Node, text: Text): Change[] {
  const [left, right] = [child(node, "leftHandSide"), child(node, "rightHandSide")];
  const other = compound[String(node.operator)];
  return left && right && other ? [at(node, "assignment", `${text(left)} ${other} ${text(right)}`)] : [];
}

function ofUnary(node: Node, text: Text): Change[] {
  const operand = child(node, "subExpression");
  if (!operand) return [];
  if (node.operator === "!") return [at(node, "logic", `(${text(operand)})`)];
  const other = { "++": "--", "--": "++" }[String(node.operator)];
  if (!other) return [];
  return [at(node, "arithmetic", node.prefix ? other + text(operand) : text(operand) + other)];
}

function ofConditional(node: Node, text: Text): Change[] {
  const parts = ["condition", "falseExpression", "trueExpression"].map((field) => child(node, field));
  const [condition, no, yes] = parts.map((part) => part && text(part));
  return [at(node, "branches", `(${condition} ? ${no} : ${yes})`)];
}

function ofLiteral(node: Node, text: Text): Change[] {
  if (node.kind === "bool") return [at(node, "literal", node.value === "true" ? "false" : "true")];
  if (node.kind !== "number") return [];
  const value = text(node);
  if (typeOf(node).startsWith("address")) return [];
  return [at(node, "literal", /^\d+$/.test(value) ? String(BigInt(value) + 1n) : `(${value} + 1)`)];
}

/** Roundings that a call implies: `mulDiv` of three arguments rounds down, `toSharesUp` up. */
function ofCall(node: Node, text: Text): Change[] {
  const callee = child(node, "expression");
  const args = children(node, "arguments").map(text);
  if (!callee) return [];
  const bound = callee.nodeType === "MemberAccess" ? child(callee, "expression") : undefined;
  const isLibrary = bound !== undefined && /^type\(/.test(typeOf(bound));
  if (nameOf(callee) === "mulDiv" && args.length === (isLibrary ? 3 : 2))
    return [at(node, "rounding", `${text(callee)}(${[...args, "Math.Rounding.Ceil"].join(", ")})`)];
  if (nameOf(callee) === "toSharesUp")
    return [at(node, "rounding", `${text(callee).replace(/Up$/, "Down")}(${args.slice(0, -1).join(", ")})`)];
  return [];
}

function ofName(node: Node, text: Text, constants: Set<number>): Change[] {
  const name = nameOf(node);
  if (constants.has(Number(node.referencedDeclaration)) && /^uint\d+$/.test(typeOf(node)))
    return [at(node, "constant", `(${text(node)} + 1)`)];
  const [operator, other] = siblings[name] ?? [];
  if (!operator || !other || node.nodeType !== "MemberAccess") return [];
  return [at(node, operator, text(node).replace(new RegExp(`${name}$`), other))];
}

/**
 * Every change of one expression or simple statement.
 * @param constants Declarations of constants, whose uses may be off by one.
 */
export function changesOf(root: Node, text: Text, constants: Set<number>): Change[] {
  const found: Change[] = [];
  walk(root, (node) => {
    if (node.nodeType === "BinaryOperation") found.push(...ofBinary(node, text));
    else if (node.nodeType === "Assignment") found.push(...ofAssignment(node, text));
    else if (node.nodeType === "UnaryOperation") found.push(...ofUnary(node, text));
    else if (node.nodeType === "Conditional") found.push(...ofConditional(node, text));
    else if (node.nodeType === "Literal") found.push(...ofLiteral(node, text));
    else if (node.nodeType === "FunctionCall") found.push(...ofCall(node, text));
    else if (node.nodeType === "Identifier" || node.nodeType === "MemberAccess")
      found.push(...ofName(node, text, constants));
  });
  return found;
}
