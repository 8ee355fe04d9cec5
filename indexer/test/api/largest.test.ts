import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type Served, startServed } from "../harness/served.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 49);
});

afterAll(() => served?.stop());

interface Page {
  nodes: { positionId: string; shares: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const PAGES = `query ($after: String, $asOfBlock: Int, $memberNo: Int, $closed: Boolean, $validatorId: Int) {
  stakingPositions(validatorId: $validatorId, memberNo: $memberNo, closed: $closed, sort: SHARES, first: 2, after: $after, asOfBlock: $asOfBlock) {
    nodes { positionId shares } pageInfo { hasNextPage endCursor } } }`;

it("pages through all open delegations of a validator, largest first and equal ones by number", async () => {
  const found: Page["nodes"] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await served.api.ask(PAGES, { validatorId: 1, after });
    expect(errors).toBeUndefined();
    const page = (data as { stakingPositions: Page }).stakingPositions;
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  const { rows } = await served.database.pool.query(
    `select position_id as "positionId", shares from chain.positions
      where validator_id = 1 and closed_at is null order by shares desc, position_id`,
  );
  expect(rows.length).toBeGreaterThan(2);
  expect(found).toEqual(rows);
});

it.each([
  ["of no validator", {}],
  ["of a member", { validatorId: 1, memberNo: 4 }],
  ["that are closed", { validatorId: 1, closed: true }],
  ["of a past block", { validatorId: 1, asOfBlock: 5 }],
])("refuses to sort delegations %s by shares", async (_whose, variables) => {
  const { errors } = await served.api.ask(PAGES, variables);
  expect(errors?.[0]?.extensions?.code).toBe("SORT_INVALID");
});
