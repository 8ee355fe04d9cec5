import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Twin } from "../twin.ts";

export type JsonSchema = Record<string, unknown>;

const scalars: Record<string, JsonSchema> = {
  String: { type: "string" },
  ID: { type: "string" },
  Int: { type: "integer" },
  Float: { type: "number" },
  Boolean: { type: "boolean" },
  BigInt: { type: "string", pattern: "^\\d{1,78}$", description: "base units, or another whole number" },
  Timestamp: { type: "integer", description: "unix seconds" },
  EventArguments: {},
};

function named(type: GraphQLNamedType, selections: SelectionSetNode | undefined): JsonSchema {
  if (isObjectType(type)) return objectOf(type, selections);
  if (isEnumType(type)) return { type: "string", enum: type.getValues().map(({ name }) => name) };
  return scalars[type.name] ?? {};
}

function schemaOf(type: GraphQLOutputType, selections: SelectionSetNode | undefined): JsonSchema {
  if (isNonNullType(type)) return required(type.ofType, selections);
  const schema = required(type, selections);
  return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: "null" }] };
}

const required = (type: GraphQLOutputType, selections: SelectionSetNode | undefined): JsonSchema =>
  isListType(type)
    ? { type: "array", items: schemaOf(type.ofType, selections) }
    : named(getNamedType(type), selections);

function objectOf(type: GraphQLNamedType, set: SelectionSetNode | undefined): JsonSchema {
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields`);
  const properties: Record<string, JsonSchema> = {};
  const always: string[] = [];
  for (const selection of set?.selections ?? []) {
    if (selection.kind !== Kind.FIELD) throw new Error("our own documents spell fields out");
    const name = selection.name.value;
    const field = type.getFields()[name];
    if (!field) throw new Error(`${type.name} has no field ${name}`);
    properties[name] = schemaOf(field.type, selection.selectionSet);
    // A field that is asked for on request only may be absent.
    if (!selection.directives?.length) always.push(name);
  }
  return { type: "object", properties, required: always, additionalProperties: false };
}

const stripped = (schema: JsonSchema | undefined): JsonSchema =>
  ((schema?.anyOf as JsonSchema[] | undefined)?.[0] ?? schema ?? {}) as JsonSchema;

const pageOf = ({ properties = {} }: JsonSchema): JsonSchema => {
  const { nodes, totalCount, asOfBlock } = properties as Record<string, JsonSchema>;
  return {
    type: "object",
    properties: {
      items: nodes,
      next: { type: ["string", "null"], description: "cursor of the next page; null on the last one" },
      ...(totalCount && { totalCount }),
      asOfBlock,
    },
    required: ["items", "next", ...(totalCount ? ["totalCount"] : []), "asOfBlock"],
    additionalProperties: false,
  };
};

/** JSON schema of what a twin answers, by its query and the types of the API. */
export function answerSchema(api: GraphQLSchema, document: DocumentNode, { at, page }: Twin): JsonSchema {
  const [operation] = document.definitions;
  const root = api.getQueryType();
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !root) throw new Error("a twin has one query");
  const data = objectOf(root, operation.selectionSet);
  const found = at.reduce<JsonSchema>(
    (schema, name) => stripped((schema.properties as Record<string, JsonSchema>)[name]),
    data,
  );
  return page ? pageOf(found) : found;
}
