import { createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { readEnv } from "../../src/env.ts";
import { type Log, openLog } from "../../src/platform/telemetry/log.ts";
import { startApi } from "../../src/roles/api.ts";
import type { TestChain } from "./chain.ts";

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The API of this process over a test's database. */
export async function startTestApi(
  chain: TestChain,
  databaseUrl: string,
  more: Record<string, string> = {},
  log: Log = openLog("silent"),
) {
  const env = readEnv({
    APP_ENV: "development",
    DATABASE_URL: databaseUrl,
    RPC_URL: chain.url,
    CHAIN_ID: String(chain.record.chainId),
    PORT: "0",
    ROLES: "api",
    ...more,
  });
  const api = await startApi(env, chain.record, log);
  const url = `http://127.0.0.1:${api.port}`;
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  return {
    url,
    wsUrl: url.replace("http", "ws"),
    post,
    ask: async (query: string, variables: object = {}): Promise<Answer> =>
      (await (await post(JSON.stringify({ query, variables }))).json()) as Answer,
    stop: api.stop,
  };
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;

/**
 * What this process asks PostgreSQL while `work` runs; beginnings and ends of transactions aside, and whether a kept answer
 * still stands.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text?: string }).text;
    if (text && !/^(begin|commit)|as stamp from ops\.checkpoint$/.test(text)) asked.push(text);
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return asked;
}

/** What a stream told. */
export interface Told<T> {
  data?: T | null;
  errors?: { extensions: { code: string } }[];
}

/** Subscribes over WebSocket and collects what comes. @param token Access token with which the socket comes. */
export function subscribe<T>(
  api: Pick<TestApi, "wsUrl">,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
) {
  const connectionParams = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const url = `${api.wsUrl}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
  const messages: Told<T>[] = [];
  const errors: unknown[] = [];
  let isOver = false;
  client.subscribe<T>(
    { query, variables },
    {
      next: (value) => messages.push(value as Told<T>),
      error: (error) => {
        errors.push(error);
        isOver = true;
      },
      complete: () => (isOver = true),
    },
  );
  return { messages, errors, isOver: () => isOver, close: () => client.dispose() };
}
