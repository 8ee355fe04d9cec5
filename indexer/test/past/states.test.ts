import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { twins as stakingTwins } from "../../src/domains/staking/twins.ts";
import { twins as validatorTwins } from "../../src/domains/validators/twins.ts";
import { digest } from "../../src/platform/db/tables.ts";
import { startTestApi, type TestApi } from "../harness/api.ts";
import { startTestChain, type TestChain } from "../harness/chain.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { catchUp, engine, freshDigest } from "../harness/engine.ts";
import { pick, sequence, traffic } from "../harness/traffic.ts";
import { expectSame, type Keys, keysOf, type MirrorAt, mirrorAt } from "./mirror-at.ts";

const seed = Number(process.env.SEED ?? 20_260_801);
const random = sequence(seed);
const BLOCKS = 110;

let chain: TestChain;
let database: TestDatabase;
let api: TestApi;
let follow: () => Promise<unknown>;
let begin: number;
let keys: Keys;

beforeAll(async () => {
  console.log(`seed ${seed}`);
  chain = await startTestChain(inject("world"));
  begin = await chain.height();
  database = await freshDatabase(inject("postgres"));
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record, proof: "bloom" });
  follow = () => catchUp(sync);
  // Some blocks are told one by one, and some many at a time: a batch must not run versions together.
  for (let round = 0; round < 5; round++) {
    await traffic(chain, random, 4);
    await follow();
  }
  await traffic(chain, random, BLOCKS - 20);
  await follow();
  keys = await keysOf(database.pool);
  api = await startTestApi(chain, database.url);
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await database?.drop();
  await chain?.stop();
});

/** Blocks of the chain's past, the lowest first. */
const blocks = (count: number, head: number) =>
  Array.from({ length: count }, () => begin + Math.floor(random() * (head - begin + 1))).sort((a, b) => a - b);

async function data<T>(query: string, variables: object): Promise<T> {
  const answer = await api.ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data as T;
}

const codeOf = async (query: string, variables: object = {}) =>
  (await api.ask(query, variables)).errors?.[0]?.extensions?.code;

interface Position {
  memberNo: number;
  validatorId: number;
  shares: string;
  value: string;
  pendingRewards: string;
  lien: { owed: string } | null;
}

async function expectPosition(at: number, positionId: string): Promise<boolean> {
  const real = await chain.view<{ owner: bigint; val: number; shares: bigint; lien: bigint }>(
    "StakingCore",
    "position",
    [BigInt(positionId)],
    at,
  );
  const query = `query ($at: Int, $id: String!) { stakingPosition(positionId: $id, asOfBlock: $at) {
    memberNo validatorId shares value pendingRewards lien { owed } } }`;
  const { stakingPosition: mine } = await data<{ stakingPosition: Position | null }>(query, { at, id: positionId });
  if (real.owner === 0n && mine === null) return false;
  const ask = (name: string, id = BigInt(positionId)) => chain.view<bigint>("StakingCore", name, [id], at);
  expect(mine, `position ${positionId} at block ${at}`).toEqual({
    memberNo: Number(real.owner),
    validatorId: real.val,
    shares: String(real.shares),
    value: String(await ask("positionValue")),
    pendingRewards: String(await ask("pendingRewards")),
    lien: real.lien === 0n ? null : { owed: String(await ask("lienOwed", real.lien)) },
  });
  return true;
}

async function expectValidator(at: number, validatorId: number): Promise<void> {
  const query = `query ($at: Int, $id: Int!) { validator(validatorId: $id, asOfBlock: $at) {
    selfStake delegatedStake positionCount openCases unclaimedCommission unclaimedSelfRewards tier } }`;
  const { validator } = await data<{ validator: Record<string, unknown> }>(query, { at, id: validatorId });
  const stake = await chain.view<{ del: { tokens: bigint }; self: bigint; nPos: number; openCases: number }>(
    "StakingCore",
    "validatorStake",
    [validatorId],
    at,
  );
  const [commission, rewards] = await chain.view<[bigint, bigint]>("RewardVault", "commissionOf", [validatorId], at);
  expect(validator, `validator ${validatorId} at block ${at}`).toMatchObject({
    selfStake: String(stake.self),
    delegatedStake: String(stake.del.tokens),
    positionCount: stake.nPos,
    openCases: stake.openCases,
    unclaimedCommission: String(commission),
    unclaimedSelfRewards: String(rewards),
  });
}

async function expectVotes(at: number, address: string): Promise<void> {
  const query = "query ($at: Int, $address: String!) { delegate(address: $address, asOfBlock: $at) { units votes } }";
  const { delegate } = await data<{ delegate: object | null }>(query, { at, address });
  const ask = async (name: string) => String(await chain.view("StakeVotes", name, [address], at));
  expect(delegate ?? { units: "0", votes: "0" }, `${address} at block ${at}`).toEqual({
    units: await ask("balanceOf"),
    votes: await ask("getVotes"),
  });
}

it("tells of random blocks what the contracts say at them", async () => {
  let positions = 0;
  for (const at of blocks(12, await chain.height())) {
    for (let i = 0; i < 5; i++) positions += Number(await expectPosition(at, pick(random, keys.positions)));
    for (const validatorId of keys.validators) await expectValidator(at, validatorId);
    for (let i = 0; i < 3; i++) await expectVotes(at, pick(random, keys.members).address);
  }
  expect(positions).toBeGreaterThan(20);
});

it("tells of random blocks what a mirror that stands there tells", async () => {
  const stopped: MirrorAt = await mirrorAt(inject("postgres"), chain, database.pool);
  try {
    for (const at of blocks(8, await chain.height())) {
      await stopped.moveTo(at);
      await expectSame(api, stopped.api, at, keys, random);
    }
  } finally {
    await stopped.stop();
  }
}, 120_000);

it("says which block an answer is of", async () => {
  const at = (await chain.height()) - 7;
  const query = `query ($at: Int) { validators(asOfBlock: $at) { asOfBlock { number hash timestamp } nodes { asOfBlock { number } } }
    stakingPosition(positionId: "1", asOfBlock: $at) { asOfBlock { hash } member { asOfBlock { number } } } }`;
  const block = await chain.rpc<{ hash: string; timestamp: string }>("eth_getBlockByNumber", [
    `0x${at.toString(16)}`,
    false,
  ]);
  expect(await data(query, { at })).toMatchObject({
    validators: {
      asOfBlock: { number: at, hash: block.hash, timestamp: Number(block.timestamp) },
      nodes: keys.validators.map(() => ({ asOfBlock: { number: at } })),
    },
    stakingPosition: { asOfBlock: { hash: block.hash }, member: { asOfBlock: { number: at } } },
  });
});

it.each(
  [...validatorTwins, ...stakingTwins].filter(
    ({ input, path }) => "as_of_block" in input.shape && !path.includes("/members/"),
  ),
)("answers $method $path of the past", async (twin) => {
  const at = (await chain.height()) - 9;
  const id = twin.path.includes(":id") ? { id: "2" } : {};
  const input = twin.input.parse({ as_of_block: String(at), ...id });
  const found = await data<Record<string, { asOfBlock: object }>>(
    twin.document,
    twin.variables?.(input as never) ?? input,
  );
  expect(found[twin.at[0] ?? ""]?.asOfBlock).toMatchObject({ number: at });
});

it("refuses blocks that are not there yet or before the contracts, and says what to do", async () => {
  const query = "query ($at: Int) { validator(validatorId: 1, asOfBlock: $at) { name } }";
  const head = await chain.height();
  const { errors } = await api.ask(query, { at: head + 1 });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining(`the newest indexed block is ${head}`),
    extensions: { code: "BLOCK_NOT_REACHED" },
  });
  for (const at of [chain.record.startBlock - 1, -5]) {
    const refused = await api.ask(query, { at });
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining(`block ${chain.record.startBlock}`),
      extensions: { code: "BLOCK_BEFORE_START" },
    });
  }
  expect(await data(query, { at: chain.record.startBlock })).toEqual({ validator: null });
});

it.each([
  ["who a member is", "member(memberNo: 4, asOfBlock: $at) { identity { legalName email } }"],
  ["whose account it is", "member(memberNo: 4, asOfBlock: $at) { accountId }"],
  ["what it says of itself", "member(memberNo: 4, asOfBlock: $at) { metadata { displayName } }"],
  ["what changed without a version", "member(memberNo: 4, asOfBlock: $at) { lastActivityAt }"],
  ["a list that has no order of the past", "validator(validatorId: 1, asOfBlock: $at) { delegators { shares } }"],
  [
    "fields of what a state tells",
    'stakingPosition(positionId: "1", asOfBlock: $at) { member { identity { email } } }',
  ],
])("refuses %s rather than mix blocks", async (_what, field) => {
  expect(await codeOf(`query ($at: Int) { ${field} }`, { at: begin + 5 })).toBe("FIELD_NOT_KEPT");
});

it("counts a list of the past twice, also where the block is a variable", async () => {
  const list = (at: string) =>
    `validators(first: 80${at}) { nodes { member { stakingPositions(first: 100) { nodes { shares value positionId } } } } }`;
  expect(await codeOf(`{ ${list("")} }`)).toBeUndefined();
  const variable = `query ($at: Int) { ${list(", asOfBlock: $at")} }`;
  expect(await codeOf(variable)).toBeUndefined();
  expect(await codeOf(variable, { at: begin + 1 })).toBe("QUERY_TOO_COSTLY");
  expect(await codeOf(`{ ${list(`, asOfBlock: ${begin + 1}`)} }`)).toBe("QUERY_TOO_COSTLY");
});

it("given a reorganisation, tells the past of the new chain", async () => {
  await chain.rollBack(14);
  await traffic(chain, random, 20);
  await follow();
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));
  const head = await chain.height();
  keys = await keysOf(database.pool);
  const stopped = await mirrorAt(inject("postgres"), chain, database.pool);
  try {
    for (const at of [head - 24, head - 19, head - 12, head - 3]) {
      await stopped.moveTo(at);
      await expectSame(api, stopped.api, at, keys, random);
      for (let i = 0; i < 3; i++) await expectPosition(at, pick(random, keys.positions));
    }
  } finally {
    await stopped.stop();
  }
});
