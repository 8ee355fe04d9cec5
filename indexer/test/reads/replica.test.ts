import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asRole } from "../../../scripts/local/postgres.ts";
import { registry } from "../../src/platform/telemetry/metrics.ts";
import { startTestApi, subscribe, type TestApi } from "../harness/api.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { type Pair, startPair } from "../harness/replica.ts";
import { until } from "../harness/until.ts";
import { type Intents, type Signer, startIntents } from "../members/intents/signers.ts";

let pair: Pair;
/** Its API knows no replica. */
let people: Intents;
/** Reads from the replica however late it is. */
let patient: TestApi;
/** Reads from the replica unless it is 300 ms late. */
let strict: TestApi;

beforeAll(async () => {
  pair = await startPair();
  people = await startIntents({ server: pair.url });
  await pair.replicate();
  const withReplica = (lagMs: number, lagBlocks: number) =>
    startTestApi(people.chain, people.database.url, {
      ...people.settings,
      DATABASE_REPLICA_URL: pair.copyOf(asRole(people.database.ownerUrl, "tburn_app")),
      REPLICA_LAG_MS: String(lagMs),
      REPLICA_LAG_BLOCKS: String(lagBlocks),
    });
  patient = await withReplica(600_000, 1_000_000);
  strict = await withReplica(300, 1_000_000);
}, 120_000);
afterAll(async () => {
  await Promise.all([patient?.stop(), strict?.stop()]);
  await people?.stop();
  await pair?.stop();
});
beforeEach(() => people.forgetVisits());

const BLOCK = "{ networkStats { asOfBlock { number hash } } }";

/** The block that an answer stands for. */
async function blockOf(api: TestApi): Promise<number> {
  const { data, errors } = await api.ask(BLOCK);
  expect(errors).toBeUndefined();
  return (data as { networkStats: { asOfBlock: { number: number } } }).networkStats.asOfBlock.number;
}

/** Answers so far, by place and reason. */
async function readsSoFar(): Promise<Record<string, number>> {
  const { values = [] } = (await registry.getSingleMetric("tburn_reads_total")?.get()) ?? {};
  return Object.fromEntries(values.map(({ labels, value }) => [`${labels.place} ${labels.because}`, value]));
}

/** Where the answers of `work` were read. */
async function placesOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await readsSoFar();
  await work();
  const more = Object.entries(await readsSoFar()).map(
    ([place, count]) => [place, count - (before[place] ?? 0)] as const,
  );
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}

async function mined(): Promise<number> {
  await people.chain.mine();
  await people.follow();
  return people.chain.height();
}

const near = (api: TestApi) =>
  until("reads at the replica", async () => (await placesOf(() => blockOf(api)))["replica near"] === 1);

/** Lets a replica stand still while `work` runs. */
async function paused(work: () => Promise<void>): Promise<void> {
  await pair.caughtUp();
  await pair.pause();
  try {
    await work();
  } finally {
    await pair.resume();
    await pair.caughtUp();
  }
}

const memberNo = async (one: Signer): Promise<number> => {
  const { data } = await one.graph("query ($me: String!) { member(memberId: $me) { memberNo } }");
  return (data as { member: { memberNo: number } }).member.memberNo;
};

const publish = async (one: Signer, api: TestApi, displayName: string) => {
  const path = `${api.url}/api/v1/members/${one.memberId}`;
  const authorization = `Bearer ${one.token}`;
  const seen = await fetch(`${path}/profile`, { headers: { authorization } });
  const words = {
    displayName,
    bio: "",
    website: "",
    links: [],
    tags: [],
    language: "ko",
    currency: "KRW",
    timeZone: "Asia/Seoul",
  };
  const body = JSON.stringify({ ...words, custom: {} });
  const headers = { authorization, "content-type": "application/json", "if-match": seen.headers.get("etag") ?? '"0"' };
  const response = await fetch(`${path}/metadata`, { method: "PUT", headers, body });
  expect([response.status, await response.clone().text()]).toEqual([200, expect.any(String)]);
};

/** The name that a member shows, as somebody reads it. */
const nameBy = async (api: TestApi, no: number, token?: string): Promise<string | null> => {
  const query = `{ member(memberNo: ${no}) { metadata { displayName } } }`;
  const response = await api.post(JSON.stringify({ query }), token ? { authorization: `Bearer ${token}` } : {});
  const { data } = (await response.json()) as { data: { member: { metadata: { displayName: string | null } } } };
  return data.member.metadata.displayName;
};

describe("a replica", () => {
  it("is read from while it is near, and the answer names its block", async () => {
    const newest = await mined();
    await pair.caughtUp();
    await near(strict);
    expect(await placesOf(async () => expect(await blockOf(strict)).toBe(newest))).toEqual({ "replica near": 1 });
  });

  it("names its own block, and that block's hash, while it is late within its bounds", async () => {
    const before = await mined();
    await paused(async () => {
      const now = await mined();
      expect(now).toBeGreaterThan(before);
      expect(await blockOf(patient)).toBe(before);
      const { data } = await patient.ask(BLOCK);
      const { hash } = await people.chain.rpc<{ hash: string }>("eth_getBlockByNumber", [
        `0x${before.toString(16)}`,
        false,
      ]);
      expect(data).toEqual({ networkStats: { asOfBlock: { number: before, hash } } });
    });
  });

  it("is left alone once it is too late, and taken again when it has caught up", async () => {
    await near(strict);
    await paused(async () => {
      const now = await mined();
      await until("an answer of the primary", async () => (await blockOf(strict)) === now);
      expect(await placesOf(() => blockOf(strict))).toEqual({ "primary far": 1 });
    });
    await near(strict);
  });

  it("tells its lag to whoever watches", async () => {
    await paused(async () => {
      await mined();
      await until("a lag", async () => /^tburn_replica_lag_seconds 0\.[3-9]/m.test(await registry.metrics()));
      expect(await registry.metrics()).toMatch(/^tburn_replica_lag_blocks [1-9]/m);
    });
    await until("no lag", async () => /^tburn_replica_lag_blocks 0$/m.test(await registry.metrics()));
  });
});

describe("a member", () => {
  it("reads what it wrote at once, by any process, while others still read from the replica", async () => {
    const one = await people.signer(DELEGATORS[0] ?? 0);
    const no = await memberNo(one);
    await publish(one, patient, "Before");
    await pair.caughtUp();
    expect(await nameBy(patient, no, one.token)).toBe("Before");
    await paused(async () => {
      await publish(one, patient, "After");
      expect(await nameBy(patient, no, one.token)).toBe("After");
      expect(await nameBy(strict, no, one.token)).toBe("After");
      // Somebody else has written nothing: an answer that is late, and says so.
      expect(await nameBy(patient, no)).toBe("Before");
      expect(await placesOf(() => nameBy(patient, no, one.token))).toEqual({ "primary unreplayed": 1 });
      // Written at a process that knows no replica, read at one that does.
      await publish(one, people.api, "Elsewhere");
      expect(await nameBy(patient, no, one.token)).toBe("Elsewhere");
    });
    expect(await placesOf(() => nameBy(patient, no, one.token))).toEqual({ "replica near": 1 });
  });

  it("is found by its first question after it has signed in", async () => {
    await paused(async () => {
      const one = await people.signer(60);
      const query = "query ($me: String!) { member(memberId: $me) { accountId } }";
      const headers = { authorization: `Bearer ${one.token}` };
      const response = await patient.post(JSON.stringify({ query, variables: { me: one.memberId } }), headers);
      expect(await response.json()).toEqual({ data: { member: { accountId: one.memberId } } });
    });
  });

  it("hears of a block what that block says, while the replica does not have it", async () => {
    const told = subscribe<{ networkEvents: { block: { number: number } } }>(
      patient,
      "subscription { networkEvents { block { number } } }",
    );
    await until("the subscription", async () => (await mined()) > 0 && told.messages.length > 0);
    await paused(async () => {
      const now = await mined();
      await until("the block", () => told.messages.some(({ data }) => data?.networkEvents.block.number === now));
    });
    await told.close();
    expect(told.errors).toEqual([]);
  });
});

describe("a replica that fails", () => {
  it("fails nobody: whoever reads from it when it is killed is answered by the primary", async () => {
    await near(patient);
    let isOver = false;
    const failed: unknown[] = [];
    let answered = 0;
    const reader = async () => {
      while (!isOver) {
        const { errors } = await patient.ask(
          "{ networkStats { memberCount } validators(first: 20) { nodes { name } } }",
        );
        if (errors) failed.push(...errors);
        answered++;
      }
    };
    const readers = Array.from({ length: 8 }, reader);
    await until("readers", () => answered > 100);
    await pair.kill();
    const then = answered;
    await until("answers of the primary", () => answered > then + 100);
    isOver = true;
    await Promise.all(readers);
    expect(failed).toEqual([]);
    expect(await placesOf(() => blockOf(patient))).toEqual({ "primary far": 1 });
  });

  it("is read from again when it is back", async () => {
    await mined();
    await pair.restart();
    await near(patient);
    await pair.caughtUp();
    await near(strict);
  });

  it("is left alone when it follows nobody any more", async () => {
    await pair.promote();
    const now = await mined();
    await until("answers of the primary", async () => (await blockOf(patient)) === now);
    expect(await placesOf(() => blockOf(patient))).toEqual({ "primary far": 1 });
  });
});
