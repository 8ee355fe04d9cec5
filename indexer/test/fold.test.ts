import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { earned, owed, tokensBehind } from "../src/domains/staking/rules.ts";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain, type TestChain, VALIDATORS } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let database: TestDatabase;

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  database = await freshDatabase(inject("postgres"));
});

afterAll(async () => {
  await database?.drop();
  await chain?.stop();
});

const rowsOf = async (text: string) => (await database.pool.query<Record<string, string>>(text)).rows;

async function expectValidators(): Promise<void> {
  for (const row of await rowsOf("select * from chain.validators")) {
    const id = Number(row.validator_id);
    const stake = await chain.view<{
      del: { tokens: bigint; shares: bigint; gen: number };
      self: bigint;
      keep: bigint;
      nPos: number;
      openCases: number;
    }>("StakingCore", "validatorStake", [id]);
    const [commission, selfRewards] = await chain.view<[bigint, bigint]>("RewardVault", "commissionOf", [id]);
    expect({ ...row, validator_id: id }).toMatchObject({
      validator_id: id,
      self_stake: String(stake.self),
      pool_tokens: String(stake.del.tokens),
      pool_shares: String(stake.del.shares),
      pool_gen: stake.del.gen,
      keep: String(stake.keep),
      position_count: stake.nPos,
      open_cases: stake.openCases,
      accumulator_ray: String(await chain.view<bigint>("StakingCore", "accumulatorOf", [id])),
      unclaimed_commission: String(commission),
      unclaimed_self_rewards: String(selfRewards),
    });
  }
}

async function expectPositions(): Promise<number> {
  const rows = await rowsOf(
    `select p.*, v.pool_tokens, v.pool_shares, v.pool_gen, v.accumulator_ray, f.accumulator_ray as final_ray
       from chain.positions p join chain.validators v using (validator_id)
       left join chain.final_accumulators f on f.validator_id = p.validator_id and f.gen = p.gen`,
  );
  for (const row of rows) {
    const id = BigInt(row.position_id ?? 0);
    const real = await chain.view<{
      owner: bigint;
      val: number;
      gen: number;
      lien: bigint;
      shares: bigint;
      since: number;
    }>("StakingCore", "position", [id]);
    const gen = Number(row.gen);
    const pool = {
      tokens: BigInt(row.pool_tokens ?? 0),
      shares: BigInt(row.pool_shares ?? 0),
      gen: Number(row.pool_gen),
    };
    const shares = BigInt(row.shares ?? 0);
    const acc = BigInt((pool.gen === gen ? row.accumulator_ray : row.final_ray) ?? 0);
    const pending = BigInt(row.unpaid ?? 0) + (shares === 0n ? 0n : earned(shares, acc, BigInt(row.acc_paid ?? 0)));
    expect({
      owner: BigInt(row.member_no ?? 0),
      val: Number(row.validator_id),
      gen,
      lien: BigInt(row.lien_id ?? 0),
      shares,
      since: Number(row.since),
      value: tokensBehind(pool, shares, gen),
      pending,
    }).toEqual({
      owner: real.owner,
      val: real.val,
      gen: real.gen,
      lien: real.lien,
      shares: real.shares,
      since: real.since,
      value: await chain.view<bigint>("StakingCore", "positionValue", [id]),
      pending: await chain.view<bigint>("StakingCore", "pendingRewards", [id]),
    });
  }
  return rows.length;
}

async function expectExits(): Promise<void> {
  for (const row of await rowsOf("select * from chain.cohorts")) {
    const real = await chain.view<Record<"del" | "self_" | "redel", { tokens: bigint; shares: bigint; gen: number }>>(
      "StakingCore",
      "cohort",
      [Number(row.validator_id), Number(row.day)],
    );
    for (const [mine, theirs] of [
      ["del", real.del],
      ["self", real.self_],
      ["redel", real.redel],
    ] as const) {
      expect([row[`${mine}_tokens`], row[`${mine}_shares`], Number(row[`${mine}_gen`])]).toEqual([
        String(theirs.tokens),
        String(theirs.shares),
        theirs.gen,
      ]);
    }
  }
  for (const row of await rowsOf("select * from chain.requests where claimed_at is null")) {
    const real = await chain.view<{ owner: bigint; shares: bigint; gen: number; lien: bigint }>(
      "StakingCore",
      "request",
      [BigInt(row.request_id ?? 0)],
    );
    expect([row.member_no, row.cohort_shares, Number(row.gen), String(row.lien_id ?? 0)]).toEqual([
      String(real.owner),
      String(real.shares),
      real.gen,
      String(real.lien),
    ]);
  }
  const liens = await rowsOf(
    "select l.*, c.redel_tokens, c.redel_shares, c.redel_gen from chain.liens l join chain.cohorts c on c.validator_id = l.src and c.day = l.day where l.ended_at is null",
  );
  for (const row of liens) {
    const terms = { base: BigInt(row.base ?? 0), redelShares: BigInt(row.redel_shares ?? 0), gen: Number(row.gen) };
    const lienRow = await rowsOf(`select redel_shares from chain.liens where lien_id = ${row.lien_id}`);
    const pool = {
      tokens: BigInt(row.redel_tokens ?? 0),
      shares: BigInt(row.redel_shares ?? 0),
      gen: Number(row.redel_gen),
    };
    const mine = owed({ ...terms, redelShares: BigInt(lienRow[0]?.redel_shares ?? 0) }, pool);
    expect(mine).toBe(await chain.view<bigint>("StakingCore", "lienOwed", [BigInt(row.lien_id ?? 0)]));
  }
}

async function expectTotals(): Promise<void> {
  const [network] = await rowsOf("select * from chain.network");
  const [sums] = await rowsOf(
    "select sum(self_stake) as self, sum(pool_tokens) as delegated, sum(position_count) as positions from chain.validators",
  );
  expect(network).toMatchObject({
    supply: String(await chain.view<bigint>("TBurnToken", "totalSupply")),
    self_stake: sums?.self,
    delegated: sums?.delegated,
    open_positions: sums?.positions,
    members: String(await chain.view<bigint>("MemberRegistry", "memberCount")),
  });
  for (const row of (await rowsOf("select * from chain.balances")).slice(0, 20)) {
    expect(row.amount).toBe(String(await chain.view<bigint>("TBurnToken", "balanceOf", [row.account])));
  }
}

it("given random stake, slashes and rewards, folds every row to what the contracts say", async () => {
  const seed = Number(process.env.SEED ?? 20_260_101);
  console.log(`seed ${seed}`);
  const random = sequence(seed);
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
  let positions = 0;
  for (let round = 0; round < 6; round++) {
    await traffic(chain, random, 30);
    await catchUp(sync);
    await expectValidators();
    positions = await expectPositions();
    await expectExits();
    await expectTotals();
  }
  expect(positions).toBeGreaterThan(8);
});

it("given a slash that leaves nothing, ends the pool's generation as the contract does", async () => {
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
  await chain.passTime(70);
  const random = sequence(5);
  await traffic(chain, random, 10);
  const block = await chain.rpc<{ timestamp: string }>("eth_getBlockByNumber", ["latest", false]);
  for (const validatorId of VALIDATORS)
    await chain.act(0, "StakingCore", "slash", [validatorId, Number(block.timestamp), 0n, 0]);
  await traffic(chain, random, 25);
  await catchUp(sync);
  await expectValidators();
  await expectPositions();
  await expectExits();
  await expectTotals();
});

it("tells the same rows anew", async () => {
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));
});

it("has seen every kind of event of stake and rewards", async () => {
  const rows = await rowsOf("select event, count(*) as count from chain.activity group by event order by event");
  console.log(rows.map(({ event, count }) => `${event} ${count}`).join(", "));
  expect(rows.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      "StakeDelegated",
      "TokensUnstaked",
      "UnstakeClaimed",
      "Redelegated",
      "LienSettled",
      "StakeSlashed",
      "CohortSlashed",
      "PoolWiped",
      "EpochCredited",
      "RewardsClaimed",
      "RewardsCompounded",
      "CommissionClaimed",
      "CommissionChanged",
    ]),
  );
});
