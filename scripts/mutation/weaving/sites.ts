import { child, children, type Node, nameOf, type Span, spanOf, typeOf, walk } from "./ast.ts";
import { type Change, changesOf } from "./operators.ts";

/** How a site is written twice: a whole statement, a declaration with its value, a condition, or a modifier's use. */
type Form = "statement" | "declaration" | "condition" | "modifier";

/** A smallest piece of source that can be written in several versions, of which one runs. */
export interface Site extends Span {
  form: Form;
  file: string;
  /** `Contract.function`. */
  place: string;
  /** Declared variables, for a declaration: each with its type, and the left side of the assignment. */
  declares?: { variables: string[]; target: string; value: Span };
  changes: Change[];
}

/** Functions that only show something, and what an initializer's lock or a slot's address is. */
const passed = /^(name|symbol|decimals|_storage|CLOCK_MODE|supportsInterface)$/;
const exits = ["RevertStatement", "Return", "Continue", "Break"];
/** What a mutant cannot leave out: a constructor's base, initializers' bookkeeping, locks against re-entry. */
const kept = /^(initializer|reinitializer|nonReentrant|onlyInitializing)$/;

interface Scope {
  file: string;
  source: Buffer;
  constants: Set<number>;
  place: string;
  /** Whether a `return` may be dropped: a reference to storage or calldata has no default. */
  mayFallThrough: boolean;
}

const text = (scope: Scope, { start, end }: Span) => scope.source.subarray(start, end).toString();

function site(scope: Scope, form: Form, node: Node, root: Node, extra: Change[] = []): Site[] {
  const own = changesOf(root, (one) => text(scope, spanOf(one)), scope.constants);
  const changes = [...extra, ...own].sort((a, b) => a.start - b.start || b.end - a.end);
  if (changes.length === 0) return [];
  return [{ ...spanOf(node), form, file: scope.file, place: scope.place, changes }];
}

/** A statement's span with its semicolon, which solc leaves out of most. */
function withSemicolon(scope: Scope, { start, end }: Span): Span {
  const semicolon = scope.source.indexOf(";", end - 1);
  return { start, end: semicolon + 1 };
}

function simple(scope: Scope, node: Node, drop?: string): Site[] {
  const span = withSemicolon(scope, spanOf(node));
  const dropped = drop ? [{ ...span, operator: drop, with: "" }] : [];
  return site(scope, "statement", node, node, dropped).map((one) => ({ ...one, ...span }));
}

function declaration(scope: Scope, node: Node): Site[] {
  const value = child(node, "initialValue");
  if (!value) return [];
  const declared = children(node, "declarations");
  const slots = (node.declarations as (Node | null)[]).map((one) => (one ? nameOf(one) : ""));
  const target = slots.length > 1 ? `(${slots.join(", ")})` : (slots[0] ?? "");
  const variables = declared.map((one) => text(scope, spanOf(one)));
  return site(scope, "declaration", node, value).map((one) => ({
    ...one,
    ...withSemicolon(scope, one),
    declares: { variables, target, value: spanOf(value) },
  }));
}

const isOnlyExit = (body: Node): boolean => {
  const inner = body.nodeType === "Block" ? children(body, "statements") : [body];
  return inner.length === 1 && exits.includes(inner[0]?.nodeType ?? "");
};

function branch(scope: Scope, node: Node): Site[] {
  const [condition, yes, no] = ["condition", "trueBody", "falseBody"].map((field) => child(node, field));
  if (!condition || !yes) return [];
  const span = spanOf(condition);
  const isGuard = isOnlyExit(yes);
  const isSwapped = ["BinaryOperation", "UnaryOperation"].includes(condition.nodeType);
  const extra = isGuard
    ? [{ ...span, operator: "guard", with: "false" }]
    : isSwapped
      ? []
      : [{ ...span, operator: "logic", with: `!(${text(scope, span)})` }];
  // What the guard does is left out by the condition already.
  const body = isGuard && yes.nodeType !== "Block" ? expressionOnly(scope, yes) : statement(scope, yes);
  return [
    ...site(scope, "condition", condition, condition, extra),
    ...(isGuard && yes.nodeType === "Block"
      ? children(yes, "statements").flatMap((s) => expressionOnly(scope, s))
      : body),
    ...(no ? statement(scope, no) : []),
  ];
}

/** Changes inside an exit whose guard has its own mutant. */
const expressionOnly = (scope: Scope, node: Node): Site[] => simple(scope, node);

function loop(scope: Scope, node: Node): Site[] {
  const [condition, body] = [child(node, "condition"), child(node, "body")];
  return [
    ...(condition ? site(scope, "condition", condition, condition) : []),
    ...(body ? statement(scope, body) : []),
  ];
}

function expression(scope: Scope, node: Node): Site[] {
  const inner = child(node, "expression");
  if (!inner) return [];
  if (inner.nodeType === "FunctionCall") return simple(scope, node, "call dropped");
  const left = child(inner, "leftHandSide");
  // A reference to storage has no default: without the assignment the source would not compile.
  const isNeeded = left !== undefined && /storage pointer/.test(typeOf(left));
  return simple(scope, node, isNeeded ? undefined : "assignment dropped");
}

function statement(scope: Scope, node: Node): Site[] {
  switch (node.nodeType) {
    case "Block":
    case "UncheckedBlock":
      return children(node, "statements").flatMap((one) => statement(scope, one));
    case "IfStatement":
      return branch(scope, node);
    case "ForStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return loop(scope, node);
    case "TryStatement":
      return children(node, "clauses").flatMap((one) => {
        const block = child(one, "block");
        return block ? statement(scope, block) : [];
      });
    case "VariableDeclarationStatement":
      return declaration(scope, node);
    case "ExpressionStatement":
      return expression(scope, node);
    case "EmitStatement":
      return simple(scope, node, "event dropped");
    case "RevertStatement":
      return simple(scope, node, "guard");
    case "Return":
      return simple(scope, node, scope.mayFallThrough ? "return dropped" : undefined);
    case "Continue":
    case "Break":
      return simple(scope, node, "exit dropped");
    default:
      return [];
  }
}

function uses(scope: Scope, node: Node): Site[] {
  return children(node, "modifiers")
    .filter((one) => one.kind === "modifierInvocation")
    .flatMap((one) => {
      const name = nameOf(child(one, "modifierName") ?? one);
      if (kept.test(name) || children(one, "arguments").length > 0) return [];
      const span = spanOf(one);
      const change = { ...span, operator: "modifier dropped", with: "" };
      return [{ ...span, form: "modifier" as const, file: scope.file, place: scope.place, changes: [change] }];
    });
}

const returnsReference = (node: Node) =>
  children(child(node, "returnParameters") ?? node, "parameters").some(({ storageLocation }) =>
    ["storage", "calldata"].includes(String(storageLocation)),
  );

/** Ids of all constants that `units` declare. */
export function constantsOf(units: Node[]): Set<number> {
  const found = new Set<number>();
  for (const unit of units)
    walk(unit, (node) => {
      if (node.nodeType === "VariableDeclaration" && node.mutability === "constant") found.add(node.id);
    });
  return found;
}

/** Every site of one source unit, in order. */
export function sitesOf(unit: Node, file: string, source: Buffer, constants: Set<number>): Site[] {
  const contracts = children(unit, "nodes").filter(({ nodeType }) => nodeType === "ContractDefinition");
  return contracts
    .filter(({ contractKind }) => contractKind !== "interface")
    .flatMap((contract) =>
      children(contract, "nodes").flatMap((node) => {
        const body = child(node, "body");
        const name = nameOf(node) || String(node.kind ?? "");
        if (!body || passed.test(name)) return [];
        const place = `${nameOf(contract)}.${name}`;
        const scope = { file, source, constants, place, mayFallThrough: !returnsReference(node) };
        return [...uses(scope, node), ...statement(scope, body)];
      }),
    );
}
