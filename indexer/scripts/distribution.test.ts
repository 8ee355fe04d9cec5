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
    "a second unique key of one partition",
    "create table app.t (k bigint, at bigint, primary key (k, at)) partition by range (at); create table app.p partition of app.t for values from (0) to (9); create unique index on app.p (at)",
    { "app.t": distributed },
    /app.p_at_idx does not begin with k/,
  ],
  [
    "a trigger of one partition",
    "create table app.t (k bigint, at bigint, primary key (k, at)) partition by range (at); create table app.p partition of app.t for values from (0) to (9); create function app.f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on app.p for each row execute function app.f()",
    { "app.t": distributed },
    /g is a trigger/,
  ],
  [
    "a rule",
    "create table app.t (k bigint primary key); create rule r as on delete to app.t do instead nothing",
    { "app.t": distributed },
    /r is a rule/,
  ],
  [
    "partitions by hash",
    "create table app.t (k bigint primary key) partition by hash (k)",
    { "app.t": distributed },
    /is partitioned by hash/,
  ],
  [
    "a table that inherits",
    "create table app.t (k bigint primary key); create table app.p (primary key (k)) inherits (app.t)",
    { "app.t": distributed, "app.p": distributed },
    /app.p inherits from it/,
  ],
  [
    "a constraint of exclusion without the key",
    "create table app.t (k bigint primary key, i int4range, exclude using gist (i with &&))",
    { "app.t": distributed },
    /t_i_excl does not begin with k/,
  ],
  [
    "a narrow sequence behind a wide column",
    "create sequence app.s as integer; create table app.t (k bigint primary key default nextval('app.s'))",
    { "app.t": { kind: "local" } },
    /app.s counts in less than 64 bits/,
  ],
  [
    "an id that the database draws",
    "create table app.t (k bigint, i uuid default gen_random_uuid(), primary key (k, i))",
    { "app.t": distributed },
    /i has a volatile default/,
  ],
  [
    "a view of totals",
    "create table app.t (k bigint primary key); create materialized view app.v as select count(*) from app.t",
    { "app.t": distributed },
    /app.v is a view of totals/,
  ],
  [
    "a floating amount, and amounts in a list",
    "create table app.t (k bigint primary key, a double precision, b numeric(38,18)[])",
    { "app.t": distributed },
    /a is double precision\napp.t b is numeric\(38,18\)\[\]/,
  ],
  [
    "an amount behind a name",
    "create domain app.d as numeric(38,18); create table app.t (k bigint primary key, a app.d)",
    { "app.t": distributed },
    /a is app.d/,
  ],
  [
    "a table that no replica has",
    "create unlogged table app.t (k bigint primary key)",
    { "app.t": distributed },
    /is not in the log/,
  ],
  [
    "a reference that leaves the key out",
    "create table app.t (k bigint primary key); create table app.p (k bigint, o bigint references app.t, primary key (k, o))",
    { "app.t": distributed, "app.p": distributed },
    /leads to app.t/,
  ],
  [
    "a reference to a table of one machine",
    "create table app.t (k bigint primary key); create table app.p (k bigint primary key, o bigint references app.t)",
    { "app.t": { kind: "local" }, "app.p": distributed },
    /leads to app.t/,
  ],
  [
    "another collation in the group",
    'create table app.t (k text primary key); create table app.p (k text collate "C" primary key)',
    { "app.t": { ...distributed, group: "text" }, "app.p": { ...distributed, group: "text" } },
    /differs in type/,
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
  await database.pool.query(
    "drop table if exists app.p; drop table if exists app.t cascade; drop function if exists app.f; drop sequence if exists app.s; drop domain if exists app.d",
  );
  await database.pool.query(ddl);
  const found = await lintDistribution(database.pool, { ...readClasses(), ...classes });
  expect(found.map(({ object, message }) => `${object} ${message}`).join("\n")).toMatch(expected);
});
