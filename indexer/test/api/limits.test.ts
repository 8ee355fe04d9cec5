import { connect } from "node:net";
import { getIntrospectionQuery } from "graphql";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, statementsOf, subscribe, type TestApi } from "../harness/api.ts";
import { type Served, startServed } from "../harness/served.ts";
import { until } from "../harness/until.ts";
import { startPeople } from "../members/people.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 42);
});

afterAll(() => served?.stop());

const codeOf = async (query: string, variables: object = {}) =>
  (await served.api.ask(query, variables)).errors?.[0]?.extensions?.code;

const deep = `{ validator(validatorId: 1) { ${"member { validator { ".repeat(9)} name ${"} }".repeat(9)} } }`;
const bomb = `{ ...F0 } ${Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(" ")} fragment F60 on Query { __typename }`;

it.each([
  ["a page over 100", "{ validators(first: 101) { nodes { name } } }", "PAGE_SIZE_INVALID"],
  ["a page of nothing", "{ activity(first: 0) { nodes { name } } }", "PAGE_SIZE_INVALID"],
  ["a broken cursor", '{ validators(after: "nonsense") { nodes { name } } }', "CURSOR_INVALID"],
  [
    "a cursor of letters where a number belongs",
    `{ blocks(after: "${Buffer.from('["x"]').toString("base64url")}") { nodes { number } } }`,
    "CURSOR_INVALID",
  ],
  [
    "a cursor of another list",
    `{ activity(after: "${Buffer.from('["1"]').toString("base64url")}") { nodes { name } } }`,
    "CURSOR_INVALID",
  ],
  ["a query 20 levels deep", deep, "QUERY_TOO_DEEP"],
  [
    "deep introspection",
    `{ __schema { types { ${"ofType { ".repeat(20)} name ${"}".repeat(20)} } } }`,
    "QUERY_TOO_DEEP",
  ],
  [
    "many aliases",
    `{ ${Array.from({ length: 25 }, (_, i) => `a${i}: networkStats { supply }`).join(" ")} }`,
    "QUERY_TOO_MANY_ALIASES",
  ],
  [
    "pages of pages",
    "{ validators(first: 100) { nodes { delegators(first: 100) { validator { delegators(first: 100) { shares } } } } } }",
    "QUERY_TOO_COSTLY",
  ],
  ["too many tokens", `{ ${"networkStats { supply } ".repeat(600)} }`, "GRAPHQL_PARSE_FAILED"],
  ["an amount that is none", '{ validators(filter: { minStake: "1e18" }) { totalCount } }', "INPUT_INVALID"],
  ["an id that is none", '{ stakingPosition(positionId: "x") { shares } }', "INPUT_INVALID"],
  ["days without end", "{ validator(validatorId: 1) { daily(days: 9999) { day } } }", "RANGE_INVALID"],
  ["a field that does not exist", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ["no query at all", "{", "GRAPHQL_PARSE_FAILED"],
])("refuses %s with a code", async (_what, query, code) => {
  expect(await codeOf(query)).toBe(code);
});

it("refuses a document whose fragments double each other", async () => {
  expect(await codeOf(bomb)).toBe("QUERY_TOO_COSTLY");
});

it("answers the usual introspection", async () => {
  expect((await served.api.ask(getIntrospectionQuery())).errors).toBeUndefined();
});

it("says by code that a text cannot be stored", async () => {
  expect(
    await codeOf("query ($s: String) { validators(filter: { search: $s }) { totalCount } }", { s: "a\u0000b" }),
  ).toBe("INPUT_INVALID");
});

it("refuses batches, and bodies that are too large with and without a length", async () => {
  const batch = await served.api.post(JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]));
  expect(batch.status).toBe(400);
  const large = await served.api.post(JSON.stringify({ query: `{ __typename ${" ".repeat(120_000)} }` }));
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ errors: [{ extensions: { code: "REQUEST_TOO_LARGE" } }] });
  const port = Number(new URL(served.api.url).port);
  const status = await new Promise<string>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
      );
      for (let i = 0; i < 20; i++) socket.write(`2710\r\n${" ".repeat(10_000)}\r\n`);
    });
    socket.on("error", () => undefined);
    socket.once("data", (chunk) => {
      resolve(chunk.toString().split("\r\n")[0] ?? "");
      socket.destroy();
    });
  });
  expect(status).toContain("413");
});

it("holds the limits over WebSocket, too", async () => {
  const { messages, errors, close } = subscribe<object>(served.api, deep.replace(/^\{/, "query {"));
  await until("the refusal", () => errors.length + messages.length > 0);
  expect(JSON.stringify([errors, messages])).toContain("QUERY_TOO_DEEP");
  await close();
});

describe("whoever brings no token", () => {
  const query = "{ __typename }";
  const from = (ip: string) => ({ "x-forwarded-for": ip });
  let limited: TestApi;
  beforeAll(async () => {
    const settings = { VISITOR_QUERIES: "5", PROXY_HOPS: "1" };
    limited = await startTestApi(served.chain, served.database.url, settings);
  });
  afterAll(() => limited?.stop());

  it("asks so often in a minute and address, then is told when to ask again; another address may", async () => {
    const ask = (ip: string) => limited.post(JSON.stringify({ query }), from(ip));
    for (let i = 0; i < 5; i++) expect((await ask("2001:db8::7")).status).toBe(200);
    const refused = await ask("2001:db8::8");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const { errors } = (await refused.json()) as { errors: { extensions: { code: string; retryAfter: number } }[] };
    expect(errors[0]?.extensions).toMatchObject({ code: "RATE_LIMITED", retryAfter: expect.any(Number) });
    expect((await ask("2001:db8:0:1::7")).status).toBe(200);
  });

  it("asks as often by socket, and by both together", async () => {
    const url = `${limited.wsUrl}/graphql`;
    class Proxied extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: from("203.0.113.9") });
      }
    }
    const client = createClient({ url, webSocketImpl: Proxied, retryAttempts: 0 });
    const ask = async () => {
      for await (const answer of client.iterate({ query })) return answer;
      return undefined;
    };
    for (let i = 0; i < 4; i++) expect((await ask())?.errors).toBeUndefined();
    expect((await limited.post(JSON.stringify({ query }), from("203.0.113.9"))).status).toBe(200);
    const refused = await ask().catch((errors: unknown) => errors);
    expect(refused).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    expect((await limited.post(JSON.stringify({ query }), from("203.0.113.9"))).status).toBe(429);
    await client.dispose();
  });

  it("is counted without a question to the database", async () => {
    const asked = await statementsOf(() => limited.post(JSON.stringify({ query }), from("203.0.113.10")));
    expect(asked).toEqual([]);
  });

  it("asks as often by routes as by queries, and by both together", async () => {
    const people = await startPeople({ settings: { VISITOR_QUERIES: "3", PROXY_HOPS: "1" } });
    try {
      const headers = from("203.0.113.11");
      const read = () => fetch(`${people.api.url}/api/v1/validators`, { headers });
      for (let i = 0; i < 2; i++) expect((await read()).status).toBe(200);
      expect((await people.api.post(JSON.stringify({ query }), headers)).status).toBe(200);
      const refused = await read();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ code: "RATE_LIMITED" });
    } finally {
      await people.stop();
    }
  });
});
