import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { codedError } from "./coded-error.ts";
import { MAX_PAGE } from "./connection.ts";

/** Tokens of a document: beyond it, even validating takes long. */
export const MAX_TOKENS = 2_000;
const MAX_DEPTH = 12;
/** The usual introspection query asks for types of types of types. */
const MAX_INTROSPECTION_DEPTH = 16;
const MAX_ALIASES = 20;
const MAX_COST = 50_000;
/** Entries that a list without arguments is taken to have. */
const USUAL_LENGTH = 20;
const SIZES = new Set(["first", "limit", "days", "buckets"]);
/** Entries that a series may have. */
export const MOST_BUCKETS = 366;

interface Measure {
  depth: number;
  cost: number;
  aliases: number;
  introspectionDepth: number;
}

interface Scope {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** Fragments by name: each is measured once, however often it is spread. */
  measured: Map<string, Measure>;
}

const nothing: Measure = { depth: 0, cost: 0, aliases: 0, introspectionDepth: 0 };

/** Whether a field asks for the past: each of its entries is looked up by itself. */
function isOfPast(field: FieldNode, scope: Scope): boolean {
  const value = field.arguments?.find(({ name }) => name.value === "asOfBlock")?.value;
  if (value?.kind === Kind.VARIABLE) return (scope.variables[value.name.value] ?? null) !== null;
  return value !== undefined && value.kind !== Kind.NULL;
}

/** Entries that a field may answer with. */
function entries(field: FieldNode, definition: GraphQLField<unknown, unknown> | undefined, scope: Scope): number {
  const size = definition?.args.find(({ name }) => SIZES.has(name));
  if (size) {
    const given = field.arguments?.find(({ name }) => name.value === size.name)?.value;
    const variable = given?.kind === Kind.VARIABLE ? scope.variables[given.name.value] : undefined;
    const wanted = given?.kind === Kind.INT ? Number(given.value) : (variable ?? size.defaultValue ?? USUAL_LENGTH);
    return Math.min(
      Math.max(Number(wanted) || 1, 1),
      ["days", "buckets"].includes(size.name) ? MOST_BUCKETS : MAX_PAGE,
    );
  }
  const isList = definition !== undefined && isListType(getNullableType(definition.type));
  const isOfConnection = field.name.value === "edges" || field.name.value === "nodes";
  return isList && !isOfConnection ? USUAL_LENGTH : 1;
}

function measureField(field: FieldNode, parent: GraphQLNamedType | undefined, scope: Scope): Measure {
  const isKnown = isObjectType(parent) || isInterfaceType(parent);
  const definition = isKnown ? parent.getFields()[field.name.value] : undefined;
  const below = field.selectionSet
    ? measure(field.selectionSet, definition && getNamedType(definition.type), scope)
    : nothing;
  const aliases = below.aliases + (field.alias ? 1 : 0);
  const isIntrospection = field.name.value.startsWith("__") || (parent === undefined && below.introspectionDepth > 0);
  if (isIntrospection) return { depth: 0, cost: 1, aliases, introspectionDepth: below.depth + 1 };
  return {
    depth: below.depth + 1,
    cost: 1 + below.cost * entries(field, definition, scope) * (isOfPast(field, scope) ? 2 : 1),
    aliases,
    introspectionDepth: below.introspectionDepth,
  };
}

function measureFragment(name: string, scope: Scope): Measure {
  const known = scope.measured.get(name);
  if (known) return known;
  // A fragment that spreads itself is refused by validation; this only has to end.
  scope.measured.set(name, nothing);
  const fragment = scope.fragments.get(name);
  if (!fragment) return nothing;
  const found = measure(fragment.selectionSet, scope.schema.getType(fragment.typeCondition.name.value), scope);
  scope.measured.set(name, found);
  return found;
}

function measure(set: SelectionSetNode, parent: GraphQLNamedType | undefined, scope: Scope): Measure {
  const total = { ...nothing };
  for (const selection of set.selections) {
    const one =
      selection.kind === Kind.FIELD
        ? measureField(selection, parent, scope)
        : selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value, scope)
          : measure(selection.selectionSet, parent, scope);
    total.depth = Math.max(total.depth, one.depth);
    total.introspectionDepth = Math.max(total.introspectionDepth, one.introspectionDepth);
    total.cost += one.cost;
    total.aliases += one.aliases;
  }
  return total;
}

/**
 * Refuses a document before it runs.
 * @throws `QUERY_TOO_DEEP`, `QUERY_TOO_MANY_ALIASES` or `QUERY_TOO_COSTLY`, each with the limit.
 */
export function requireModest(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown> = {},
): void {
  const fragments = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])),
  );
  const scope: Scope = { schema, fragments, variables, measured: new Map() };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation) ?? undefined;
    const { depth, cost, aliases, introspectionDepth } = measure(definition.selectionSet, root, scope);
    if (depth > MAX_DEPTH)
      throw codedError("QUERY_TOO_DEEP", `the query is ${depth} levels deep; ${MAX_DEPTH} are allowed`);
    if (introspectionDepth > MAX_INTROSPECTION_DEPTH)
      throw codedError("QUERY_TOO_DEEP", `introspection may be ${MAX_INTROSPECTION_DEPTH} levels deep`);
    if (aliases > MAX_ALIASES)
      throw codedError("QUERY_TOO_MANY_ALIASES", `the query has ${aliases} aliases; ${MAX_ALIASES} are allowed`);
    if (cost > MAX_COST)
      throw codedError(
        "QUERY_TOO_COSTLY",
        `the query may answer ${cost} fields; ${MAX_COST} are allowed: ask for smaller pages`,
      );
  }
}
