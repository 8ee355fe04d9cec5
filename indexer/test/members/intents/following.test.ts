import { parseEther } from "ethers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { intents } from "../../../src/domains/intents/domain.ts";
import { watchIntents } from "../../../src/domains/intents/service/following.ts";
import { security } from "../../../src/domains/security/domain.ts";
import { trailOf } from "../../../src/platform/access/audit/trail.ts";
import { systemClock } from "../../../src/platform/time/clock.ts";
import { DELEGATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
beforeAll(async () => {
  here = await startIntents();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const delegator = (nth: number) => here.signer(DELEGATORS[nth] ?? 0);
const delegation = (one: Signer, tokens = "150", validatorId = 1) =>
  one.prepared("delegate", { validatorId, amount: String(parseEther(tokens)) });
const told = (one: Signer, { id }: Intent, hash: string) =>
  one.ask("POST", `/api/v1/tx-intents/${id}/submitted`, { hash });
/** What the worker does each minute. */
const watch = (later = 0) =>
  watchIntents({
    pool: here.database.pool,
    clock: () => new Date(systemClock().getTime() + later),
    audit: trailOf(Buffer.from(here.settings.TOKEN_SEED ?? "", "base64")),
  });
const stateOf = async ({ id }: Intent) => {
  const { rows } = await here.database.pool.query<{ state: string }>("select state from app.tx_intents where id = $1", [
    id,
  ]);
  return rows[0]?.state;
};
const actsOf = async ({ id }: Intent) => {
  const { rows } = await here.database.pool.query<{ action: string }>(
    "select action from app.audit_entries where detail->>'intentId' = $1 order by id",
    [id],
  );
  return rows.map(({ action }) => action);
};

describe("a reorganisation", () => {
  it("takes back what was seen, and the act counts again when it is done anew", async () => {
    const one = await delegator(0);
    const intent = await delegation(one);
    await one.sign(intent);
    await here.follow();
    expect(await one.intent(intent.id)).toMatchObject({ state: "SUBMITTED", block: { isFinal: false } });
    await here.chain.rollBack(1);
    await here.chain.mine(2);
    await here.follow();
    expect(await one.intent(intent.id)).toMatchObject({ state: "PENDING", block: null, transactionHash: null });
    await here.confirmed(one, intent);
  });

  it("takes back what was confirmed, too, where a mirror is told another chain", async () => {
    const one = await delegator(1);
    const intent = await delegation(one);
    const { transactionHash } = await here.confirmed(one, intent);
    // Deeper than finality: a mirror stops there, and is told anew by hand. This is what it says afterwards.
    await here.database.pool.query("update app.tx_intents set block_hash = '0xother' where id = $1", [intent.id]);
    await here.database.pool.query("delete from chain.activity where tx_hash = $1", [transactionHash]);
    await watch();
    expect(await stateOf(intent)).toBe("PENDING");
    expect(await actsOf(intent)).toEqual(["intents.prepare", "intents.confirm", "intents.retract"]);
  });
});

describe("an intent", () => {
  it("is found by the worker, whoever asks for it or not", async () => {
    const one = await delegator(2);
    const intent = await delegation(one);
    await one.sign(intent);
    await here.finalise();
    await watch();
    expect(await stateOf(intent)).toBe("CONFIRMED");
    expect(await actsOf(intent)).toEqual(["intents.prepare", "intents.confirm"]);
  });

  it("is confirmed by one act, and one act confirms one of two that ask for the same", async () => {
    const one = await delegator(3);
    const [first, second] = [await delegation(one), await delegation(one)];
    expect(second.data).toBe(first.data);
    await one.sign(first);
    await here.finalise();
    await Promise.all([watch(), watch(), one.intent(first.id), one.intent(second.id)]);
    expect([await stateOf(first), await stateOf(second)].sort()).toEqual(["CONFIRMED", "PENDING"]);
    await one.sign(second);
    await here.finalise();
    await watch();
    expect([await stateOf(first), await stateOf(second)]).toEqual(["CONFIRMED", "CONFIRMED"]);
  });

  it("that was told its transaction is confirmed by that one alone", async () => {
    const one = await delegator(4);
    const intent = await delegation(one);
    expect((await told(one, intent, `0x${"ab".repeat(32)}`)).status).toBe(200);
    const hash = await one.sign(intent);
    await here.finalise();
    expect(await one.intent(intent.id)).toMatchObject({ state: "SUBMITTED", block: null });
    const answer = (await (await told(one, intent, hash.toUpperCase().replace("0X", "0x"))).json()) as Intent;
    expect(answer).toMatchObject({ state: "CONFIRMED", transactionHash: hash });
    expect((await told(one, intent, hash)).status).toBe(200);
    expect(await refusal(await told(one, intent, `0x${"cd".repeat(32)}`))).toEqual([409, "INTENT_CONFIRMED"]);
  });

  it("does not take what was done before it for its own", async () => {
    const one = await delegator(5);
    const earlier = await delegation(one, "160");
    await one.sign(earlier);
    await here.finalise();
    const later = await delegation(one, "160");
    await watch();
    expect([await stateOf(earlier), await stateOf(later)]).toEqual(["CONFIRMED", "PENDING"]);
  });

  it("that nobody signs ends after half an hour, one that was told of after a day; both say so", async () => {
    const one = await delegator(5);
    const [silent, sent] = [await delegation(one, "170"), await delegation(one, "171")];
    await told(one, sent, `0x${"ef".repeat(32)}`);
    await watch(29 * 60_000);
    expect([await stateOf(silent), await stateOf(sent)]).toEqual(["PENDING", "SUBMITTED"]);
    await watch(31 * 60_000);
    expect([await stateOf(silent), await stateOf(sent)]).toEqual(["EXPIRED", "SUBMITTED"]);
    expect(await refusal(await told(one, silent, `0x${"ef".repeat(32)}`))).toEqual([409, "INTENT_EXPIRED"]);
    await watch(25 * 3_600_000);
    expect(await stateOf(sent)).toBe("EXPIRED");
    expect(await actsOf(silent)).toEqual(["intents.prepare", "intents.expire"]);
  });

  it("makes room for new ones when nobody told of fifty: the oldest of those ends", async () => {
    const one = await delegator(2);
    const [first, sent] = [await delegation(one, "190"), await delegation(one, "191")];
    await told(one, sent, `0x${"99".repeat(32)}`);
    for (let n = 0; n < 50; n++) await delegation(one, "192");
    const { rows } = await here.database.pool.query<{ open: number }>(
      "select count(*)::int as open from app.tx_intents where member_id = $1 and state = 'PENDING'",
      [one.memberId],
    );
    expect([rows[0]?.open, await stateOf(first), await stateOf(sent)]).toEqual([50, "EXPIRED", "SUBMITTED"]);
  });

  it("is told by both APIs alike, to its member alone", async () => {
    const [one, other] = [await delegator(0), await delegator(1)];
    const intent = await delegation(one, "155");
    const query = "query ($id: ID!) { transactionIntent(id: $id) { id state data steps { name to data value } } }";
    const { data } = await one.graph(query, { id: intent.id });
    const { id, state, data: bytes, steps } = intent;
    expect(data?.transactionIntent).toEqual({ id, state, data: bytes, steps });
    const { intents: mine } = await one.must<{ intents: Intent[] }>("GET", "/api/v1/tx-intents");
    expect(mine.map((each) => each.id)).toContain(intent.id);
    expect((await other.graph(query, { id: intent.id })).errors?.[0]?.extensions.code).toBe("INTENT_NOT_FOUND");
    const theirs = await other.must<{ intents: Intent[] }>("GET", "/api/v1/tx-intents");
    expect(theirs.intents.map((each) => each.id)).not.toContain(intent.id);
  });

  it("is forgotten with its member, and so is what it was answered", async () => {
    const one = await delegator(3);
    await delegation(one);
    for (const { erase } of [intents, security]) await erase?.(here.database.pool, {} as never, one.memberId);
    for (const table of ["tx_intents", "idempotency_keys"]) {
      const { rows } = await here.database.pool.query(`select 1 from app.${table} where member_id = $1`, [
        one.memberId,
      ]);
      expect(rows).toEqual([]);
    }
  });

  it("of a contract wallet says how its owners carry it out", async () => {
    const one = await delegator(2);
    await here.database.pool.query("update app.member_wallets set is_contract = true where member_id = $1", [
      one.memberId,
    ]);
    const intent = await delegation(one, "156");
    await here.database.pool.query("update app.member_wallets set is_contract = false where member_id = $1", [
      one.memberId,
    ]);
    expect(intent.notices.map(({ code }) => code)).toEqual(["CONTRACT_WALLET"]);
  });
});
