import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../test/harness/database.ts";
import { lintDistribution, readClasses, type TableClass } from "./distribution.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterAll(() => database?.drop());

it("finds nothing in the migrated schema", async () => expect(await lintDistribution(database.pool)).toEqual([]));

const distributed: TableClass = { kind: "distributed", key: "k", group: "member" };

it.each<[string, string, Record<string, TableClass>, RegExp]>([
  ["a table without a class", "create table app.t (k bigint primary key)", {}, /has no class/],
  [
    "a key that may be null",
    "create table app.t (k bigint, i bigint primary key)",
    { "app.t": distributed },
    /may be null/,
  ],
  [
    "a unique key without it",
    "create table app.t (k bigint, i bigint unique, primary key (k, i))",
    { "app.t": distributed },
    /does not begin with k/,
  ],
  [
    "a key that comes second",
    "create table app.t (k bigint, i bigint, primary key (i, k))",
    { "app.t": distributed },
    /does not begin with k/,
  ],
  ["no primary key", "create table app.t (k bigint not null)", { "app.t": distributed }, /no primary key/],
  ["another type in the group", "create table app.t (k text primary key)", { "app.t": distributed }, /differs in type/],
  [
    "a reference to another group",
    "create table app.t (k bigint primary key, v bigint references chain.validators)",
    { "app.t": distributed },
    /leads to chain.validators/,
  ],
  [
    "a reference from a reference table",
    "create table app.t (i bigint primary key, m bigint references chain.members)",
    { "app.t": { kind: "reference" } },
    /leads to chain.members/,
  ],
  [
    "a serial key",
    "create table app.t (k bigint, i int generated always as identity, primary key (k, i))",
    { "app.t": distributed },
    /less than 64 bits|one machine/,
  ],
  [
    "a trigger",
    "create table app.t (k bigint primary key); create function app.f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on app.t for each row execute function app.f()",
    { "app.t": distributed },
    /is a trigger/,
  ],
  [
    "a volatile default",
    "create table app.t (k bigint primary key, at timestamptz default clock_timestamp())",
    { "app.t": distributed },
    /volatile default/,
  ],
  [
    "two levels of partitions",
    "create table app.t (k bigint, at bigint, primary key (k, at)) partition by range (at); create table app.p partition of app.t for values from (0) to (9) partition by range (at)",
    { "app.t": distributed },
    /partitioned in levels/,
  ],
  [
    "a narrow amount",
    "create table app.t (k bigint primary key, a numeric(38,18))",
    { "app.t": distributed },
    /a is numeric\(38,18\)/,
  ],
  [
    "a class without key",
    "create table app.t (k bigint primary key)",
    { "app.t": { kind: "distributed" } },
    /needs key and group/,
  ],
  ["a class of nothing", "select 1", { "app.gone": { kind: "local" } }, /app.gone is classed but does not exist/],
])("finds %s", async (_what, ddl, classes, expected) => {
  await database.pool.query("drop table if exists app.t cascade; drop function if exists app.f");
  await database.pool.query(ddl);
  const found = await lintDistribution(database.pool, { ...readClasses(), ...classes });
  expect(found.map(({ object, message }) => `${object} ${message}`).join("\n")).toMatch(expected);
});
