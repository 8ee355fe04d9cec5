import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { statementsOf } from "../harness/api.ts";
import { address } from "../harness/chain.ts";
import { type Served, startServed } from "../harness/served.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 41);
});

afterAll(() => served?.stop());

/** Answers, and no error. */
async function data(query: string, variables: object = {}) {
  const answer = await served.api.ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data as Record<string, never>;
}

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

it("ranks the leaderboard 1, 2, 3 …, also where stakes are equal", async () => {
  type Ranked = { validatorLeaderboard: { rank: number; totalStake: string }[] };
  const client = new pg.Client({ connectionString: served.database.url });
  await client.connect();
  try {
    await client.query("create temp table stakes as select validator_id, total_stake from chain.validators");
    await client.query("update chain.validators set total_stake = 7");
    const { validatorLeaderboard } = (await data(
      "{ validatorLeaderboard(limit: 100) { rank totalStake } }",
    )) as unknown as Ranked;
    expect(validatorLeaderboard.map(({ totalStake }) => totalStake)).toEqual(validatorLeaderboard.map(() => "7"));
    expect(validatorLeaderboard.map(({ rank }) => rank)).toEqual(validatorLeaderboard.map((_, place) => place + 1));
  } finally {
    await client.query(
      "update chain.validators v set total_stake = s.total_stake from stakes s where s.validator_id = v.validator_id",
    );
    await client.end();
  }
});

it("answers 100 validators with member and top delegators in at most 5 statements", async () => {
  const query =
    "{ validators(first: 100) { asOfBlock { number } totalCount nodes { name rank tier commissionBps capacity member { accountAddress status } delegators(first: 5) { shares value pendingRewards } } } }";
  const statements = await statementsOf(() => data(query));
  console.log(`${statements.length} statements for validators, members and delegators`);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.length).toBeLessThanOrEqual(5);
});
