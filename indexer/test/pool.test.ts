import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { acrossMembers } from "../src/platform/access/scope.ts";
import { takeFromEach } from "../src/platform/db/load/rate-limit.ts";
import { openPool, transaction } from "../src/platform/db/pool.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
  pool = openPool(database.url, { max: 1, plans: true });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const backend = async () => (await pool.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid;
const names = async (like: string) =>
  (await pool.query("select name from app.rate_limits where name like $1 order by name", [like])).rows.map(
    (r) => r.name,
  );
const insert = "insert into app.rate_limits (name, arrival) values ($1, now())";

describe("a transaction", () => {
  it("stands whole, or not at all when somebody passes over a statement of it that failed", async () => {
    await transaction(pool, (sql) => sql.query(insert, ["whole"]));
    const passedOver = transaction(pool, async (sql) => {
      await sql.query(insert, ["half"]);
      await sql.query(insert, ["whole"]).catch(() => undefined);
    });
    await expect(passedOver).rejects.toThrow("undone");
    expect([await names("whole"), await names("half")]).toEqual([["whole"], []]);
  });

  it("that is refused leaves its connection to the next one", async () => {
    const before = await backend();
    await expect(transaction(pool, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await backend()).toBe(before);
  });

  it("whose connection breaks between two statements is rejected, and the process goes on", async () => {
    const broken = transaction(pool, async (sql) => {
      const { rows } = await sql.query<{ pid: number }>("select pg_backend_pid() as pid");
      await database.pool.query("select pg_terminate_backend($1, 10000)", [rows[0]?.pid]);
      await sql.query(insert, ["broken"]);
    });
    await expect(broken).rejects.toThrow(/terminat|queryable/);
    expect(await backend()).toBeDefined();
    expect(await names("broken")).toEqual([]);
  });

  it("sends what does not wait for each other in one go, and answers each its own", async () => {
    const answers = await transaction(pool, (sql) =>
      Promise.all([1, 2, 3].map((n) => sql.query<{ n: number }>("select $1::int as n", [n]))),
    );
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3]);
  });
});

describe("a statement of a known asker", () => {
  it("that is refused leaves its connection good, and nothing behind", async () => {
    const before = await backend();
    await expect(acrossMembers(() => pool.query(insert, [null]))).rejects.toMatchObject({ code: "23502" });
    expect(await backend()).toBe(before);
  });
});

describe("a statement that is asked often", () => {
  it("is planned once by its connection", async () => {
    for (let n = 0; n < 8; n++) await pool.query("select $1::int + 40 as planned", [n]);
    const { rows } = await pool.query("select statement from pg_prepared_statements");
    expect(rows.filter(({ statement }) => statement.includes("as planned"))).toHaveLength(1);
  });
});

describe("buckets of many", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const ask = (names: string[], seconds = 0) =>
    takeFromEach(
      pool,
      () => new Date(now.getTime() + seconds * 1_000),
      names.map((name) => ({ name, rate: { requests: 2, seconds: 60 } })),
    );

  it("are taken from by one statement, each for itself, in the order that was asked", async () => {
    expect(await ask(["b1", "a1"])).toEqual([0, 0]);
    expect(await ask(["b1"])).toEqual([0]);
    expect(await ask(["c1", "b1", "a1"])).toEqual([0, 30, 0]);
    expect(await ask(["a1", "b1"], 30)).toEqual([0, 0]);
  });

  it("are never waited for in a circle by those who ask in different orders", async () => {
    const wide = openPool(database.url, { max: 4 });
    const many = Array.from({ length: 40 }, (_, n) => `circle${n}`);
    const passages = (names: string[]) => names.map((name) => ({ name, rate: { requests: 1_000, seconds: 60 } }));
    const rounds = Array.from({ length: 40 }, (_, n) =>
      takeFromEach(wide, () => now, passages(n % 2 ? many : many.toReversed())),
    );
    expect((await Promise.all(rounds)).flat().every((wait) => wait === 0)).toBe(true);
    await wide.end();
  });
});
