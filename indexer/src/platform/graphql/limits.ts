import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { MAX_PAGE } from "./connection.ts";

const MAX_DEPTH = 12;
const MAX_ALIASES = 20;
const MAX_COST = 5_000;

const coded = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

interface Measure {
  depth: number;
  cost: number;
  aliases: number;
}

function pageSize(field: ASTNode & { kind: Kind.FIELD }, variables: Record<string, unknown>): number {
  const argument = field.arguments?.find(({ name }) => name.value === "first" || name.value === "limit");
  if (!argument) return 1;
  if (argument.value.kind === Kind.INT) return Math.min(Number(argument.value.value), MAX_PAGE);
  if (argument.value.kind === Kind.VARIABLE)
    return Math.min(Number(variables[argument.value.name.value] ?? 20), MAX_PAGE);
  return 1;
}

function measure(
  set: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
  level: number,
): Measure {
  const total: Measure = { depth: level, cost: 0, aliases: 0 };
  // A fragment may spread itself; validation reports that, this only has to end.
  if (level > MAX_DEPTH) return { ...total, depth: level };
  for (const selection of set.selections) {
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragments.get(selection.name.value)?.selectionSet
        : selection.selectionSet;
    const isField = selection.kind === Kind.FIELD;
    if (isField && selection.alias) total.aliases++;
    const below = inner ? measure(inner, fragments, variables, isField ? level + 1 : level) : undefined;
    total.depth = Math.max(total.depth, below?.depth ?? level);
    total.aliases += below?.aliases ?? 0;
    total.cost += (isField ? 1 : 0) + (below?.cost ?? 0) * (isField ? pageSize(selection, variables) : 1);
  }
  return total;
}

/**
 * Refuses a document before it runs.
 * @throws `QUERY_TOO_DEEP`, `QUERY_TOO_MANY_ALIASES` or `QUERY_TOO_COSTLY`, each with the limit.
 */
export function requireModest(document: DocumentNode, variables: Record<string, unknown>): void {
  const fragments = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])),
  );
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const isIntrospection = definition.selectionSet.selections.every(
      (s) => s.kind === Kind.FIELD && s.name.value.startsWith("__"),
    );
    if (isIntrospection) continue;
    const { depth, cost, aliases } = measure(definition.selectionSet, fragments, variables, 1);
    if (depth > MAX_DEPTH)
      throw coded("QUERY_TOO_DEEP", `the query is ${depth} levels deep or more; ${MAX_DEPTH} are allowed`);
    if (aliases > MAX_ALIASES)
      throw coded("QUERY_TOO_MANY_ALIASES", `the query has ${aliases} aliases; ${MAX_ALIASES} are allowed`);
    if (cost > MAX_COST)
      throw coded(
        "QUERY_TOO_COSTLY",
        `the query may read ${cost} fields; ${MAX_COST} are allowed: ask for smaller pages`,
      );
  }
}
