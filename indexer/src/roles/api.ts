import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { pastFields, resolvers, typeDefs, withDoor } from "../app.ts";
import type { Env } from "../env.ts";
import { asVisitor } from "../platform/access/scope.ts";
import { callDecoder } from "../platform/chain/calls.ts";
import { nodeOf } from "../platform/crypto/wallet/node.ts";
import { type AskNode, judgeSignature } from "../platform/crypto/wallet/signature.ts";
import { readStamp } from "../platform/db/mirror/stamp.ts";
import { openPool } from "../platform/db/pool.ts";
import { Places } from "../platform/db/reads/places.ts";
import { Replica } from "../platform/db/reads/replica.ts";
import { Answers } from "../platform/graphql/answers/answers.ts";
import type { ContextSource } from "../platform/graphql/context.ts";
import { NewsDesk } from "../platform/graphql/live/news.ts";
import { receptionOf } from "../platform/graphql/people.ts";
import { graphqlServer, MAX_BODY_BYTES, tooOften } from "../platform/graphql/server.ts";
import { readBody } from "../platform/http/body.ts";
import { commonHeaders, contentSecurityPolicy, playgroundPolicy } from "../platform/http/headers.ts";
import { healthOf } from "../platform/http/health.ts";
import { serveStatic } from "../platform/http/pages/static.ts";
import { Visitors } from "../platform/http/visitors.ts";
import type { Log } from "../platform/telemetry/log.ts";
import { registry, requestSeconds } from "../platform/telemetry/metrics.ts";
import { TestClock } from "../platform/time/clock.ts";
import { openKit, PEOPLE_OFF, walletNode } from "./people.ts";
import { startRest } from "./rest.ts";

const QUERY_MS = 10_000;
const DRAIN_MS = 1_500;

const playground = join(import.meta.dirname, "../platform/http/pages/playground");
const schemaFile = join(import.meta.dirname, "../../schema.graphql");

interface Parts {
  env: Env;
  deployment: Deployment;
  pool: Pool;
  desk: NewsDesk;
  graphql: ReturnType<typeof graphqlServer>;
  visitors: Visitors;
  /** Absent where nobody can sign in. */
  rest: FastifyInstance | undefined;
  policy: string;
  isDraining: () => boolean;
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-cache" }).end(text);
}

const json = (response: ServerResponse, status: number, value: unknown) =>
  send(response, status, "application/json", JSON.stringify(value));

/** Tells a visitor that asks too often to wait, before anything of what it asks is read. */
function tellToWait(response: ServerResponse, wait: number): void {
  response.setHeader("retry-after", String(wait)).setHeader("connection", "close");
  json(response, 429, { errors: [tooOften(wait)] });
}

async function answerGraphql(
  { graphql, visitors }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A browser asks beforehand whether it may; that answer reads nothing.
  const isVisitor = request.headers.authorization === undefined && request.method !== "OPTIONS";
  const wait = isVisitor ? visitors.waitOf(request) : 0;
  if (wait > 0) return tellToWait(response, wait);
  const body = request.method === "POST" ? await readBody(request, MAX_BODY_BYTES) : "";
  if (body === undefined) {
    response.setHeader("connection", "close");
    const message = `a request has at most ${MAX_BODY_BYTES} bytes`;
    return json(response, 413, { errors: [{ message, extensions: { code: "REQUEST_TOO_LARGE" } }] });
  }
  // The stream is read; the server takes the text instead.
  if (body !== "") Object.assign(request, { body });
  await asVisitor(() => graphql.handle(request, response));
}

type Route = (parts: Parts, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const routes: Record<string, Route> = {
  "/graphql": answerGraphql,
  "/livez": (_parts, _request, response) => json(response, 200, { ok: true }),
  "/healthz": (_parts, _request, response) => json(response, 200, { ok: true }),
  "/readyz": async ({ env, pool, desk, isDraining }, _request, response) => {
    const found = await healthOf(pool, env.readyLagBlocks, desk.isHearing);
    const health = isDraining() ? { ...found, ok: false, problem: "shutting down" } : found;
    json(response, health.ok ? 200 : 503, health);
  },
  "/metrics": async (_parts, _request, response) => send(response, 200, registry.contentType, await registry.metrics()),
  "/deployment.json": ({ deployment }, _request, response) => json(response, 200, deployment),
  "/config.json": ({ env }, _request, response) => send(response, 200, "application/json", env.webConfig),
  "/playground/schema.graphql": (_parts, _request, response) =>
    send(response, 200, "text/plain; charset=utf-8", readFileSync(schemaFile, "utf8")),
};

/** Services for people need keys; without them everything that is public works all the same. */
const restRoute = (path: string): Route | undefined =>
  /^\/(api\/|webhooks\/|\.well-known\/jwks\.json$)/.test(path)
    ? ({ rest }, request, response) => {
        if (rest) return rest.routing(request, response);
        json(response, 503, {
          code: "SIGN_IN_OFF",
          title: `nobody can sign in here: ${PEOPLE_OFF}`,
        });
      }
    : undefined;

const playgroundFiles = new Set(["/playground.js", "/playground.css", "/index.html"]);

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
  const path = (request.url ?? "/").replace(/[?#].*$/, "");
  const found = Object.hasOwn(routes, path) ? routes[path] : restRoute(path);
  const route = found
    ? Object.hasOwn(routes, path)
      ? path
      : "/api/*"
    : path.startsWith("/playground")
      ? "/playground"
      : "/*";
  const observe = requestSeconds.startTimer({ http_route: route });
  response.once("close", () => observe({ http_response_status_code: String(response.statusCode) }));
  if (found) return found(parts, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") return json(response, 405, { error: "GET only" });
  const page = /^\/playground(\/?$|\/)/.test(path)
    ? path.slice("/playground".length).replace(/^\/?$/, "/index.html")
    : "";
  if (playgroundFiles.has(page)) return serveStatic(playground, page, playgroundPolicy, response);
  if (parts.env.webDist) return serveStatic(parts.env.webDist, path, parts.policy, response);
  return json(response, 404, { error: "not found" });
}

async function listen(server: Server, env: Env): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function sourceOf(
  env: Env,
  deployment: Deployment,
  { places, writer, ask, desk }: { places: Places; writer: Pool; ask: AskNode; desk: NewsDesk },
): ContextSource {
  const { cohortSeconds, unbondingSeconds } = deployment.parameters;
  return {
    places,
    write: writer,
    isSignedBy: async (...signed) => (await judgeSignature(ask, ...signed)).valid,
    timeoutMs: QUERY_MS,
    chainId: env.chainId,
    finalityDepth: env.finalityDepth,
    windows: { cohort: cohortSeconds, unbonding: unbondingSeconds },
    decodeCall: callDecoder(deployment),
    news: (wanted, gone) => desk.news(wanted, gone),
  };
}

type PoolBounds = NonNullable<Parameters<typeof openPool>[1]>;

/** Starts to watch the replica, if there is one. A replica that is away delays no reader for long. */
async function replicaOf({ replica, databaseDirectUrl }: Env, bounds: PoolBounds): Promise<Replica | undefined> {
  if (!replica) return undefined;
  const { url, ...limits } = replica;
  const pool = openPool(url, { ...bounds, connectMs: 1_000, name: "tburn-api-replica" });
  const watched = new Replica({ primary: databaseDirectUrl, replica: url }, pool, limits);
  await watched.start();
  return watched;
}

/** What is kept of answers, dropped with each commit; undefined where nothing is. */
function openAnswers({ answersMib, databaseUrl, keepsPlans }: Env, desk: NewsDesk) {
  if (answersMib === 0) return undefined;
  // A connection of its own: whether an answer still stands must not wait behind answers that are made.
  const pool = openPool(databaseUrl, { max: 1, timeoutMs: QUERY_MS, plans: keepsPlans, name: "tburn-api-stamp" });
  const answers = new Answers(answersMib * 2 ** 20, () => readStamp(pool));
  const dropping = async () => {
    for await (const _ of desk.news({ blocks: true }, new AbortController().signal)) answers.drop();
  };
  void dropping();
  return { answers, close: () => pool.end() };
}

/** Serves GraphQL, health, metrics and the dApp on one origin. @param clock Moved under APP_ENV=test alone. */
export async function startApi(env: Env, deployment: Deployment, log: Log, clock = new TestClock()) {
  const bounds = { max: 10, timeoutMs: QUERY_MS, plans: env.keepsPlans };
  const pool = openPool(env.databaseUrl, { ...bounds, name: "tburn-api" });
  const replica = await replicaOf(env, bounds);
  const places = new Places(pool, replica);
  const writer = openPool(env.databaseUrl, { ...bounds, name: "tburn-api-writer" });
  const desk = new NewsDesk(env.databaseDirectUrl);
  await desk.start();
  const ask = nodeOf(env.rpcUrls, env.chainId);
  const source = sourceOf(env, deployment, { places, writer, ask: walletNode(env, ask), desk });
  const people = await openKit(env, deployment, writer, ask, log, clock.now);
  const kit = people && withDoor(people.kit, places);
  const reception = receptionOf(kit, env.proxyHops);
  const visitors = new Visitors(env.visitorQueries, env.proxyHops);
  const kept = openAnswers(env, desk);
  const graphql = graphqlServer({
    ...{ typeDefs, resolvers, past: pastFields(), source, reception },
    ...{ visitors, corsOrigins: env.corsOrigins, answers: kept?.answers, log },
  });
  const rest = kit && (await startRest(env, kit, graphql, clock));
  let draining = false;
  const policy = contentSecurityPolicy(JSON.parse(env.webConfig) as Record<string, unknown>);
  const parts: Parts = { env, deployment, pool, desk, graphql, visitors, rest, policy, isDraining: () => draining };
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    handle(parts, request, response).catch((error: Error) => {
      log.error({ problem: error.message }, "request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const closeSockets = graphql.attach(server);
  const port = await listen(server, env);
  log.info({ port }, "api listens");
  return {
    port,
    stop: async () => {
      // Balancers see that it is not ready before connections close.
      draining = true;
      if (env.drain) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
      await desk.stop();
      await closeSockets();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await rest?.close();
      await people?.close();
      await Promise.all([replica?.stop(), kept?.close(), pool.end(), writer.end()]);
    },
  };
}
