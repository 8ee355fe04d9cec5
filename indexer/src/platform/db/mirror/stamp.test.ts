import { expect, it } from "vitest";
import { isStamped } from "./stamp.ts";

it.each([
  "select * from chain.validators v where v.total_stake > $1",
  "select b.number from ops.checkpoint c join chain.blocks b on b.number = c.block_number",
  "with top as (select * from chain.members) select * from top",
])("knows that %s changes with the mirror alone", (statement) => {
  expect(isStamped(statement)).toBe(true);
});

it.each([
  "select * from app.profiles",
  "select m.* from chain.members m join APP . members a on true",
  'select * from "app"."profiles"',
  "select * from ops.follower",
  "select number from chain.blocks where block_time < extract(epoch from now())",
  "select current_date from chain.blocks",
  "select * from chain.blocks order by random()",
])("takes %s for what may change by itself", (statement) => {
  expect(isStamped(statement)).toBe(false);
});
