import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registry } from "../../src/platform/telemetry/metrics.ts";
import { sequence, traffic } from "../harness/traffic.ts";
import { until } from "../harness/until.ts";
import { type Intents, startIntents } from "../members/intents/signers.ts";

let people: Intents;
beforeAll(async () => {
  people = await startIntents();
  await traffic(people.chain, sequence(17), 40);
  await people.follow();
}, 120_000);
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

/** Asks with a client that shows what comes behind a body; nothing is read before `rest` is called. */
async function begin(path: string) {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${people.api.url}/api/v1/exports/${path}`, resolve).once("error", reject),
  );
  return {
    response,
    rest: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}

async function whole(path: string) {
  const { response, rest } = await begin(path);
  const body = await rest();
  return { status: response.statusCode, headers: response.headers, trailers: response.trailers, body };
}

const digestField = (body: Buffer) => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
const digestOf = async (name: string, query = "") =>
  (await fetch(`${people.api.url}/api/v1/exports/${name}/digest?${query}`)).json() as Promise<Record<string, unknown>>;
const counted = async (table: string): Promise<number> => {
  const { rows } = await people.database.pool.query<{ n: number }>(`select count(*)::integer as n from ${table}`);
  return rows[0]?.n ?? 0;
};

const TABLES: Record<string, string> = {
  validators: "chain.validators",
  delegations: "chain.positions",
  exits: "chain.requests",
  rewards: "chain.reward_payments",
  credits: "chain.reward_credits",
  proposals: "chain.proposals",
  votes: "chain.ballots",
  slashes: "chain.slashes",
  commissions: "chain.commission_changes",
};

describe("an export", () => {
  it.each(Object.entries(TABLES))(
    "of %s is whole in both formats, names its block, and ends with its digest",
    async (name, table) => {
      const { rows: blocks } = await people.database.pool.query<{ block_number: string; block_hash: string }>(
        "select block_number, block_hash from ops.checkpoint",
      );
      const csv = await whole(name);
      const lines = await whole(`${name}?format=jsonl`);
      const count = await counted(table);
      for (const { status, headers, trailers, body } of [csv, lines]) {
        expect(status).toBe(200);
        expect(headers["x-tburn-block-number"]).toBe(blocks[0]?.block_number);
        expect(headers["x-tburn-block-hash"]).toBe(blocks[0]?.block_hash);
        expect(trailers).toEqual({ "repr-digest": digestField(body), "x-tburn-rows": String(count) });
      }
      const ofCsv = parse(csv.body, { columns: true }) as Record<string, string>[];
      const ofLines = lines.body
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect([ofCsv.length, ofLines.length]).toEqual([count, count]);
      const plain = (row: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value === null ? "" : String(value)]));
      expect(ofLines.map(plain)).toEqual(ofCsv);
    },
  );

  it("is not empty where the chain is not", async () => {
    for (const table of ["validators", "positions", "requests"])
      expect(await counted(`chain.${table}`)).toBeGreaterThan(0);
  });

  it("of one block is the same bytes again, and its digest is told to whoever could not read it behind the body", async () => {
    const [first, second] = [await whole("delegations"), await whole("delegations")];
    expect(second.body.equals(first.body)).toBe(true);
    const block = Number(first.headers["x-tburn-block-number"]);
    expect(await digestOf("delegations", `block=${block}`)).toEqual({
      ...{ name: "delegations", format: "csv", bytes: first.body.length, rows: await counted("chain.positions") },
      block: { number: block, hash: first.headers["x-tburn-block-hash"] },
      sha256: createHash("sha256").update(first.body).digest("hex"),
    });
    expect(await digestOf("delegations", "block=999999999")).toMatchObject({ code: "EXPORT_NOT_FOUND" });
  });

  it("is refused by code for a table or a format that is not there", async () => {
    expect((await whole("members")).status).toBe(422);
    expect((await whole("validators?format=xml")).status).toBe(422);
    expect((await whole("validators?block=1")).status).toBe(422);
  });

  it("lets no cell be a formula", async () => {
    await people.database.pool.query(
      "update chain.validators set name = '=HYPERLINK(\"http://a.test\")' where validator_id = 1",
    );
    const { body } = await whole("validators");
    expect(body.toString()).toContain(`"'=HYPERLINK(""http://a.test"")"`);
    const [first] = (await whole("validators?format=jsonl")).body.toString().split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({ validatorId: 1, name: '=HYPERLINK("http://a.test")' });
  });

  it("may be asked for twenty times in ten minutes", async () => {
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i < 21; i++) statuses.push((await whole("slashes")).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
  });
});

describe("an export of many rows", () => {
  const MANY = 200_000;
  const exported = async () => {
    const { values = [] } = (await registry.getSingleMetric("tburn_exported_rows_total")?.get()) ?? {};
    return values[0]?.value ?? 0;
  };
  /** What is read once nothing more is taken. */
  async function still(): Promise<number> {
    let [last, same] = [-1, 0];
    await until("a pause", async () => {
      const now = await exported();
      same = now === last ? same + 1 : 0;
      last = now;
      return same > 20;
    });
    return last;
  }
  const connections = async () => {
    const { rows } = await people.database.pool.query<{ n: number }>(
      "select count(*)::integer as n from pg_stat_activity where state = 'idle in transaction' and query like 'fetch%' and datname = current_database()",
    );
    return rows[0]?.n;
  };

  beforeAll(async () => {
    await people.database.pool.query(
      `insert into chain.ballots select n, 'voter-' || n, 0, 1, 10::numeric ^ 18, 0, repeat('because ', 10), 1700000000, 1, '0x' || md5(n::text)
         from generate_series(1, ${MANY}) n`,
    );
  });

  // Those that an earlier test left must not be taken for this one's.
  beforeEach(() => until("the end of earlier exports", async () => (await connections()) === 0));

  it("waits for a slow reader, and tells one moment however long that takes", async () => {
    const [before, all] = [await exported(), await counted("chain.ballots")];
    const slow = await begin("votes?format=jsonl");
    const read = (await still()) - before;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(MANY / 4);
    // What is written meanwhile is of another moment.
    await people.database.pool.query("delete from chain.ballots where proposal_id > 100000");
    const body = await slow.rest();
    // A number: a failure must not print all lines.
    expect(body.toString().split("\n").length - 1).toBe(all);
    expect(slow.response.trailers["repr-digest"]).toBe(digestField(body));
  });

  it("leaves no connection behind when its reader goes, and has no digest then", async () => {
    await people.chain.mine();
    await people.follow();
    const left = await begin("votes");
    const block = left.response.headers["x-tburn-block-number"];
    await until("its connection", async () => (await connections()) === 1);
    left.response.destroy();
    await until("its end", async () => (await connections()) === 0);
    expect(await digestOf("votes", `block=${block}`)).toMatchObject({ code: "EXPORT_NOT_FOUND" });
  });

  it("is one of three at a time; who comes fourth is told when to try again", async () => {
    const three = [await begin("votes"), await begin("votes"), await begin("votes")];
    const fourth = await whole("votes");
    expect([fourth.status, fourth.headers["retry-after"]]).toEqual([503, "30"]);
    for (const { response } of three) response.destroy();
    await until("a place", async () => (await whole("slashes")).status === 200);
  });

  it("that breaks in the middle ends without a digest, and not as if it were whole", async () => {
    const broken = await begin("votes");
    // Its reader takes nothing: it waits, with rows left.
    await still();
    const { rowCount } = await people.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and query like 'fetch%' and datname = current_database()",
    );
    expect(rowCount).toBe(1);
    await expect(broken.rest().then(({ length }) => length)).rejects.toThrow("aborted");
    expect(broken.response.trailers).toEqual({});
  });
});
