import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getIntrospectionQuery } from "graphql";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { WebSocket } from "ws";
import { writeReport } from "../src/platform/db/mirror.ts";
import { startTestApi, statementsOf, type TestApi } from "./harness/api.ts";
import { address, startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";
import { until } from "./harness/until.ts";

let chain: TestChain;
let database: TestDatabase;
let api: TestApi;
let follow: () => Promise<unknown>;
const dist = mkdtempSync(join(tmpdir(), "tburn-dist-"));
const random = sequence(41);

beforeAll(async () => {
  chain = await startTestChain();
  await traffic(chain, random, 60);
  database = await freshDatabase(inject("postgres"));
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record, proof: "bloom" });
  follow = () => catchUp(sync);
  await follow();
  await writeReport(database.pool, { head: await chain.height(), problem: null, endpoints: [] });
  mkdirSync(join(dist, "assets"));
  writeFileSync(join(dist, "index.html"), "<!doctype html>dApp");
  writeFileSync(join(dist, "assets/app-0123abcd.js"), "1");
  writeFileSync(join(dist, ".secret"), "no");
  writeFileSync(join(dist, "..", "tburn-outside.txt"), "no");
  const WEB_CONFIG = JSON.stringify({ rpcUrls: ["http://127.0.0.1:8545"], demo: { url: "http://127.0.0.1:9000/x" } });
  api = await startTestApi(chain, database.url, { WEB_DIST: dist, WEB_CONFIG });
});

afterAll(async () => {
  await api?.stop();
  await database?.drop();
  await chain?.stop();
  rmSync(dist, { recursive: true, force: true });
});

/** Answers, and no error. */
async function data(query: string, variables: object = {}) {
  const answer = await api.ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data as Record<string, never>;
}

const codeOf = async (query: string, variables: object = {}) =>
  (await api.ask(query, variables)).errors?.[0]?.extensions?.code;

const positionFields =
  "positionId memberNo validatorId shares value pendingRewards claimedRewards autoCompound lienId lien { lienId source base owed maturesAt } since closedAt validator { name } member { memberNo }";

it.each([
  [
    "networkStats",
    "{ networkStats { asOfBlock { number hash timestamp } supply burned selfStake delegated totalStake rewardsCredited aprBps memberCount validatorCount activeValidatorCount openPositionCount daily(days: 3) { day selfStake delegated rewards burned } } }",
  ],
  [
    "validator",
    "{ validator(validatorId: 1) { validatorId memberNo name active tier tombstoned jailedUntil openCases commissionBps maxCommissionBps pendingCommission { bps executableAt expiresAt } minDelegation selfStake delegatedStake totalStake capacity positionCount rewardsTotal unclaimedCommission unclaimedSelfRewards netAprBps registeredAt rank member { accountAddress } delegators(first: 2) { shares } commissionHistory { fromBps toBps at blockNumber } daily(days: 5) { day totalStake rewards } slashes { at faultAt self delegated unbonding } } }",
  ],
  [
    "validators",
    '{ validators(filter: { minStake: "1", maxStake: "999999999999999999999999999", active: true, search: "a" }, sort: { field: NAME, direction: ASC }, first: 2) { totalCount asOfBlock { number } pageInfo { hasNextPage endCursor } edges { cursor node { name } } nodes { rank } } }',
  ],
  ["validatorLeaderboard", "{ validatorLeaderboard(limit: 3) { rank name totalStake } }"],
  [
    "member",
    "{ member(memberNo: 4) { memberNo memberId accountAddress operator payoutAddress pendingPayout { address readyAt } pendingOwner pendingRecovery { address readyAt } status kycLevel kycValidUntil createdAt lastActivityAt tier delegatedStake totalStake validator { name } stakingPositions { nodes { value } } unstakingRequests { nodes { value } } } }",
  ],
  [
    "members",
    '{ members(filter: { tier: [DELEGATED_STAKER, ACTIVE_VALIDATOR], status: [ACTIVE], kycLevel: [BASIC, ENHANCED], minStake: "1", createdAfter: 1, createdBefore: 99999999999 }, sort: { field: STAKE, direction: DESC }, first: 4) { totalCount asOfBlock { number } pageInfo { endCursor } nodes { memberNo tier totalStake } } }',
  ],
  [
    "stakingPositions",
    `{ stakingPositions(validatorId: 1, closed: true) { asOfBlock { number } nodes { ${positionFields} } } }`,
  ],
  ["stakingPosition", `{ stakingPosition(positionId: "1") { ${positionFields} } }`],
  [
    "unstakingRequests",
    "{ unstakingRequests(claimed: true) { asOfBlock { number } nodes { requestId memberNo validatorId positionId kind value tokensAtRequest requestedAt maturesAt claimedAt lienBurned validator { name } } } }",
  ],
  ["rewards", "{ rewards(memberNo: 4) { asOfBlock { number } nodes { kind amount paidTo at } } }"],
  [
    "activity",
    "{ activity(validatorId: 1, first: 5) { asOfBlock { number } nodes { name blockNumber logIndex at transactionHash memberNo validatorId positionId args } pageInfo { endCursor } } }",
  ],
  [
    "blocks",
    "{ blocks(first: 3) { nodes { number hash parentHash timestamp final events { name } orphans { hash } } pageInfo { endCursor } } }",
  ],
  ["block", "{ block(number: 5) { hash final } }"],
  ["reorgs", "{ reorgs { fromBlock depth oldHash newHash rowsUndone seenAtMs } }"],
  [
    "indexerStatus",
    "{ indexerStatus { chainId head lagBlocks reorgCount deepestReorg indexed { number } finalBlock finalityDepth problem endpoints { endpoint calls failures lies lastError } } }",
  ],
])("answers %s", async (name, query) => {
  expect((await data(query))[name]).not.toBeNull();
});

it("finds a member by wallet in any case, and nobody for a stranger", async () => {
  const query =
    "query ($address: String) { member(address: $address) { memberNo } stakingPositions(address: $address) { nodes { positionId } } }";
  expect((await data(query, { address: address(4).toUpperCase().replace("0X", "0x") })).member).toMatchObject({
    memberNo: 4,
  });
  expect(await data(query, { address: address(50) })).toEqual({ member: null, stakingPositions: { nodes: [] } });
});

it.each([
  ["validators", "{ field: COMMISSION, direction: ASC }", "validatorId"],
  ["validators", "{ field: NAME, direction: DESC }", "validatorId"],
  ["members", "{ field: STAKE, direction: DESC }", "memberNo"],
  ["members", "{ field: CREATED_AT, direction: ASC }", "memberNo"],
  ["stakingPositions", null, "positionId"],
  ["activity", null, "transactionHash logIndex"],
  ["blocks", null, "number"],
])("walks %s sorted %s page by page, each entry once", async (list, sort, key) => {
  const query = `query ($after: String, $first: Int!) { ${list}(first: $first, after: $after${sort ? `, sort: ${sort}` : ""}) { nodes { ${key} } pageInfo { hasNextPage endCursor } } }`;
  type Page = { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const walked: object[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 40; pages++) {
    const page: Page = (await data(query, { first: 3, after }))[list] as unknown as Page;
    walked.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  const whole = (await data(query, { first: 100 }))[list] as unknown as Page;
  expect(walked.slice(0, 100)).toEqual(whole.nodes.slice(0, walked.length));
  expect(new Set(walked.map((one) => JSON.stringify(one))).size).toBe(walked.length);
  expect(walked.length).toBeGreaterThan(2);
});

it("answers 100 validators with member and top delegators in at most 5 statements", async () => {
  const query =
    "{ validators(first: 100) { asOfBlock { number } totalCount nodes { name rank tier commissionBps capacity member { accountAddress status } delegators(first: 5) { shares value pendingRewards } } } }";
  const statements = await statementsOf(() => data(query));
  console.log(`${statements.length} statements for validators, members and delegators`);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.length).toBeLessThanOrEqual(5);
});

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
  expect((await api.ask(getIntrospectionQuery())).errors).toBeUndefined();
});

it("says by code that a text cannot be stored", async () => {
  expect(
    await codeOf("query ($s: String) { validators(filter: { search: $s }) { totalCount } }", { s: "a\u0000b" }),
  ).toBe("INPUT_INVALID");
});

it("refuses batches, and bodies that are too large with and without a length", async () => {
  const batch = await api.post(JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]));
  expect(batch.status).toBe(400);
  const large = await api.post(JSON.stringify({ query: `{ __typename ${" ".repeat(120_000)} }` }));
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ errors: [{ extensions: { code: "REQUEST_TOO_LARGE" } }] });
  const port = Number(new URL(api.url).port);
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

interface Message {
  data?: {
    networkEvents?: { block: { number: number }; events: { name: string }[] };
    validatorMetrics?: { delegators: object[]; totalStake: string };
  };
}

it("tells news over server-sent events", async () => {
  const leave = new AbortController();
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    signal: leave.signal,
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: "subscription { networkEvents { block { number } events { name } } }" }),
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  const heard = () =>
    [...text.matchAll(/^data: ?(\{.*)$/gm)].map((match) => (JSON.parse(match[1] ?? "") as Message).data?.networkEvents);
  await until("a first message", async () => {
    await chain.act(4, "StakingCore", "delegate", [2, 10n ** 21n, 0n]);
    await follow();
    return heard().length > 0;
  });
  expect(heard()[0]?.events.map(({ name }) => name)).toContain("StakeDelegated");
  leave.abort();
  await reading;
});

const subscribe = (query: string, variables: Record<string, unknown> = {}) => {
  const client = createClient({ url: `${api.wsUrl}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const messages: Message[] = [];
  const errors: unknown[] = [];
  client.subscribe<Message["data"]>(
    { query, variables },
    {
      next: (value) => messages.push(value as Message),
      error: (error) => errors.push(error),
      complete: () => undefined,
    },
  );
  return { messages, errors, close: () => client.dispose() };
};

it("tells news over WebSocket, each block once and what replaced it", async () => {
  const { messages, close } = subscribe("subscription { networkEvents { block { number hash } events { name } } }");
  await until("the subscription", async () => {
    await chain.mine();
    await follow();
    return messages.length > 0;
  });
  const before = await chain.height();
  await traffic(chain, random, 4);
  await follow();
  await chain.rollBack(2);
  await traffic(chain, random, 3);
  await follow();
  const top = await chain.height();
  const numbers = () => messages.map((message) => message.data?.networkEvents?.block.number ?? 0);
  await until("the new head", () => numbers().includes(top));
  for (let number = before + 1; number <= top; number++) expect(numbers()).toContain(number);
  await close();
});

it("tells a validator's and a member's news with rows of that moment", async () => {
  const one = subscribe(
    "subscription { validatorMetrics(validatorId: 3) { totalStake delegators(first: 100) { shares } member { memberNo } } }",
  );
  const two = subscribe("subscription { memberUpdated(memberNo: 9) { memberNo lastActivityAt delegatedStake } }");
  await until("first messages", async () => {
    await chain.act(9, "StakingCore", "delegate", [3, 10n ** 20n, 0n]);
    await follow();
    return one.messages.length > 1 && two.messages.length > 1;
  });
  const total = String(await chain.view<bigint>("StakingCore", "totalStakeOf", [3]));
  await until("the newest total", () => one.messages.at(-1)?.data?.validatorMetrics?.totalStake === total);
  expect(new Set(one.messages.map((m) => m.data?.validatorMetrics?.totalStake)).size).toBe(one.messages.length);
  await Promise.all([one.close(), two.close()]);
});

it("tells payments of rewards", async () => {
  const { messages, close } = subscribe("subscription { rewardDistributed(memberNo: 8) { kind amount paidTo } }");
  await chain.act(8, "StakingCore", "delegate", [1, 10n ** 21n, 0n]);
  await until("a payment", async () => {
    await chain.passTime(40);
    const epoch = await chain.view<number>("RewardVault", "currentEpoch");
    const budget = await chain.view<bigint>("RewardVault", "budgetFor", [epoch]);
    await chain.mined(
      await chain.send(0, "RewardVault", "creditEpoch", [epoch, [{ validatorId: 1, amount: budget / 2n }]]),
    );
    const memberNo = await chain.view<bigint>("MemberRegistry", "memberNoOf", [address(8)]);
    const id = await chain.view<bigint>("StakingCore", "positionOf", [memberNo, 1]);
    await chain.mined(await chain.send(8, "RewardVault", "claimRewards", [[id]]));
    await follow();
    return messages.length > 0;
  });
  expect(messages[0]).toMatchObject({
    data: { rewardDistributed: { kind: "CLAIM", amount: expect.stringMatching(/^\d+$/) } },
  });
  await close();
});

it("holds the limits over WebSocket, too", async () => {
  const { messages, errors, close } = subscribe(deep.replace(/^\{/, "query {"));
  await until("the refusal", () => errors.length + messages.length > 0);
  expect(JSON.stringify([errors, messages])).toContain("QUERY_TOO_DEEP");
  await close();
});

it("serves health, metrics, record, configuration, and is not ready when the follower has a problem", async () => {
  const status = async (path: string) => (await fetch(`${api.url}${path}`)).status;
  const health = { head: await chain.height(), endpoints: [] };
  await writeReport(database.pool, { ...health, problem: null });
  expect([await status("/healthz"), await status("/readyz"), await status("/livez")]).toEqual([200, 200, 200]);
  await writeReport(database.pool, { ...health, problem: "REORG_BEYOND_FINALITY: x" });
  expect(await status("/readyz")).toBe(503);
  await writeReport(database.pool, { ...health, head: health.head + 500, problem: null });
  expect(await (await fetch(`${api.url}/readyz`)).json()).toMatchObject({ ok: false, lag: 500 });
  await writeReport(database.pool, { ...health, problem: null });
  expect(await (await fetch(`${api.url}/metrics`)).text()).toContain("tburn_rpc_calls_total");
  expect(await (await fetch(`${api.url}/deployment.json`)).json()).toEqual(chain.record);
  expect(await (await fetch(`${api.url}/config.json`)).json()).toMatchObject({ rpcUrls: ["http://127.0.0.1:8545"] });
});

it("serves the dApp, its own addresses and nothing beside it", async () => {
  const page = await fetch(`${api.url}/validators/3`);
  expect(await page.text()).toContain("dApp");
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:8545 http://127.0.0.1:9000 ws://127.0.0.1:8545");
  const asset = await fetch(`${api.url}/assets/app-0123abcd.js`);
  expect(asset.headers.get("cache-control")).toContain("immutable");
  for (const path of [
    "/.secret",
    "/assets/missing.js",
    "/..%2ftburn-outside.txt",
    "/%2e%2e/tburn-outside.txt",
    "/%00",
  ]) {
    const response = await fetch(`${api.url}${path}`);
    expect([path, response.status === 404 || (await response.text()).includes("dApp")]).toEqual([path, true]);
  }
});

it("serves a playground that needs nothing from elsewhere", async () => {
  const page = await fetch(`${api.url}/playground`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const text = await page.text();
  expect(text).not.toMatch(/https?:\/\//);
  for (const [, path] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect([path, (await fetch(`${api.url}${path}`)).status]).toEqual([path, 200]);
  }
});

it("answers other origins only where it is told to", async () => {
  const open = await startTestApi(chain, database.url, { CORS_ORIGIN: "https://analyst.example" });
  const headers = { origin: "https://analyst.example" };
  const body = JSON.stringify({ query: "{ __typename }" });
  expect((await open.post(body, headers)).headers.get("access-control-allow-origin")).toBe("https://analyst.example");
  expect((await api.post(body, headers)).headers.get("access-control-allow-origin")).toBeNull();
  await open.stop();
});
