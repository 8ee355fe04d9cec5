import { randomUUID } from "node:crypto";
import { parseEther } from "ethers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { security } from "../../../src/domains/security/domain.ts";
import { DELEGATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
let one: Signer;
beforeAll(async () => {
  here = await startIntents();
  one = await here.signer(DELEGATORS[0] ?? 0);
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const body = (tokens = "150") => ({ validatorId: 1, amount: String(parseEther(tokens)) });
const ask = (key: string | null, tokens?: string, by = one) => by.ask("POST", by.own("delegate"), body(tokens), key);
const countOf = async ({ memberId } = one) => {
  const { rows } = await here.database.pool.query<{ n: number }>(
    "select count(*)::int as n from app.tx_intents where member_id = $1",
    [memberId],
  );
  return rows[0]?.n ?? 0;
};
const idOf = async (answer: Response) => ((await answer.json()) as Intent).id;

describe("a command", () => {
  it("asks for a key of eight characters at least", async () => {
    for (const key of [null, "", "short", "with space in it", "x".repeat(129)]) {
      expect(await refusal(await ask(key))).toEqual([400, "IDEMPOTENCY_KEY_MISSING"]);
    }
  });

  it("is carried out once, however many ask under one key at once; each is answered the same or told to wait", async () => {
    const [key, before] = [randomUUID(), await countOf()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(key)));
    expect(await countOf()).toBe(before + 1);
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const made = await Promise.all(answers.filter(({ status }) => status === 201).map(idOf));
    expect(new Set(made).size).toBe(1);
    const late = answers.filter(({ status }) => status === 409);
    for (const answer of late) expect(await refusal(answer)).toEqual([409, "IDEMPOTENCY_IN_FLIGHT"]);
    const again = await ask(key);
    expect([again.status, await idOf(again)]).toEqual([201, made[0]]);
  });

  it("is the same whichever API asks for it", async () => {
    const key = randomUUID();
    const id = await idOf(await ask(key, "151"));
    const { data } = await one.graph(
      `mutation ($me: ID!, $key: String!, $amount: BigInt!) {
        delegateStake(memberId: $me, validatorId: 1, amount: $amount, idempotencyKey: $key) { id } }`,
      { key, amount: body("151").amount },
    );
    expect(data?.delegateStake).toEqual({ id });
  });

  it("does not take a key for another body, whatever the order of its fields", async () => {
    const key = randomUUID();
    const id = await idOf(await ask(key));
    const turned = { amount: body().amount, validatorId: 1 };
    expect(await idOf(await one.ask("POST", one.own("delegate"), turned, key))).toBe(id);
    expect(await refusal(await ask(key, "151"))).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
  });

  it("has keys of its own, and so has each member", async () => {
    const other = await here.signer(DELEGATORS[1] ?? 0);
    const key = randomUUID();
    const ids = [await idOf(await ask(key)), await idOf(await ask(key, "150", other))];
    expect(new Set(ids).size).toBe(2);
    expect(await refusal(await one.ask("POST", one.own("claim-rewards"), {}, key))).toEqual([409, "NOTHING_TO_CLAIM"]);
  });

  it("answers a refusal again, though it would be carried out by now", async () => {
    const key = randomUUID();
    const owner = "update chain.members set status = $2 where owner = $1";
    const wallet = (await one.prepared("delegate", body())).account;
    await here.database.pool.query(owner, [wallet, 1]);
    expect(await refusal(await ask(key))).toEqual([409, "MEMBER_NOT_ACTIVE"]);
    await here.database.pool.query(owner, [wallet, 2]);
    expect(await refusal(await ask(key))).toEqual([409, "MEMBER_NOT_ACTIVE"]);
    expect((await ask(randomUUID())).status).toBe(201);
  });

  it("leaves its key free when the server failed", async () => {
    const key = randomUUID();
    await here.database.pool.query("alter table app.tx_intents rename to hidden");
    expect((await ask(key)).status).toBe(500);
    await here.database.pool.query("alter table app.hidden rename to tx_intents");
    expect((await ask(key)).status).toBe(201);
  });

  it("is told to wait while somebody works on it, and taken over from who has died", async () => {
    const key = randomUUID();
    await ask(key);
    const unanswered =
      "update app.idempotency_keys set status = null, sealed_answer = null, taken_at = $2 where key = $1";
    const before = await countOf();
    await here.database.pool.query(unanswered, [key, new Date()]);
    expect(await refusal(await ask(key))).toEqual([409, "IDEMPOTENCY_IN_FLIGHT"]);
    await here.database.pool.query(unanswered, [key, new Date(Date.now() - 121_000)]);
    expect((await ask(key)).status).toBe(201);
    expect(await countOf()).toBe(before + 1);
  });
});

describe("an answer", () => {
  it("is noise at rest, and opens under no other key's name", async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    const id = await idOf(await ask(key));
    await ask(other);
    const { rows } = await here.database.pool.query<{ row: string; sealed_answer: Buffer }>(
      "select k::text as row, sealed_answer from app.idempotency_keys k where key = $1",
      [key],
    );
    expect(rows[0]?.row).not.toContain(id);
    expect(rows[0]?.sealed_answer.toString("latin1")).not.toContain(id);
    await here.database.pool.query("update app.idempotency_keys set sealed_answer = $2 where key = $1", [
      other,
      rows[0]?.sealed_answer,
    ]);
    expect((await ask(other)).status).toBe(500);
  });

  it("is forgotten after a day", async () => {
    const key = randomUUID();
    const id = await idOf(await ask(key));
    const age = "update app.idempotency_keys set taken_at = now() - $2::interval where key = $1";
    await here.database.pool.query(age, [key, "23 hours"]);
    await security.tidy?.(here.database.pool, () => new Date());
    expect(await idOf(await ask(key))).toBe(id);
    await here.database.pool.query(age, [key, "25 hours"]);
    expect(await idOf(await ask(key))).not.toBe(id);
    await here.database.pool.query(age, [key, "25 hours"]);
    await security.tidy?.(here.database.pool, () => new Date());
    const { rows } = await here.database.pool.query("select 1 from app.idempotency_keys where key = $1", [key]);
    expect(rows).toEqual([]);
  });
});
