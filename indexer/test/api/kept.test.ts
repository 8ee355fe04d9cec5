import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { transaction } from "../../src/platform/db/pool.ts";
import { statementsOf } from "../harness/api.ts";
import { address } from "../harness/chain.ts";
import { type Served, startServed } from "../harness/served.ts";
import { sequence } from "../harness/traffic.ts";
import { type People, startPeople } from "../members/people.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 47, { VISITOR_QUERIES: "0" });
});

afterAll(() => served?.stop());

const NAMES = "{ validators { asOfBlock { number hash timestamp } nodes { validatorId name } } }";

interface Names {
  asOfBlock: { number: number; hash: string; timestamp: number };
  nodes: { validatorId: number; name: string }[];
}

async function names(query = NAMES): Promise<Names> {
  const { data, errors } = await served.api.ask(query);
  expect(errors).toBeUndefined();
  return (data as { validators: Names }).validators;
}

/**
 * Writes all validators' names and moves the checkpoint in one transaction, as the follower does.
 * @param by How far; 0 replaces the newest block by another of the same height.
 */
const commit = (n: number, by: number) =>
  transaction(served.database.pool, async (sql) => {
    const { rows } = await sql.query<{ number: string }>("select block_number as number from ops.checkpoint");
    const number = Number(rows[0]?.number) + by;
    const hash = `0x${n.toString(16).padStart(64, "0")}`;
    await sql.query("delete from chain.blocks where number >= $1", [number]);
    await sql.query(
      "insert into chain.blocks (number, hash, parent_hash, block_time, log_count) values ($1, $2, $2, $3, 0)",
      [number, hash, n],
    );
    await sql.query("update chain.validators set name = 'v' || $1::text", [n]);
    await sql.query("update ops.checkpoint set block_number = $1, versioned_to = $1, block_hash = $2", [number, hash]);
    await sql.query("select pg_notify('tburn_block', $1)", [JSON.stringify({ block: number, isUndone: by <= 0 })]);
  });

it("reads nothing for a question that was answered at this block, however it is written", async () => {
  const first = await names();
  const again = await statementsOf(async () => {
    expect(await names()).toEqual(first);
    expect(
      await names(`# the same\n query  { validators { asOfBlock { number, hash, timestamp } nodes {
      validatorId name } } }`),
    ).toEqual(first);
  });
  expect(again).toEqual([]);
});

it("reads once for many who ask the same at the same time", async () => {
  const query = "{ validators(first: 3) { nodes { name selfStake } } }";
  const reads = await statementsOf(() => Promise.all(Array.from({ length: 20 }, () => served.api.ask(query))));
  expect(reads.filter((text) => text.includes("chain.validators"))).toHaveLength(1);
});

it("answers nothing older than what was committed before the question, and never of two states at once", async () => {
  const random = sequence(5);
  let committed = 0;
  let isOver = false;
  const write = async () => {
    for (let n = 1; n <= 120; n++) {
      await commit(n, Math.floor(random() * 4) - 1);
      committed = n;
      // Room for questions between two commits, of different length.
      for (let pause = Math.floor(random() * 6); pause > 0; pause--) await served.api.ask("{ __typename }");
    }
  };
  const writing = write().finally(() => (isOver = true));
  const asking = Array.from({ length: 8 }, async () => {
    let asked = 0;
    while (!isOver) {
      const least = committed;
      const first = 1 + Math.floor(random() * 3);
      const { asOfBlock, nodes } = await names(NAMES.replace("validators", `validators(first: ${first})`));
      if (least === 0) continue;
      expect(asOfBlock.timestamp).toBeGreaterThanOrEqual(least);
      expect(new Set(nodes.map(({ name }) => name))).toEqual(new Set([`v${asOfBlock.timestamp}`]));
      expect(BigInt(asOfBlock.hash)).toBe(BigInt(asOfBlock.timestamp));
      asked++;
    }
    return asked;
  });
  const [, ...asked] = await Promise.all([writing, ...asking]);
  expect(asked.reduce((sum, asked) => sum + asked, 0)).toBeGreaterThan(120);
});

it("lets an answer go with a reorganisation to the same height, and with a switch of mirrors at the same block", async () => {
  await commit(1_000, 1);
  const before = await names();
  await commit(1_001, 0);
  const after = await names();
  expect(after.asOfBlock.number).toBe(before.asOfBlock.number);
  expect(after.nodes[0]?.name).toBe("v1001");
  await transaction(served.database.pool, async (sql) => {
    await sql.query("update chain.validators set name = 'of another mirror'");
    await sql.query("update ops.checkpoint set version = version");
  });
  expect((await names()).nodes[0]?.name).toBe("of another mirror");
});

it.each([
  ["what the follower says of itself", "{ indexerStatus { head } }"],
  ["reorganisations", "{ reorgs { depth } }"],
  ["statements of delegates", `{ delegate(address: "${address(4)}") { statement { name } } }`],
  ["what members publish", "{ member(memberNo: 4) { metadata { displayName } } }"],
  ["whether a member has an account", "{ member(memberNo: 4) { accountId } }"],
  ["errors", "{ validator(validatorId: 1) { daily(days: 9999) { day } } }"],
])("keeps no answer with %s", async (_what, query) => {
  await served.api.ask(query);
  const [second, third] = [
    await statementsOf(() => served.api.ask(query)),
    await statementsOf(() => served.api.ask(query)),
  ];
  expect(second.length).toBeGreaterThan(0);
  expect(third.length).toBeGreaterThan(0);
});

it("knows every schema of the database, and that no row of the mirror is only for some", async () => {
  const { rows } = await served.database.pool.query<{ name: string }>(
    "select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema$)' order by 1",
  );
  expect(rows.map(({ name }) => name)).toEqual(["app", "boss", "chain", "ops", "public"]);
  const walled = await served.database.pool.query("select 1 from pg_policies where schemaname = 'chain'");
  expect(walled.rows).toEqual([]);
});

describe("given somebody who has signed in", () => {
  let people: People;
  let token: string;

  beforeAll(async () => {
    people = await startPeople();
    token = (await people.browser().signIn(privateKeyToAccount(generatePrivateKey()))).accessToken;
  });
  afterAll(() => people?.stop());

  const QUERY = "{ networkStats { memberCount } validators { totalCount } }";
  const ask = async (headers: Record<string, string> = {}, query = QUERY) => {
    const answer = await people.api.post(JSON.stringify({ query }), headers);
    return (await answer.json()) as { errors?: object[] };
  };
  const ofChain = (statements: string[]) => statements.filter((text) => text.includes("chain.validators")).length;

  it("makes each of its answers anew, and tells none of them to anybody else", async () => {
    await people.database.pool.query(
      `insert into chain.blocks (number, hash, parent_hash, block_time, log_count) values (1, 'a', 'b', 1, 0) on conflict do nothing;
       insert into ops.checkpoint (id, chain_id, contracts, block_number, block_hash, final_block, version, versioned_to) values (1, 31337, '', 1, 'a', 1, '', 1)
       on conflict do nothing`,
    );
    const authorization = `Bearer ${token}`;
    for (let n = 0; n < 2; n++) expect(ofChain(await statementsOf(() => ask({ authorization })))).toBeGreaterThan(0);
    expect(ofChain(await statementsOf(() => ask()))).toBeGreaterThan(0);
    expect(ofChain(await statementsOf(() => ask()))).toBe(0);
    expect(ofChain(await statementsOf(() => ask({ authorization })))).toBeGreaterThan(0);
  });

  it("tells whoever brings a wrong token that it is wrong, whatever is kept", async () => {
    await ask();
    expect((await ask({ authorization: "Bearer nobody" })).errors?.length).toBeGreaterThan(0);
  });

  it("keeps answers of routes that read by queries, for visitors alone", async () => {
    const get = (headers: Record<string, string> = {}) =>
      people.browser().send("GET", "/api/v1/validators", undefined, headers);
    const first = await (await get()).text();
    let again = "";
    expect(ofChain(await statementsOf(async () => (again = await (await get()).text())))).toBe(0);
    expect(again).toBe(first);
    expect(ofChain(await statementsOf(() => get({ authorization: `Bearer ${token}` })))).toBeGreaterThan(0);
  });
});
