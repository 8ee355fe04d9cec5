import { expect, it } from "vitest";
import type { TableClass } from "./distribution.ts";
import { breachesIn, lintStatements } from "./statements.ts";

const classes: Record<string, TableClass> = {
  "app.t": { kind: "distributed", key: "member_id", group: "person" },
  "app.q": { kind: "local" },
};

it("finds nothing in the indexer", () => expect(lintStatements()).toEqual([]));

it.each([
  ["a key that changes", "update app.t set name = $1, member_id = $2 where id = $3", "sets member_id of app.t"],
  ["one behind a name", "update app.t as x set member_id = $2 where id = $3", "sets member_id of app.t"],
  ["one in a list of columns", "update app.t set (a, member_id) = ($1, $2)", "sets member_id of app.t"],
  [
    "one that changes where a row is met",
    "insert into app.t (id, member_id) values ($1, $2) on conflict (id) do update set member_id = excluded.member_id",
    "sets member_id of app.t",
  ],
  ["a volatile update", "update app.t set at = clock_timestamp() where member_id = $1", "by clock_timestamp"],
  ["a drawn id", "update app.t set token = gen_random_uuid() where member_id = $1", "by gen_random_uuid"],
  [
    "a claim across machines",
    "select id from app.t where due < $1 limit 10 for update skip locked",
    "without member_id",
  ],
  ["a setting that lasts", "select set_config('app.member_id', $1, false)", "for a whole connection"],
  ["a role that lasts", "set role tburn_app", "for a whole connection"],
])("finds %s", (_what, statement, message) => {
  const found = breachesIn(`sql.query("${statement}")`, classes);
  expect(found.map((one) => one.message).join("\n")).toContain(message);
});

it.each([
  "update app.t set name = $2 where member_id = $1",
  "update app.t set name = coalesce($2, (select n from app.q where member_id = $1)) where member_id = $1",
  "update app.t set a = $1 from app.q where q.member_id = t.member_id returning member_id",
  "update app.q set at = clock_timestamp()",
  "select id from app.t where member_id = $1 for update skip locked",
  "select id from app.q for update skip locked",
  "select set_config('app.member_id', '', true)",
])("lets be: %s", (statement) => expect(breachesIn(`sql.query("${statement}")`, classes)).toEqual([]));
