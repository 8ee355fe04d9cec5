import type { IncomingMessage, Server } from "node:http";
import { type DocumentNode, type ExecutionArgs, GraphQLError, parse } from "graphql";
import type { ServerOptions } from "graphql-ws";
import { type Extra, useServer } from "graphql-ws/use/ws";
import { createSchema, createYoga, type Plugin } from "graphql-yoga";
import { WebSocketServer } from "ws";
import { becomeVisitor } from "../access/scope.ts";
import { Problem, storeRefusals } from "../http/problem.ts";
import { tooManyQuestions, type Visitors } from "../http/visitors.ts";
import type { Log } from "../telemetry/log.ts";
import type { Answers } from "./answers/answers.ts";
import { serving } from "./answers/serving.ts";
import type { Witness } from "./answers/witness.ts";
import { codedError } from "./coded-error.ts";
import { answered, type Context, type ContextSource, contextOf } from "./context.ts";
import { MAX_TOKENS, requireModest } from "./limits.ts";
import { Streams, subscribed } from "./live/streams.ts";
import { guardPast, type PastFields } from "./past.ts";
import type { People, Reception } from "./people.ts";

/** Largest request body or WebSocket message. */
export const MAX_BODY_BYTES = 100_000;
const MAX_SOCKETS = 1_000;
const MAX_SUBSCRIPTIONS_PER_SOCKET = 50;

export interface GraphqlOptions {
  typeDefs: string;
  resolvers: object[];
  /** Fields that are told of past blocks, by type. */
  past: PastFields;
  source: ContextSource;
  reception: Reception;
  /** How often whoever brings no token may ask. */
  visitors: Visitors;
  /** Origins whose pages may ask; none but the API's own if empty. */
  corsOrigins: string[];
  /** What is kept of answers to visitors; absent where each is made anew. */
  answers: Answers | undefined;
  log: Log;
}

/** A visitor asks more often than it may. @param wait Seconds. */
export const tooOften = (wait: number) =>
  new GraphQLError(tooManyQuestions(wait), {
    extensions: { code: "RATE_LIMITED", status: 429, retryAfter: wait },
  });

/** What a store refuses, and a node that is away. */
const knownErrors: Record<string, GraphQLError> = {
  ...Object.fromEntries(
    Object.entries(storeRefusals).map(([name, { code, message }]) => [name, codedError(code, message)]),
  ),
  SIGNATURE_CHECK_UNAVAILABLE: codedError(
    "SIGNATURE_CHECK_UNAVAILABLE",
    "the signature cannot be checked now; try again",
  ),
};

function maskError(error: unknown, log: Log): Error {
  const original = error instanceof GraphQLError ? error.originalError : (error as Error | undefined);
  if (error instanceof GraphQLError && !original) return withCode(error);
  if (original instanceof GraphQLError) return withCode(original);
  if (original instanceof Problem) return refused(original, error);
  const known = knownErrors[(original as { code?: string } | undefined)?.code ?? ""];
  if (known) return known;
  log.error({ problem: original?.message ?? String(error) }, "query failed");
  return codedError("INTERNAL", "the query could not be answered; try again");
}

/** A refusal of a command as REST words it, in the form of the language. */
function refused({ code, message, status, errors, headers }: Problem, from: unknown): GraphQLError {
  const { nodes, path } = from instanceof GraphQLError ? from : { nodes: undefined, path: undefined };
  const wait = Number(headers["retry-after"]);
  const extensions = { code, status, ...(errors.length > 0 && { errors }), ...(wait > 0 && { retryAfter: wait }) };
  return new GraphQLError(message, { nodes, path, extensions });
}

/** Every error has a code: those of the language are about the query itself. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.extensions.code) return error;
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
  });
}

/** An answer with an error in it is nobody else's. Whatever was read of it is read by now. */
function done(context: Context & Visit, result: unknown): Promise<void> {
  if ((result as { errors?: unknown }).errors) context.witness?.fail();
  return context.end();
}

/** Limits for every transport, the end of each answer's snapshot, and streams that ask again whom they are for. */
function plugin(): Plugin<Context> {
  const streams = new Streams();
  return {
    onParse: ({ setParseFn }) => setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS })),
    onExecute: ({ args, setExecuteFn, setResultAndStopExecution }) => {
      const problem = refusal(args);
      if (problem) return setResultAndStopExecution({ errors: [problem] });
      setExecuteFn(answered as never);
      return { onExecuteDone: ({ result }) => done(args.contextValue, result) };
    },
    onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
      const problem = refusal(args);
      if (problem) return setResultAndStopExecution({ errors: [problem] });
      setSubscribeFn(((wanted: ExecutionArgs) => subscribed(wanted, streams)) as never);
    },
  };
}

type Args = Pick<Parameters<typeof import("graphql").execute>[0], "schema" | "document" | "variableValues">;

function refusal({ schema, document, variableValues }: Args): GraphQLError | undefined {
  try {
    requireModest(schema, document, variableValues ?? {});
    return undefined;
  } catch (error) {
    return error as GraphQLError;
  }
}

type Yoga = ReturnType<typeof createYoga<object, Context>>;

/** What a context is made of: a request of HTTP, or a socket with what it said when it came. */
interface Visit {
  req?: IncomingMessage;
  /** Sees whether the answer may be kept. */
  witness?: Witness;
  socket?: { request: IncomingMessage; token: string | undefined };
}

/** The token that a socket brought in place of a header. */
function tokenOf(params: Record<string, unknown> | undefined): string | undefined {
  const { authorization } = params ?? {};
  return typeof authorization === "string" ? authorization : undefined;
}

/** Takes an operation through the same parsing, validation and limits as a request. */
function socketOptions(yoga: Yoga, visitors: Visitors, log: Log): ServerOptions<Record<string, unknown>, Extra> {
  const masked = (errors: readonly GraphQLError[]) => errors.map((error) => maskError(error, log) as GraphQLError);
  return {
    execute: (args) => (args.rootValue as { execute: (a: typeof args) => never }).execute(args),
    subscribe: (args) => (args.rootValue as { subscribe: (a: typeof args) => never }).subscribe(args),
    onSubscribe: async (ctx, _id, params) => {
      becomeVisitor();
      if (Object.keys(ctx.subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET)
        return [codedError("TOO_MANY_SUBSCRIPTIONS", `a connection may hold ${MAX_SUBSCRIPTIONS_PER_SOCKET}`)];
      const socket = { request: ctx.extra.request, token: tokenOf(ctx.connectionParams) };
      const isVisitor = socket.token === undefined && socket.request.headers.authorization === undefined;
      const wait = isVisitor ? visitors.waitOf(socket.request) : 0;
      if (wait > 0) return [tooOften(wait)];
      const enveloped = yoga.getEnveloped({ params, socket });
      try {
        const document = enveloped.parse(params.query);
        const errors = enveloped.validate(enveloped.schema, document);
        if (errors.length > 0) return errors.map((error: GraphQLError) => withCode(error));
        return {
          schema: enveloped.schema,
          document,
          operationName: params.operationName ?? null,
          variableValues: params.variables ?? {},
          contextValue: await enveloped.contextFactory(),
          rootValue: { execute: enveloped.execute, subscribe: enveloped.subscribe },
        };
      } catch (error) {
        return [maskError(error, log) as GraphQLError];
      }
    },
    onError: (_ctx, _id, _payload, errors) => masked(errors),
    onNext: (_ctx, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: masked(result.errors) } : result,
  };
}

/** Accepts WebSockets on the API's server. @returns what closes them. */
function attach(server: Server, yoga: Yoga, visitors: Visitors, log: Log): () => Promise<void> {
  const sockets = new WebSocketServer({
    server,
    path: "/graphql",
    maxPayload: MAX_BODY_BYTES,
    verifyClient: () => sockets.clients.size < MAX_SOCKETS,
  });
  // A socket that breaks concerns nobody but its owner.
  sockets.on("error", () => undefined);
  const served = useServer(socketOptions(yoga, visitors, log), sockets);
  return async () => void (await served.dispose());
}

/** GraphQL over HTTP, server-sent events and WebSocket, with the same limits on each. */
export function graphqlServer(options: GraphqlOptions) {
  const { typeDefs, resolvers, past, source, reception, visitors, corsOrigins, answers, log } = options;
  const schema = createSchema<Context>({ typeDefs, resolvers: resolvers as never });
  guardPast(schema, past);
  const yoga = createYoga<object, Context>({
    schema,
    context: async (initial) => {
      const { req, socket, witness } = initial as Visit;
      const request = socket?.request ?? req;
      if (!request) throw new Error("a query comes by a request or a socket");
      return contextOf(source, await reception(request, socket?.token), witness);
    },
    graphiql: false,
    landingPage: false,
    batching: false,
    logging: false,
    cors: corsOrigins.length > 0 ? { origin: corsOrigins, methods: ["GET", "POST"], credentials: false } : false,
    maskedErrors: { maskError: (error) => maskError(error, log) },
    plugins: [plugin()],
  });
  return {
    handle: serving(yoga, answers, corsOrigins.length > 0),
    answers,
    visitors,
    attach: (server: Server) => attach(server, yoga as Yoga, visitors, log),
    schema,
    /** Answers one of our own documents, at one moment of the database. Its errors are not masked. */
    answer: async (
      document: DocumentNode,
      variableValues: Record<string, unknown>,
      people: People,
      witness?: Witness,
    ) => {
      const contextValue = contextOf(source, people, witness);
      try {
        return await answered({ schema, document, variableValues, contextValue });
      } finally {
        await contextValue.end();
      }
    },
  };
}
