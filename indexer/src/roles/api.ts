import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Deployment } from "@tburn/deployments";
import { useServer } from "graphql-ws/use/ws";
import { createSchema, createYoga } from "graphql-yoga";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { WebSocketServer } from "ws";
import { newestBlock } from "../domains/events/repository.ts";
import { resolvers as events } from "../domains/events/resolvers.ts";
import { subscriptions } from "../domains/events/subscriptions.ts";
import { resolvers as identity } from "../domains/identity/resolvers.ts";
import { resolvers as network } from "../domains/network/resolvers.ts";
import { resolvers as rewards } from "../domains/rewards/resolvers.ts";
import { resolvers as staking } from "../domains/staking/resolvers.ts";
import { resolvers as validators } from "../domains/validators/resolvers.ts";
import type { Env } from "../env.ts";
import type { SyncState } from "../platform/chain/state.ts";
import { openPool } from "../platform/db/pool.ts";
import type { Context } from "../platform/graphql/context.ts";
import { requireModest } from "../platform/graphql/limits.ts";
import { Live } from "../platform/graphql/live.ts";
import { serveStatic } from "../platform/http/static.ts";
import type { Log } from "../platform/telemetry/log.ts";
import { typeDefs } from "../schema.ts";

const QUERY_MS = 10_000;
const MAX_BODY_BYTES = 100_000;
const MAX_LAG_BLOCKS = 50;

const headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
};

function metricsOf(state: SyncState | undefined): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const gauge = (name: string, help: string, read: (s: SyncState) => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        if (state) this.set(read(state));
      },
    });
  gauge("tburn_head_block", "Highest block announced by the endpoints", (s) => s.head);
  gauge("tburn_indexed_block", "Last block that stands in the database", (s) => s.indexed);
  gauge("tburn_reorgs_total", "Reorganisations undone by this process", (s) => s.reorgs);
  gauge("tburn_events_total", "Events projected by this process", (s) => s.events);
  gauge("tburn_rpc_failures_total", "Failed calls over all endpoints", (s) =>
    s.endpoints.reduce((sum, e) => sum + e.failures, 0),
  );
  return register;
}

/** Serves GraphQL, health, metrics and the dApp on one origin. */
export async function startApi(env: Env, deployment: Deployment, log: Log, state: SyncState | undefined) {
  const read = openPool(env.databaseReadUrl, { max: 10, timeoutMs: QUERY_MS });
  const live = new Live(env.databaseDirectUrl);
  await live.start();

  const context = (): Context => {
    const made = new Map<string, unknown>();
    const once = <T>(key: string, make: () => T): T => {
      if (!made.has(key)) made.set(key, make());
      return made.get(key) as T;
    };
    const asOfBlock = () =>
      once("asOfBlock", async () => {
        const row = await newestBlock(read);
        return row ? { number: Number(row.number), hash: row.hash, timestamp: Number(row.block_time) } : null;
      });
    return { read, chainId: env.chainId, finalityDepth: env.finalityDepth, sync: state, asOfBlock, once };
  };

  const schema = createSchema({
    typeDefs,
    resolvers: [network, identity, validators, staking, rewards, events, subscriptions(live, context)],
  });
  const yoga = createYoga({
    schema,
    context,
    graphiql: { title: "TBURN Members" },
    batching: false,
    logging: false,
    plugins: [
      {
        onExecute: ({ args }) => requireModest(args.document, args.variableValues ?? {}),
        onSubscribe: ({ args }) => requireModest(args.document, args.variableValues ?? {}),
      },
    ],
  });
  const registry = metricsOf(state);

  async function ready(response: ServerResponse): Promise<void> {
    const row = await newestBlock(read).catch(() => undefined);
    const lag = state ? state.head - state.indexed : 0;
    const problem = state?.problem ?? (row ? undefined : "nothing is indexed yet");
    const ok = !problem && lag <= MAX_LAG_BLOCKS;
    response
      .writeHead(ok ? 200 : 503, { "content-type": "application/json" })
      .end(JSON.stringify({ ok, lag, problem }));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const { pathname } = new URL(request.url ?? "/", "http://local");
    if (pathname === "/graphql") {
      if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return void response.writeHead(413).end();
      return void (await yoga(request, response));
    }
    const json = (text: string) =>
      void response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache" }).end(text);
    if (pathname === "/healthz") return json('{"ok":true}');
    if (pathname === "/readyz") return ready(response);
    if (pathname === "/metrics")
      return void response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
    if (pathname === "/deployment.json") return json(JSON.stringify(deployment));
    if (pathname === "/config.json") return json(env.webConfig);
    if (env.webDist) return serveStatic(env.webDist, pathname, response);
    response.writeHead(404).end();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      log.error({ problem: error.message }, "request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const sockets = new WebSocketServer({ server, path: "/graphql", maxPayload: MAX_BODY_BYTES });
  const closing = useServer({ schema, context: () => context() }, sockets);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  log.info({ port: (server.address() as AddressInfo).port }, "api listens");
  return {
    stop: async () => {
      await live.stop();
      await closing.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await read.end();
    },
  };
}
