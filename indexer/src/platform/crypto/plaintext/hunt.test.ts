import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../../test/harness/database.ts";
import { hunt } from "./repository.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
  await database.pool.query("create table app.traces (at integer primary key, words text, bytes bytea, facts jsonb)");
});
afterAll(() => database?.drop());

const CANARY = "Canary Bird <canary@example.com>";

const found = async (column: string, value: unknown) => {
  await database.pool.query("truncate app.traces");
  await database.pool.query(`insert into app.traces (at, ${column}) values (1, $1)`, [value]);
  return (await hunt(database.pool, [CANARY])).found;
};

const here = [{ table: "app.traces", rows: 1 }];

it("finds a text in any letter case, alone or amid others, and in facts of JSON", async () => {
  expect(await found("words", CANARY)).toEqual(here);
  expect(await found("words", `a ${CANARY.toUpperCase()} b`)).toEqual(here);
  expect(await found("facts", { mail: CANARY })).toEqual(here);
});

it("finds the bytes of a text", async () => {
  expect(await found("bytes", Buffer.from(`x${CANARY}y`))).toEqual(here);
});

it("finds a text in base64, wherever in the bytes it begins and ends", () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 7 }), fc.uint8Array({ maxLength: 7 }), async (before, after) => {
      const bytes = Buffer.concat([before, Buffer.from(CANARY), after]);
      expect(await found("words", bytes.toString("base64"))).toEqual(here);
    }),
    { numRuns: 60 },
  ));

it("finds nothing where there is nothing, sealed bytes among it", async () => {
  expect(await found("bytes", randomBytes(200))).toEqual([]);
});
