import type { FastifyInstance, FastifyRequest } from "fastify";
import { type DocumentNode, type ExecutionResult, GraphQLError, parse } from "graphql";
import { z } from "zod";
import { type Actor, visitor } from "../access/actor.ts";
import type { Door } from "../access/door.ts";
import { Problem } from "../http/problem.ts";
import { checked } from "../http/rest.ts";
import { tooManyQuestions, type Visitors } from "../http/visitors.ts";
import type { Answers } from "./answers/answers.ts";
import type { Witness } from "./answers/witness.ts";
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
  input: z.ZodObject;
  /** Turns what was sent into the query's variables, where names differ. */
  variables?: (sent: never) => Record<string, unknown>;
  /** Where the answer stands in the query's data; nothing there is told as 404. */
  at: string[];
  /** What must be there, too: a list of nobody is no empty list. */
  of?: string;
  /** Whether the answer is a page of a list. */
  page?: boolean;
  /** Whether nobody gets anything without a token. */
  personal?: boolean;
}

/** Runs one of our own queries for somebody at the door. */
export type Answerer = (
  document: DocumentNode,
  variables: Record<string, unknown>,
  people: { actor: Actor; requestId: string },
  witness?: Witness,
) => Promise<ExecutionResult>;

/** Arguments of a list, as they stand in an address. */
export const pageInput = {
  first: z.coerce.number().int().min(1).max(MAX_PAGE).optional(),
  after: z.string().max(500).optional(),
};

/** A block of the past, as it stands in an address. */
export const pastInput = {
  as_of_block: z.coerce
    .number()
    .int()
    .nonnegative()
    .max(2 ** 31 - 1)
    .optional()
    .describe("state as this block left it; the newest if left out"),
};

/** Turns the names of an address into those of a query. */
export const ofPast = ({ as_of_block, ...rest }: { as_of_block?: number | undefined }) => ({
  ...rest,
  ...(as_of_block !== undefined && { asOfBlock: as_of_block }),
});

/** What goes into a document that asks for one thing, to tell whose state it is. */
export const STAMP = "asOfBlock { number hash timestamp }";

/** An amount, as it stands in an address or a body. */
export const amountInput = z.string().regex(/^\d{1,78}$/, "is a whole number of base units, as a string of digits");

/** What goes into every document that asks for a page. */
export const PAGE = `pageInfo { hasNextPage endCursor } ${STAMP}`;

interface Found {
  nodes: unknown[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  asOfBlock: unknown;
  totalCount?: number;
}

/** A page as REST tells it; `next` is the cursor of the next page, null on the last one. */
const pageBody = ({ nodes, pageInfo, asOfBlock, totalCount }: Found) => ({
  items: nodes,
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  ...(totalCount !== undefined && { totalCount }),
  asOfBlock,
});

/** The first refusal of a query, as a route words it. */
function refusalOf({ originalError, extensions, message }: GraphQLError): Error {
  if (originalError instanceof Problem) return originalError;
  if (originalError && !(originalError instanceof GraphQLError)) return originalError;
  const { code } = originalError instanceof GraphQLError ? originalError.extensions : extensions;
  return new Problem(422, typeof code === "string" ? code : "INPUT_INVALID", message);
}

const JSON_TYPE = "application/json; charset=utf-8";

type Data = Record<string, unknown> | null | undefined;

/** What stands at a path, or nothing. */
const found = (data: Data, path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Data)?.[name], data);

/** @throws {Problem} 404 NOT_FOUND */
function bodyOf(data: Data, { at, of, page }: Twin): unknown {
  const value = found(data, at) ?? null;
  if (value === null || (of !== undefined && (data?.[of] ?? null) === null)) {
    throw new Problem(404, "NOT_FOUND", "there is nothing of this id");
  }
  return page ? pageBody(value as Found) : value;
}

/** What routes and queries have in common. */
export interface Counter {
  /** Runs the queries of routes that read by them. */
  answer: Answerer;
  /** What is kept of answers to visitors; absent where each is made anew. */
  answers?: Answers | undefined;
  /** How often whoever brings no token may ask, by query or by route. */
  visitors: Visitors;
}

/** Somebody at a route. @throws {Problem} 401 to 403 for a token that is not good, 429 RATE_LIMITED */
async function askerOf(request: FastifyRequest, door: Door, visitors: Visitors): Promise<Actor> {
  if (request.headers.authorization !== undefined) return door.member(request);
  const wait = visitors.waitOf(request.raw);
  if (wait === 0) return visitor;
  const headers = { "retry-after": String(wait) };
  throw new Problem(429, "RATE_LIMITED", tooManyQuestions(wait), { headers });
}

/** Adds the routes of `twins`. */
export function addTwins(rest: FastifyInstance, twins: Twin[], door: Door, counter: Counter): void {
  const { answer, answers, visitors } = counter;
  for (const twin of twins) {
    const query = parse(twin.document);
    rest.route({
      method: twin.method,
      url: twin.path,
      handler: async (request, reply) => {
        const actor = await askerOf(request, door, visitors);
        const sent = { ...(request.query as object), ...(request.body as object), ...(request.params as object) };
        const input = checked(twin.input, sent);
        const variables = twin.variables ? twin.variables(input as never) : input;
        const told = async (witness?: Witness) => {
          const { data, errors } = await answer(query, variables, { actor, requestId: request.id }, witness);
          if (errors?.[0]) throw refusalOf(errors[0]);
          return bodyOf(data as Data, twin);
        };
        reply.header("cache-control", "private, no-cache").header("vary", "authorization");
        if (!answers || actor !== visitor) return told();
        const question = `${twin.method} ${twin.path} ${JSON.stringify(variables)}`;
        const { type, body } = await answers.of(question, async (witness) => {
          return { status: 200, type: JSON_TYPE, body: Buffer.from(JSON.stringify(await told(witness))) };
        });
        return reply.type(type).send(body);
      },
    });
  }
}
