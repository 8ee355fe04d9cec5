import { describe, expect, test } from "vitest";
import { updateObjections } from "./updates.ts";

const classes = {
  "chain.a": { kind: "distributed", key: "member_no" },
  "chain.b": { kind: "local" },
};

describe("an update of a table that is spread over machines", () => {
  test.each([
    "update chain.a as x set status = $1, member_no = $2 where id = $3",
    "update chain.a set (status, member_no) = ($1, $2)",
    "insert into chain.a (id, member_no) values ($1, $2) on conflict (id) do update set member_no = excluded.member_no",
  ])("never changes its key: %s", (statement) => {
    expect(updateObjections(statement, classes)).toEqual(["sets member_no, the key of chain.a, which never changes"]);
  });

  test.each([
    "update chain.a set token = gen_random_uuid() where member_no = $1",
    "update chain.a set at = clock_timestamp() where member_no = $1",
  ])("calls no volatile function: %s", (statement) => {
    expect(updateObjections(statement, classes)).toEqual([expect.stringContaining("with the volatile function")]);
  });

  test.each([
    "update chain.a set status = coalesce($1, (select member_no from chain.b)) where member_no = $2 returning member_no",
    "insert into chain.a (id, member_no) values ($1, $2) on conflict (id) do update set status = $3",
    "update chain.b set member_no = $1, at = clock_timestamp()",
  ])("may be: %s", (statement) => expect(updateObjections(statement, classes)).toEqual([]));
});
