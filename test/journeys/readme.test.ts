import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mirror } from "./harness/mirror.ts";

const { ask } = mirror();
const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const examples = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, query = ""]) => ({
  title: query.split("\n")[0] ?? "",
  query,
}));

const isAct = (query: string) => /^mutation/m.test(query);

describe("the README's queries", () => {
  it("are three at least", () => expect(examples.length).toBeGreaterThanOrEqual(3));

  it.each(examples.filter(({ query }) => !isAct(query)))("answer as pasted: $title", async ({ query }) => {
    const answer = await ask<Record<string, unknown>>(query);
    expect(Object.values(answer).filter((value) => value === null)).toEqual([]);
  });

  it.each(examples.filter(({ query }) => isAct(query)))(
    "are understood as pasted, and are for members: $title",
    ({ query }) => expect(ask(query, { me: randomUUID(), key: randomUUID() })).rejects.toThrow("sign in first"),
  );
});
