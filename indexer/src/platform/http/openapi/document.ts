import { z } from "zod";
import type { JsonSchema } from "../../graphql/described/answer-schema.ts";
import type { Operation, Operations } from "../operation.ts";
import { exampleOf } from "./examples.ts";

const problem: JsonSchema = {
  type: "object",
  description: "a refusal (RFC 9457); `code` is stable",
  properties: {
    type: { type: "string" },
    title: { type: "string", description: "what to do, in words" },
    status: { type: "integer" },
    code: { type: "string" },
    traceId: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { field: { type: "string" }, message: { type: "string" } },
        required: ["field", "message"],
      },
    },
  },
  required: ["type", "title", "status", "code", "traceId"],
};

const jsonOf = (schema: z.ZodType, io: "input" | "output"): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;
  return rest;
};

const shown = (schema: JsonSchema): JsonSchema => ({ schema, example: exampleOf(schema) });

const pathOf = (route: string) => route.replace(/:(\w+)/g, "{$1}");

function parametersOf(route: string, { query, headers = {} }: Operation): JsonSchema[] {
  const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true, schema: { type: "string" } },
  }));
  const { properties = {}, required = [] } = query ? jsonOf(query, "input") : {};
  const inQuery = Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => ({
    ...{ name, in: "query", required: (required as string[]).includes(name), schema },
  }));
  const inHeaders = Object.entries(headers).map(([name, description]) => ({
    ...{ name, in: "header", required: true, description, schema: { type: "string" } },
  }));
  return [...inPath, ...inQuery, ...inHeaders];
}

const bodyOf = ({ body, file }: Operation) => {
  if (file) return { required: true, content: { [file]: {} } };
  return body && { required: true, content: { "application/json": shown(jsonOf(body, "input")) } };
};

type Answer = Operation["answers"][number] | JsonSchema;

const isFile = (answer: Answer): answer is string | readonly string[] =>
  typeof answer === "string" || Array.isArray(answer);

function responseOf(answer: Answer, tells: Operation["tells"]): JsonSchema {
  if (answer === null) return { description: "done; there is nothing to tell" };
  if (isFile(answer)) {
    const told = Object.entries(tells ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: "string" } },
    ]);
    const content = Object.fromEntries([answer].flat().map((type) => [type, {}]));
    return { description: "the file", ...(tells && { headers: Object.fromEntries(told) }), content };
  }
  const schema = answer instanceof z.ZodType ? jsonOf(answer, "output") : answer;
  return { description: "done", content: { "application/json": shown(schema) } };
}

/** An operation whose answer's schema is known already. */
export type Described = Omit<Operation, "answers"> & {
  answers: Record<number, Operation["answers"][number] | JsonSchema>;
};

const security = { none: [], optional: [{}, { bearer: [] }] };

function operationOf(route: string, operation: Described): JsonSchema {
  const given = operation as Operation;
  const requestBody = bodyOf(given);
  return {
    summary: operation.summary,
    description: `For ${operation.who}.`,
    parameters: parametersOf(route, given),
    ...(requestBody && { requestBody }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [status, responseOf(answer, given.tells)]),
      ),
      default: {
        description: "refused",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
    ...(operation.token && { security: security[operation.token] }),
  };
}

/**
 * The document of the REST API (OpenAPI 3.1).
 * @param operations By method and path, as Fastify writes them.
 */
export function openapi(operations: Operations | Record<string, Described>): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const [key, operation] of Object.entries(operations)) {
    const [method = "", route = ""] = key.split(" ");
    const path = pathOf(route);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(route, operation as Described) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "TBURN Members",
      version: "1",
      description:
        "Amounts are base units in strings. Lists are read page by page with `first` and `after`. Refusals are RFC 9457 problems with a stable code. Step-up is asked for as RFC 9470 says.",
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { Problem: problem },
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
    },
  };
}
