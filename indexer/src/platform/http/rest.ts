import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { z } from "zod";
import { asVisitor, currentScope } from "../access/scope.ts";
import { CodedError } from "../errors.ts";
import type { Log } from "../telemetry/log.ts";
import { Problem, problemBody, storeRefusals } from "./problem.ts";

/** Largest body of a REST request. */
const MAX_BODY_BYTES = 65_536;

/** Methods that change nothing. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** What was asked for is done; only that a replica might not have it yet is not known to others. */
const unnoted = (log: Log) => log.warn({}, "a member's write could not be noted");

export interface RestOptions {
  log: Log;
  /** Proxies of ours before this process, each of which appends to X-Forwarded-For; 0 trusts nobody's word. */
  proxyHops: number;
  /** Notes that a member has written, for what it reads next. */
  wrote?: (memberId: string) => Promise<void>;
}

/** What Fastify itself refuses. */
const refusals: Record<string, [code: string, message: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["MEDIA_TYPE_UNSUPPORTED", "send application/json"],
  FST_ERR_CTP_BODY_TOO_LARGE: ["REQUEST_TOO_LARGE", "the request has more bytes than this address takes"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["REQUEST_INVALID", "the body is not as long as its header says"],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["REQUEST_INVALID", "the body is empty; send a JSON object"],
  FST_ERR_CTP_INVALID_JSON_BODY: ["REQUEST_INVALID", "the body is not JSON"],
};

function problemOf(error: Error & { statusCode?: number; code?: string }, log: Log, traceId: string): Problem {
  if (error instanceof Problem) return error;
  const stored = storeRefusals[error.code ?? ""];
  if (stored) return stored;
  const known = refusals[error.code ?? ""];
  if (known) return new Problem(error.statusCode ?? 400, ...known);
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new Problem(error.statusCode, "REQUEST_INVALID", "the request is not understood");
  }
  // Only a code of ours is sure to hold nothing personal.
  log.error({ traceId, problem: error instanceof CodedError ? error.message : error.name }, "request failed");
  return new Problem(500, "INTERNAL", "the request could not be answered; try again");
}

/** The REST side of the API: JSON in, JSON or a problem (RFC 9457) out, nothing cached unless a route says so. */
export async function createRest({ log, proxyHops, wrote }: RestOptions): Promise<FastifyInstance> {
  const rest = Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: (_address: string, hop: number) => hop < proxyHops,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 100 },
  });
  rest.removeContentTypeParser("text/plain");
  await rest.register(cookie);
  rest.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  // Danger: not earlier, for whoever reads the body goes on outside of what began before it.
  rest.addHook("preValidation", (_request, _reply, done) => asVisitor(done));
  // Before the answer is sent: whoever has it may ask another process at once. Also of a refusal, which may leave rows.
  rest.addHook("onSend", async ({ method }) => {
    const memberId = currentScope()?.memberId;
    if (wrote && memberId !== undefined && !SAFE.has(method)) await wrote(memberId).catch(() => unnoted(log));
  });
  rest.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error as Error, log, request.id);
    reply.headers(problem.headers).status(problem.status).type("application/problem+json");
    return reply.send(JSON.stringify(problemBody(problem, request.id)));
  });
  rest.setNotFoundHandler((request, reply) => {
    const problem = new Problem(404, "NOT_FOUND", "there is nothing at this address");
    reply.status(404).type("application/problem+json");
    return reply.send(JSON.stringify(problemBody(problem, request.id)));
  });
  return rest;
}

/** Of a request that says everything by its address. */
export const noBody = z.union([z.undefined(), z.null(), z.strictObject({})]);

/** What a request holds, as `schema` wants it. @throws {Problem} 422 INPUT_INVALID naming each field */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  throw new Problem(422, "INPUT_INVALID", "some fields are not as they must be", { errors });
}

/** The bearer token of a request; empty if it has none. */
export const bearerOf = ({ headers }: Pick<FastifyRequest, "headers">): string =>
  /^Bearer ([\w.-]+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
