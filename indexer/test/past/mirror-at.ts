import type { Deployment } from "@tburn/deployments";
import { expect } from "vitest";
import { keptSpan } from "../../src/platform/db/raw/logs.ts";
import { KeptBlocks } from "../../src/roles/operation/kept.ts";
import { startTestApi, type TestApi } from "../harness/api.ts";
import type { TestChain } from "../harness/chain.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { pick, type Random } from "../harness/traffic.ts";
import { LISTS, ONE, PAGES } from "./questions.ts";

/** A mirror that knows nothing after a block, and is asked about its newest one. */
export interface MirrorAt {
  api: TestApi;
  /** Goes on to a later block. */
  moveTo(block: number): Promise<void>;
  stop(): Promise<void>;
}

/** A fresh mirror of what `from` keeps. */
export async function mirrorAt(server: string, chain: TestChain, from: TestDatabase["pool"]): Promise<MirrorAt> {
  const database = await freshDatabase(server);
  const api = await startTestApi(chain, database.url);
  const record: Deployment = chain.record;
  return {
    api,
    moveTo: async (block) => {
      const span = await keptSpan(from);
      if (!span) throw new Error("nothing is kept");
      const kept = new KeptBlocks(from, { ...span, last: block });
      const { sync } = await engine(database.pool, { urls: ["http://127.0.0.1:9"], record, kept });
      await catchUp(sync);
    },
    stop: async () => {
      await api.stop();
      await database.drop();
    },
  };
}

async function data(api: TestApi, query: string, variables: object): Promise<Record<string, unknown>> {
  const { data: found, errors } = await api.ask(query, variables);
  expect(errors, JSON.stringify(variables)).toBeUndefined();
  return found as Record<string, unknown>;
}

interface Paged {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Walks both lists page by page, and holds each page against the other mirror's. */
async function expectSamePages(past: TestApi, stopped: TestApi, at: number, validatorId: number): Promise<void> {
  let [positions, validators]: (string | null)[] = [null, null];
  for (let pages = 0; pages < 6; pages++) {
    const variables = { validatorId, positions, validators };
    const mine = await data(past, PAGES, { ...variables, at });
    expect(mine, `page ${pages} at block ${at}`).toEqual(await data(stopped, PAGES, variables));
    positions = (mine.stakingPositions as Paged).pageInfo.endCursor ?? positions;
    validators = (mine.validators as Paged).pageInfo.endCursor ?? validators;
  }
}

export interface Keys {
  members: { memberNo: number; address: string }[];
  validators: number[];
  positions: string[];
}

/** Keys of everything that the mirror knows by now. */
export async function keysOf(pool: TestDatabase["pool"]): Promise<Keys> {
  const rows = async (text: string) => (await pool.query<Record<string, string>>(text)).rows;
  return {
    members: (await rows("select member_no, owner from chain.members order by member_no")).map((row) => ({
      memberNo: Number(row.member_no),
      address: String(row.owner),
    })),
    validators: (await rows("select validator_id from chain.validators order by 1")).map((row) =>
      Number(row.validator_id),
    ),
    positions: (await rows("select position_id from chain.positions order by 1")).map((row) => String(row.position_id)),
  };
}

/** Asks both mirrors about random keys: what `past` tells of block `at` is what `stopped` tells of its newest. */
export async function expectSame(
  past: TestApi,
  stopped: TestApi,
  at: number,
  keys: Keys,
  random: Random,
): Promise<void> {
  for (let round = 0; round < 4; round++) {
    const { memberNo } = pick(random, keys.members);
    const { address } = pick(random, keys.members);
    const [validatorId, positionId] = [pick(random, keys.validators), pick(random, keys.positions)];
    const variables = { memberNo, address, validatorId, positionId };
    for (const query of [ONE, LISTS]) {
      const mine = await data(past, query, { ...variables, at });
      expect(mine, `block ${at}, ${JSON.stringify(variables)}`).toEqual(await data(stopped, query, variables));
    }
  }
  await expectSamePages(past, stopped, at, pick(random, keys.validators));
}
