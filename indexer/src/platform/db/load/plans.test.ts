import { describe, expect, it } from "vitest";
import { Plans } from "./plans.ts";

const often = (plans: Plans, text: string) => Array.from({ length: 5 }, () => plans.nameOf(text)).at(-1);

describe("a statement", () => {
  it("is named from the fifth time on, and always alike", () => {
    const plans = new Plans();
    const names = Array.from({ length: 7 }, () => plans.nameOf("select id from app.members where id = $1"));
    expect(names.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(names.slice(4)).size).toBe(1);
    expect(names[4]).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    "select * from app.members where id = $1",
    "select s.*, 1 as one from app.sessions s",
    "delete from app.members where id = $1 returning *",
    "select a.x, b.*\n  from a join b using (x)",
  ])("that asks for whatever columns there are is never named: %s", (text) => {
    expect(often(new Plans(), text)).toBeUndefined();
  });

  it.each([
    "select count(*) as count from app.members where id = $1",
    "select shares * pool_tokens as worth from chain.positions where member_no = $1",
  ])("that only counts or multiplies is named: %s", (text) => {
    expect(often(new Plans(), text)).toBeDefined();
  });

  it("that is made anew each time fills neither the memory nor the connections", () => {
    const plans = new Plans();
    for (let n = 0; n < 20_000; n++) plans.nameOf(`select ${n}`);
    const named = Array.from({ length: 400 }, (_, n) => often(plans, `select ${n}`)).filter((name) => name);
    expect(named).toHaveLength(300);
  });
});
