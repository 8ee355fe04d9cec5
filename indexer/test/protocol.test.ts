import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type Ledger, startLedger } from "../../scripts/local/ledger.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { digest } from "../src/platform/db/tables.ts";
import { startTestApi, type TestApi } from "./harness/api.ts";
import { TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";
import { pick, sequence } from "./harness/traffic.ts";
import { expectSame, keysOf, mirrorAt } from "./past/mirror-at.ts";

// The past that every local chain begins with: reports, tiers, a double sign with its appeal, a suspension, proposals,
// liquid staking. Here it is mirrored, and what the API says is held against the contracts.
let ledger: Ledger;
let chain: TestChain;
let database: TestDatabase;
let api: TestApi;
const dir = mkdtempSync(join(tmpdir(), "tburn-past-"));

beforeAll(async () => {
  ledger = await startLedger({
    dir,
    port: await freePort(34_500),
    days: 20,
    say: () => undefined,
    pid: () => undefined,
  });
  await ledger.provider.send("evm_setIntervalMining", [0]);
  chain = new TestChain(ledger.rpcUrl, ledger.record, ledger.provider, () => ledger.stop());
  database = await freshDatabase(inject("postgres"));
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
  await catchUp(sync);
  api = await startTestApi(chain, database.url);
}, 240_000);

afterAll(async () => {
  await api?.stop();
  await database?.drop();
  await ledger?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const rowsOf = async (text: string) => (await database.pool.query<Record<string, string>>(text)).rows;
async function ask<T>(query: string): Promise<T> {
  const { data, errors } = await api.ask(query);
  expect(errors).toBeUndefined();
  return data as T;
}

it("tells the same rows when it is told anew", async () => {
  expect(await freshDigest(inject("postgres"), chain.url, chain.record)).toEqual(await digest(database.pool));
});

it("knows each member's tier as the engine has it, and as people read it", async () => {
  const names = [
    "BASIC_USER",
    "DELEGATED_STAKER",
    "CANDIDATE_VALIDATOR",
    "ACTIVE_VALIDATOR",
    "INACTIVE_VALIDATOR",
    "GENESIS_VALIDATOR",
    "ENTERPRISE_VALIDATOR",
    "GOVERNANCE_VALIDATOR",
    "PROBATION_VALIDATOR",
    "SUSPENDED_VALIDATOR",
    "SLASHED_VALIDATOR",
  ];
  type Members = { members: { nodes: { memberNo: number; shownTier: string }[] } };
  const { members } = await ask<Members>("{ members(first: 100) { nodes { memberNo shownTier } } }");
  expect(members.nodes.length).toBeGreaterThan(40);
  for (const { memberNo, shownTier } of members.nodes) {
    expect(shownTier, `member ${memberNo}`).toBe(
      names[await chain.view<number>("TierEngine", "shownTierOf", [memberNo])],
    );
  }
  for (const row of await rowsOf("select member_no, tier from chain.members")) {
    expect(Number(row.tier)).toBe(await chain.view<number>("TierEngine", "tierOf", [Number(row.member_no)]));
  }
});

it("tells tiers, suspensions, reports and votes of blocks in the past as a mirror that stands there does", async () => {
  const [random, keys] = [sequence(19), await keysOf(database.pool)];
  const stopped = await mirrorAt(inject("postgres"), chain, database.pool);
  // Where something happened to a tier, a member or a delegate: the block itself, and the one before.
  const rows = await rowsOf(`select distinct block_number from chain.activity
    where event in ('TierStaged', 'TierChanged', 'MemberStatusChanged', 'DelegateChanged', 'VoteCast', 'ValidatorReported', 'ValidatorJailed')`);
  const numbers = rows.map((row) => Number(row.block_number));
  const wanted = new Set(Array.from({ length: 5 }, () => pick(random, numbers)).flatMap((at) => [at - 1, at]));
  try {
    for (const at of [...wanted].sort((a, b) => a - b)) {
      await stopped.moveTo(at);
      await expectSame(api, stopped.api, at, keys, random);
    }
  } finally {
    await stopped.stop();
  }
}, 240_000);

it("counts units and votes of every wallet as the contract does", async () => {
  const rows = await rowsOf("select * from chain.vote_accounts");
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    expect(row.units, row.account).toBe(String(await chain.view("StakeVotes", "balanceOf", [row.account])));
    expect(row.votes, row.account).toBe(String(await chain.view("StakeVotes", "getVotes", [row.account])));
  }
  const [supply] = await rowsOf("select units from chain.governance");
  expect(supply?.units).toBe(String(await chain.view("StakeVotes", "totalSupply")));
});

it("tallies proposals, overrides included, and finds their states", async () => {
  const states = ["PENDING", "ACTIVE", "CANCELED", "DEFEATED", "SUCCEEDED", "QUEUED", "EXPIRED", "EXECUTED"];
  interface Proposal {
    proposalId: string;
    state: string;
    forVotes: string;
    againstVotes: string;
    abstainVotes: string;
    quorum: string;
    voteStart: number;
    calls: { decoded: { signature: string } | null }[];
  }
  const { proposals } = await ask<{ proposals: { nodes: Proposal[] } }>(
    `{ proposals { nodes { proposalId state forVotes againstVotes abstainVotes quorum voteStart
        calls { decoded { signature } } } } }`,
  );
  expect(proposals.nodes.map(({ state }) => state)).toContain("EXECUTED");
  for (const one of proposals.nodes) {
    const id = BigInt(one.proposalId);
    expect(one.state).toBe(states[await chain.view<number>("TBurnGovernor", "state", [id])]);
    const tally = await chain.view<bigint[]>("TBurnGovernor", "proposalVotes", [id]);
    expect([one.againstVotes, one.forVotes, one.abstainVotes]).toEqual(tally.map(String));
    expect(one.quorum).toBe(String(await chain.view("TBurnGovernor", "quorum", [BigInt(one.voteStart)])));
    expect(one.calls.every(({ decoded }) => decoded !== null)).toBe(true);
  }
  const overridden = await rowsOf("select 1 from chain.ballots where reduced > 0");
  expect(overridden).toHaveLength(1);
});

it("keeps cases with evidence that anyone can check, and suspensions to their end", async () => {
  const cases = await rowsOf("select * from chain.slash_cases");
  expect(cases).toHaveLength(1);
  for (const row of cases) {
    const real = await chain.view<{ state: number; fraction: bigint; validatorId: number; tau: number }>(
      "SlashingManager",
      "caseOf",
      [Number(row.case_id)],
    );
    expect([Number(row.state), row.fraction, Number(row.validator_id), Number(row.tau)]).toEqual([
      real.state,
      String(real.fraction),
      real.validatorId,
      real.tau,
    ]);
    expect(BigInt(row.taken ?? 0)).toBe(BigInt(row.burned ?? 0) + BigInt(row.bounty ?? 0) + BigInt(row.insurance ?? 0));
  }
  for (const row of await rowsOf("select * from chain.suspensions")) {
    const real = await chain.view<{ state: number; endsAt: number }>("SuspensionManager", "suspension", [
      Number(row.suspension_id),
    ]);
    expect([Number(row.state), Number(row.ends_at)]).toEqual([real.state, real.endsAt]);
  }
});

it("takes the mean uptime as the oracle does", async () => {
  type Validators = { validators: { nodes: { validatorId: number; uptimeBps: number | null }[] } };
  const { validators } = await ask<Validators>("{ validators { nodes { validatorId uptimeBps } } }");
  for (const { validatorId, uptimeBps } of validators.nodes) {
    const [bps, epochs] = await chain.view<[number, number]>("PerformanceOracle", "uptimeOf", [validatorId]);
    expect(uptimeBps).toBe(epochs === 0 ? null : bps);
  }
});

it("knows who holds how many shares of the liquid vault", async () => {
  const rows = await rowsOf("select * from chain.liquid_holders");
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows)
    expect(row.shares).toBe(String(await chain.view("LiquidStakingVault", "balanceOf", [row.account])));
  const [vault] = await rowsOf("select * from chain.liquid_vault");
  expect(vault?.shares).toBe(String(await chain.view("LiquidStakingVault", "totalSupply")));
});
