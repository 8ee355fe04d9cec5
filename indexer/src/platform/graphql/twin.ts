import type { FastifyInstance } from "fastify";
import { type DocumentNode, type ExecutionResult, GraphQLError, parse } from "graphql";
import { z } from "zod";
import type { Door } from "../access/door.ts";
import { Problem } from "../http/problem.ts";
import { checked } from "../http/rest.ts";
import { MAX_PAGE } from "./connection.ts";

/**
 * A route that reads by a query of ours, so that REST and GraphQL cannot differ: same resolvers, same rules about who
 * sees what.
 */
export interface Twin {
  method: "GET" | "POST";
  path: string;
  /** What it is for, in a line of the API's document. */
  summary: string;
  document: string;
  /** What path, query and body together may hold; strict. The result is the query's variables. */
  input: z.ZodType<Record<string, unknown>>;
  /** What the answer is of the query's data; undefined where there is nothing, which is told as 404. */
  answer: (data: never) => unknown;
}

/** Runs one of our own queries for somebody at the door. */
export type Answerer = (
  document: DocumentNode,
  variables: Record<string, unknown>,
  people: { actor: Awaited<ReturnType<Door["anybody"]>>; requestId: string },
) => Promise<ExecutionResult>;

/** Arguments of a list, as they stand in an address. */
export const pageInput = {
  first: z.coerce.number().int().min(1).max(MAX_PAGE).optional(),
  after: z.string().max(500).optional(),
};

/** A page as REST tells it. @param next Cursor of the next page; null on the last one. */
export const pageBody = <Node>(found: {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  asOfBlock: unknown;
  totalCount?: number;
}) => ({
  items: found.nodes,
  next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
  ...(found.totalCount !== undefined && { totalCount: found.totalCount }),
  asOfBlock: found.asOfBlock,
});

/** What goes into every document that asks for a page. */
export const PAGE = "pageInfo { hasNextPage endCursor } asOfBlock { number hash timestamp }";

/** The first refusal of a query, as a route words it. */
function refusalOf({ originalError, extensions, message }: GraphQLError): Error {
  if (originalError instanceof Problem) return originalError;
  if (originalError && !(originalError instanceof GraphQLError)) return originalError;
  const { code } = originalError instanceof GraphQLError ? originalError.extensions : extensions;
  return new Problem(422, typeof code === "string" ? code : "INPUT_INVALID", message);
}

const missing = new Problem(404, "NOT_FOUND", "there is nothing of this id");

/** Adds the routes of `twins`. */
export function addTwins(rest: FastifyInstance, twins: Twin[], door: Door, answer: Answerer): void {
  for (const { method, path, summary, document, input, answer: pick } of twins) {
    const query = parse(document);
    rest.route({
      method,
      url: path,
      config: { summary, input },
      handler: async (request, reply) => {
        const actor = await door.anybody(request);
        const sent = { ...(request.query as object), ...(request.body as object), ...(request.params as object) };
        const found = await answer(query, checked(input, sent), { actor, requestId: request.id });
        const [error] = found.errors ?? [];
        if (error) throw refusalOf(error);
        const body = pick(found.data as never);
        if (body === undefined || body === null) throw missing;
        reply.header("cache-control", "private, no-cache").header("vary", "authorization");
        return body;
      },
    });
  }
}
