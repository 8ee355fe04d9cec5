import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { statementsOf } from "../harness/api.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { sequence, traffic } from "../harness/traffic.ts";
import { type Intents, startIntents } from "../members/intents/signers.ts";

let people: Intents;
beforeAll(async () => {
  people = await startIntents();
  const random = sequence(91);
  for (let day = 0; day < 3; day++) {
    await traffic(people.chain, random, 30);
    await people.chain.rpc("evm_increaseTime", [40 * 3_600]);
    await people.chain.mine();
  }
  await traffic(people.chain, random, 20);
  await people.follow();
}, 120_000);
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

interface Point {
  from: number;
  to: number;
  totalStake: string | null;
  amount: string;
  delegations: number;
  delegated: string;
  exits: number;
  exited: string;
  ballots: number;
}
interface Series {
  asOfBlock: { number: number; timestamp: number };
  points: Point[];
}

const FIELDS: Record<string, string> = {
  stakeSeries: "totalStake selfStake delegated",
  rewardSeries: "amount",
  delegationSeries: "delegations delegated exits exited",
  voteSeries: "ballots forVotes againstVotes abstainVotes",
};
const queryOf = (name: string, args: string) =>
  `{ ${name}(${args}) { asOfBlock { number timestamp } points { from to ${FIELDS[name]} } } }`;

async function told(name: string, args: string): Promise<Series> {
  const { data, errors } = await people.api.ask(queryOf(name, args));
  expect(errors).toBeUndefined();
  return data?.[name] as Series;
}
const code = async (name: string, args: string) =>
  (await people.api.ask(queryOf(name, args))).errors?.[0]?.extensions?.code;

/** What stands in an answer under a name. */
const part = <T>(data: Record<string, unknown> | null | undefined, name: string) => data?.[name] as T;
const sum = (values: (string | number)[]) => values.reduce<bigint>((total, value) => total + BigInt(value), 0n);

/** Everything that happened, counted from the raw events by other means. */
async function happened(where: string) {
  const { rows } = await people.database.pool.query<Record<string, string>>(
    `select count(*) filter (where event in ('StakeDelegated', 'Redelegated')) as delegations,
            coalesce(sum((args->>'tokens')::numeric) filter (where event in ('StakeDelegated', 'Redelegated')), 0) as delegated
       from chain.activity where ${where}`,
  );
  return rows[0] ?? {};
}

describe("a series", () => {
  it.each(["HOUR", "DAY", "WEEK", "MONTH"])(
    "by the %s has a point for each stretch, also where nothing happened",
    async (bucket) => {
      for (const name of Object.keys(FIELDS)) {
        const { asOfBlock, points } = await told(name, `bucket: ${bucket}, buckets: 366`);
        expect(points).toHaveLength(366);
        for (const [i, point] of points.entries()) expect(point.from).toBe(points[i - 1]?.to ?? point.from);
        const newest = points.at(-1);
        expect((newest?.from ?? Infinity) <= asOfBlock.timestamp && asOfBlock.timestamp < (newest?.to ?? 0)).toBe(true);
      }
    },
  );

  it.each(["HOUR", "DAY", "WEEK"])(
    "of stake by the %s ends with what is staked now, and keeps it where nothing changed",
    async (bucket) => {
      const { points } = await told("stakeSeries", `bucket: ${bucket}, buckets: 200`);
      const { data } = await people.api.ask("{ networkStats { totalStake } }");
      expect(points.at(-1)?.totalStake).toBe(part<{ totalStake: string }>(data, "networkStats").totalStake);
      const first = points.findIndex(({ totalStake }) => totalStake !== null);
      expect(points.slice(0, first).every(({ totalStake }) => totalStake === null)).toBe(true);
      expect(points.slice(first).every(({ totalStake }) => totalStake !== null)).toBe(true);
    },
  );

  it("tells by the hour, day, week and month the same altogether, and what the events say", async () => {
    const { delegations, delegated } = await happened("true");
    expect(Number(delegations)).toBeGreaterThan(0);
    for (const bucket of ["HOUR", "DAY", "WEEK", "MONTH"]) {
      const { points } = await told("delegationSeries", `bucket: ${bucket}, buckets: 366`);
      expect(String(sum(points.map((point) => point.delegations)))).toBe(delegations);
      expect(String(sum(points.map((point) => point.delegated)))).toBe(delegated);
    }
    const { data } = await people.api.ask("{ networkStats { rewardsCredited } }");
    for (const bucket of ["HOUR", "DAY", "MONTH"]) {
      const { points } = await told("rewardSeries", `bucket: ${bucket}, buckets: 366`);
      const { rewardsCredited } = part<{ rewardsCredited: string }>(data, "networkStats");
      expect(String(sum(points.map(({ amount }) => amount)))).toBe(rewardsCredited);
    }
  });

  it("of one validator is its own", async () => {
    const { delegated } = await happened("validator_id = 2");
    const { points } = await told("delegationSeries", "bucket: DAY, buckets: 60, validatorId: 2");
    expect(String(sum(points.map((point) => point.delegated)))).toBe(delegated);
    const stake = await told("stakeSeries", "bucket: HOUR, buckets: 1, validatorId: 2");
    const { data } = await people.api.ask("{ validator(validatorId: 2) { totalStake } }");
    expect(stake.points[0]?.totalStake).toBe(part<{ totalStake: string }>(data, "validator").totalStake);
  });

  it("ends at the block of the answer, or earlier on request, and never later", async () => {
    const { asOfBlock, points } = await told("stakeSeries", "bucket: DAY, buckets: 1");
    const later = await told("stakeSeries", `bucket: DAY, buckets: 1, until: ${asOfBlock.timestamp + 1_000_000}`);
    expect(later.points).toEqual(points);
    const earlier = await told("stakeSeries", `bucket: DAY, buckets: 1, until: ${asOfBlock.timestamp - 86_400}`);
    expect(earlier.points[0]?.to).toBe(points[0]?.from);
  });

  it("of more buckets than a year has days is refused, and one of both", async () => {
    expect(await code("stakeSeries", "bucket: DAY, buckets: 367")).toBe("SERIES_LENGTH_INVALID");
    expect(await code("stakeSeries", "bucket: DAY, buckets: 0")).toBe("SERIES_LENGTH_INVALID");
    expect(await code("rewardSeries", 'bucket: DAY, validatorId: 1, memberId: "x"')).toBe("INPUT_INVALID");
    expect(await code("voteSeries", 'bucket: DAY, proposalId: "1 or 1"')).toBe("INPUT_INVALID");
  });

  it("asks for nothing that has no index", async () => {
    const asked = await statementsOf(async () => {
      for (const name of Object.keys(FIELDS)) await told(name, "bucket: DAY, buckets: 30");
      for (const name of ["stakeSeries", "rewardSeries", "delegationSeries"])
        await told(name, "bucket: HOUR, buckets: 30, validatorId: 1");
      await told("voteSeries", 'bucket: DAY, buckets: 30, proposalId: "1"');
    });
    const client = await people.database.pool.connect();
    await client.query("set enable_seqscan = off");
    const series = asked.filter((text) => /width_bucket|ordinality/.test(text));
    expect(series).toHaveLength(8);
    for (const text of series) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain (generic_plan) ${text}`);
      expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).not.toContain("Seq Scan on");
    }
    await client.query("reset enable_seqscan");
    client.release();
  });
});

describe("an account's series", () => {
  const query = (name: string) =>
    `query ($me: String!) { ${name}(bucket: DAY, buckets: 60, memberId: $me) { points { ${FIELDS[name]} } } }`;

  it("is for the member and auditors, and for nobody else", async () => {
    const [one, other, auditor, officer] = [
      await people.signer(DELEGATORS[0] ?? 0),
      await people.signer(DELEGATORS[1] ?? 0),
      await people.signer(70, "auditor"),
      await people.signer(71, "compliance"),
    ];
    for (const name of ["rewardSeries", "delegationSeries", "voteSeries"]) {
      const by = async (who: typeof one) => {
        const { data, errors } = await who.graph(query(name), { me: one.memberId });
        return errors?.[0]?.extensions.code ?? part<Series>(data, name).points.length;
      };
      expect([await by(one), await by(auditor), await by(other), await by(officer)]).toEqual([
        60,
        60,
        "FORBIDDEN",
        "FORBIDDEN",
      ]);
      const { errors } = await people.api.ask(query(name), { me: one.memberId });
      expect(errors?.[0]?.extensions?.code).toBe("SIGN_IN_REQUIRED");
    }
  });

  it("tells what it delegated and what it was paid", async () => {
    const one = await people.signer(DELEGATORS[0] ?? 0);
    const { rows } = await people.database.pool.query<{ member_no: string }>(
      "select member_no from chain.members m join app.member_wallets w on w.address = m.owner where w.member_id = $1",
      [one.memberId],
    );
    const { data } = await one.graph(query("delegationSeries"));
    const { points } = part<Series>(data, "delegationSeries");
    const { delegations, delegated } = await happened(`member_no = ${rows[0]?.member_no}`);
    expect(String(sum(points.map((point) => point.delegated)))).toBe(delegated);
    expect(String(sum(points.map((point) => point.delegations)))).toBe(delegations);
    const paid = (await one.graph(query("rewardSeries"))).data?.rewardSeries as Series;
    const { rows: all } = await people.database.pool.query<{ sum: string }>(
      "select coalesce(sum(amount), 0) as sum from chain.reward_payments where member_no = $1",
      [rows[0]?.member_no],
    );
    expect(String(sum(paid.points.map(({ amount }) => amount)))).toBe(all[0]?.sum);
  });
});
