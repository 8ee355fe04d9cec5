import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { pastAccountOf, powerOf } from "../../src/domains/governance/repository.ts";
import { pastMembers, pastNumberOf } from "../../src/domains/identity/repository.ts";
import { listPositions, positionById, redelPools } from "../../src/domains/staking/repository.ts";
import { changesOf, pastGradesOf, pastStakesOf } from "../../src/domains/tiers/repository.ts";
import { byIds } from "../../src/domains/validators/repository.ts";
import { blockAt } from "../../src/platform/db/mirror/state.ts";
import type { Sql } from "../../src/platform/db/pool.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";

// A history that nobody would read from its beginning: 40,000 positions of 2,000 members, twelve versions each.
let database: TestDatabase;
const [POSITIONS, MEMBERS, VALIDATORS, VERSIONS] = [40_000, 2_000, 20, 12];
const wallet = (n: number) => `0x${n.toString(16).padStart(40, "0")}`;

/** Fills a table with what `series` gives, and zeros or nothing where it says nothing. */
async function fill(table: string, series: string, values: Record<string, string>): Promise<void> {
  const { rows } = await database.pool.query<{ column: string; type: string }>(
    `select attname as column, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and attnotnull order by attnum`,
    [table],
  );
  const zero = (type: string) => (type === "text" ? "'0x'" : type === "boolean" ? "false" : "0");
  const said = rows.map(({ column, type }) => values[column] ?? zero(type));
  await database.pool.query(
    `insert into ${table} (${rows.map(({ column }) => column).join()}) select ${said.join()} from ${series}`,
  );
}

beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
  const positions = `generate_series(1, ${POSITIONS}) p`;
  const members = `generate_series(1, ${MEMBERS}) m`;
  const times = `generate_series(1, ${VERSIONS}) t`;
  const hex = (n: string) => `'0x' || lpad(to_hex(${n}), 40, '0')`;
  const [member_no, validator_id] = [`1 + p % ${MEMBERS}`, `1 + p % ${VALIDATORS}`];
  await fill("chain.blocks", "generate_series(1, 2000) b", { number: "b" });
  await fill("chain.members", members, { member_no: "m", owner: hex("m") });
  await fill("chain.member_versions", `${members}, ${times}`, {
    member_no: "m",
    block_number: "t * 100",
    owner: hex("m"),
  });
  await fill("chain.grade_versions", `${members}, ${times}`, { member_no: "m", block_number: "t * 100" });
  await fill("chain.vote_versions", `${members}, ${times}`, { account: hex("m"), block_number: "t * 100" });
  await fill("chain.vote_history", `${members}, ${times}`, { account: hex("m"), block_number: "t * 100" });
  await fill("chain.tier_changes", `${members}, ${times}`, { member_no: "m", block_number: "t * 100" });
  await fill("chain.validators", `generate_series(1, ${VALIDATORS}) v`, { validator_id: "v", member_no: "v" });
  await fill("chain.validator_versions", `generate_series(1, ${VALIDATORS}) v, generate_series(1, 1500) b`, {
    validator_id: "v",
    block_number: "b",
    pool_shares: "1",
  });
  await fill("chain.reward_credits", `generate_series(1, ${VALIDATORS}) v, generate_series(1, 700) e`, {
    validator_id: "v",
    epoch: "e",
  });
  await fill("chain.cohort_versions", `generate_series(1, ${VALIDATORS}) v, generate_series(1, 300) d, ${times}`, {
    ...{ validator_id: "v", day: "d", block_number: "t * 100" },
  });
  const key = { member_no, position_id: "p" };
  await fill("chain.positions", positions, { ...key, validator_id, since: "p" });
  await fill("chain.position_owners", positions, { ...key, validator_id });
  await fill("chain.position_versions", `${positions}, ${times}`, { ...key, block_number: "t * 100" });
  await fill("chain.liens", positions, { member_no, lien_id: "p" });
  await fill("chain.final_accumulators", `generate_series(1, ${VALIDATORS}) v, generate_series(1, 300) g`, {
    ...{ validator_id: "v", gen: "g" },
  });
  await database.pool.query("vacuum analyze");
}, 120_000);

afterAll(() => database?.drop());

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** How PostgreSQL goes about what `ask` asks. */
async function planned(ask: (sql: Sql) => Promise<unknown>): Promise<Plan[]> {
  const found: Plan[] = [];
  const sql = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await database.pool.query(`explain (analyze, format json) ${text}`, values);
      found.push(...nodes(rows[0]["QUERY PLAN"][0].Plan));
      return { rows: [] };
    },
  };
  await ask(sql as unknown as Sql);
  return found;
}

const page = { limit: 20, after: undefined };
const NOW = { number: 1_050, timestamp: 1_000_000 };
/** When only the first of ten positions had been opened. */
const LONG_AGO = { number: 1_050, timestamp: POSITIONS / 10 };
const everybody = { memberNo: null, validatorId: null, closed: false };

it.each<[string, number, (sql: Sql) => Promise<unknown>]>([
  ["a page of a member's positions", 25, (sql) => listPositions(sql, { ...everybody, memberNo: 7 }, page, NOW)],
  ["a page of a validator's positions", 25, (sql) => listPositions(sql, { ...everybody, validatorId: 7 }, page, NOW)],
  [
    "a later page of a validator's positions",
    25,
    (sql) => listPositions(sql, { ...everybody, validatorId: 7 }, { limit: 20, after: ["9000"] }, NOW),
  ],
  ["a page of all positions", 25, (sql) => listPositions(sql, everybody, page, NOW)],
  [
    "a page of a validator's positions long ago",
    25,
    (sql) => listPositions(sql, { ...everybody, validatorId: 7 }, page, LONG_AGO),
  ],
  ["a position", 2, (sql) => positionById(sql, "31000", 1_050)],
  ["validators with ranks and rates", 20 * 700, (sql) => byIds(sql, [3, 5], { number: 1_050, timestamp: 1e9 })],
  ["members", 4, (sql) => pastMembers(sql, [3, 5], 1_050)],
  ["whose a wallet was", 13, (sql) => pastNumberOf(sql, wallet(44), 1_050)],
  ["stakes of members", 50, (sql) => pastStakesOf(sql, [3, 5], 1_050)],
  ["grades", 4, (sql) => pastGradesOf(sql, [3, 5], 1_050)],
  ["changes of tiers", 40, (sql) => changesOf(sql, [3, 5], 20, 1_050)],
  ["votes of a wallet", 2, (sql) => pastAccountOf(sql, wallet(44), 1_050)],
  ["changes of a wallet's votes", 20, (sql) => powerOf(sql, wallet(44), 20, 1_050)],
  ["what exits of a source have kept", 4, (sql) => redelPools(sql, [{ src: 3, day: 9 }], 1_050)],
  ["a block and the bounds of the past", 2, (sql) => blockAt(sql, 1_050)],
])("finds %s by an index, and reads no more rows than it takes", async (_what, most, ask) => {
  const plan = await planned(ask);
  const read = plan.filter((node) => node["Relation Name"]);
  const scans = read.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);
  // Twenty rows, or one, fit a page.
  expect(scans.filter((name) => !["validators", "checkpoint", "version_start"].includes(name ?? ""))).toEqual([]);
  for (const node of read)
    expect(node["Actual Rows"] * node["Actual Loops"], JSON.stringify(node)).toBeLessThanOrEqual(most);
});
