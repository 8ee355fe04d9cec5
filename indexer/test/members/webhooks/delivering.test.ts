import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../../scripts/local/chain.ts";
import { acrossMembers } from "../../../src/platform/access/scope.ts";
import { tell } from "../../../src/platform/db/outbox.ts";
import { VALIDATORS } from "../../harness/chain.ts";
import { everything } from "../../harness/database.ts";
import { catchUp, engine } from "../../harness/engine.ts";
import { start } from "../../harness/process.ts";
import { until } from "../../harness/until.ts";
import { refusal } from "../browser.ts";
import { type Listeners, startListeners } from "./listeners.ts";

const HOUR = 3_600_000;
let here: Listeners;
beforeAll(async () => {
  here = await startListeners();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

/** Tells an event as its domain would. */
const happen = (memberId: string, event: string, detail: Record<string, string | number> = {}) =>
  acrossMembers(() => tell(here.kit.pool, { event, memberId, detail }, here.clock()));
const eventsOf = async (memberId: string) =>
  (await here.database.pool.query<{ event: string }>("select event from app.events where member_id = $1", [memberId]))
    .rows;

describe("what happens to a member", () => {
  it("is told once to the endpoints that want it, signed so that the published package believes it", async () => {
    const somebody = await here.person();
    const stranger = await here.person();
    const { id, secret } = await somebody.endpoint(["MemberRegistered"]);
    await stranger.endpoint(["MemberRegistered"]);
    await here.receiver.want({ secrets: [secret] });
    await happen(somebody.memberId, "MemberRegistered", { registrationId: "r", tier: "BASIC_USER" });
    await happen(somebody.memberId, "EmailVerified", { registrationId: "r" });
    await here.handOut();
    await here.handOut();
    await here.deliver();
    await here.deliver();
    const [heard, ...others] = await here.receiver.hears(1);
    expect(others).toEqual([]);
    expect(heard).toMatchObject({ believedBy: [secret], signatures: 1, userAgent: "TBURN-Webhooks/1" });
    const [delivery] = await somebody.sent(id);
    expect(delivery).toMatchObject({
      messageId: heard?.id,
      state: "delivered",
      attempts: 1,
      status: 204,
      problem: null,
    });
    expect(JSON.parse(heard?.body ?? "")).toMatchObject({
      type: "MemberRegistered",
      data: { memberId: somebody.memberId, registrationId: "r", tier: "BASIC_USER" },
    });
  });

  it("goes out without what is named nowhere, such as the officer who decided", async () => {
    const somebody = await here.person();
    const { id } = await somebody.endpoint(["KycApproved"]);
    await here.receiver.want({});
    await happen(somebody.memberId, "KycApproved", { caseId: "c", level: 2, approvedBy: "an officer" });
    await here.handOut();
    await here.deliver();
    expect((await here.receiver.hears(1))[0]?.body).not.toContain("officer");
    expect((await somebody.sent(id))[0]?.data).toEqual({ memberId: somebody.memberId, caseId: "c", level: 2 });
  });

  it("before an endpoint was made is not told to it, nor what happened while it was switched off", async () => {
    const somebody = await here.person();
    await happen(somebody.memberId, "EmailVerified");
    const { id } = await somebody.endpoint(["EmailVerified"]);
    const change = (enabled: boolean) =>
      somebody.ask("PUT", `/webhook-endpoints/${id}`, { events: ["EmailVerified"], enabled });
    await change(false);
    await happen(somebody.memberId, "EmailVerified");
    await here.handOut();
    await change(true);
    await here.handOut();
    expect(await somebody.sent(id)).toEqual([]);
    await change(false);
    expect(await refusal(await somebody.ask("POST", `/webhook-endpoints/${id}/test`))).toEqual([
      409,
      "WEBHOOK_DISABLED",
    ]);
  });

  it("on the chain is told once its block is final, and not before", async () => {
    const account = privateKeyToAccount(localWallet(VALIDATORS[0] ?? 0).privateKey as `0x${string}`);
    const validator = await here.person(account);
    const { id } = await validator.endpoint(["ValidatorActivated", "ValidatorDeactivated", "TierChanged"]);
    await here.receiver.want({});
    const { chain, database } = here;
    const options = { urls: [chain.url], record: chain.record, finalityDepth: 5 };
    const { sync } = await engine(database.pool, options);
    const names = async () => (await validator.sent(id)).map(({ event }) => event).sort();
    await chain.mine(5);
    await catchUp(sync);
    await here.handOut();
    expect(await names()).toEqual(["TierChanged", "ValidatorActivated"]);
    await chain.act(VALIDATORS[0] ?? 0, "ValidatorRegistry", "deactivate", [1]);
    await catchUp(sync);
    await here.handOut();
    expect(await names()).toHaveLength(2);
    await chain.mine(5);
    await catchUp(sync);
    await here.handOut();
    expect(await names()).toEqual(["TierChanged", "ValidatorActivated", "ValidatorDeactivated"]);
    await here.deliver();
    const heard = await here.receiver.hears(3);
    expect(JSON.parse(heard.at(-1)?.body ?? "")).toMatchObject({
      type: "ValidatorDeactivated",
      data: { memberId: validator.memberId, validatorId: 1, chainId: chain.record.chainId },
    });
  });
});

describe("a secret that was changed", () => {
  it("signs beside the new one for a day, and then no more", async () => {
    const somebody = await here.person();
    const { id, secret: old } = await somebody.endpoint(["EmailVerified"]);
    const rotated = await somebody.ask("POST", `/webhook-endpoints/${id}/rotate-secret`);
    const { secret } = (await rotated.json()) as { secret: string };
    await here.receiver.want({ secrets: [old, secret] });
    await somebody.ask("POST", `/webhook-endpoints/${id}/test`);
    await here.deliver();
    expect((await here.receiver.hears(1))[0]).toMatchObject({ believedBy: [old, secret], signatures: 2 });
    here.pass(24 * HOUR + 1_000);
    await somebody.ask("POST", `/webhook-endpoints/${id}/test`);
    await here.deliver();
    expect((await here.receiver.hears(2))[1]).toMatchObject({ signatures: 1 });
  });
});

describe("a delivery that does not arrive", () => {
  /** An endpoint that answers so, and one delivery to it. */
  async function failing(wanted: Parameters<Listeners["receiver"]["want"]>[0]) {
    const somebody = await here.person();
    const { id } = await somebody.endpoint(["EmailVerified"]);
    await here.receiver.want(wanted);
    await happen(somebody.memberId, "EmailVerified");
    await here.handOut();
    await here.deliver();
    const delivery = async () => (await somebody.sent(id))[0];
    const endpoint = async () => {
      const { endpoints } = (await (await somebody.ask("GET", "/webhook-endpoints")).json()) as { endpoints: object[] };
      return endpoints[0];
    };
    return { somebody, id, delivery, endpoint };
  }
  /** Passes the time to the next attempt, and makes it. */
  async function again(nextAt: string | null | undefined): Promise<number> {
    const wait = Date.parse(nextAt ?? "") - here.clock().getTime();
    here.pass(wait);
    await here.deliver();
    return wait;
  }

  it("is tried ten times over about three days, and can be sent once more under the same id", async () => {
    const words = "what the receiver says is nobody's business";
    const { somebody, id, delivery } = await failing({ status: 500, body: words });
    let passed = 0;
    for (let attempt = 1; attempt < 10; attempt++) {
      const one = await delivery();
      expect(one).toMatchObject({ attempts: attempt, state: "waiting", status: 500 });
      passed += await again(one?.nextAt);
    }
    expect(passed / HOUR).toBeGreaterThan(75);
    expect(passed / HOUR).toBeLessThan(84);
    const last = await delivery();
    expect(last).toMatchObject({ attempts: 10, state: "failed", nextAt: null });
    expect(new Set(here.receiver.heard.map(({ id: message }) => message))).toEqual(new Set([last?.messageId]));
    expect(await everything(here.database.pool)).not.toContain("nobody's business");
    await here.receiver.want({});
    const path = `/webhook-endpoints/${id}/deliveries/${last?.id}/redeliver`;
    expect((await somebody.ask("POST", path)).status).toBe(202);
    await here.deliver();
    expect((await here.receiver.hears(1))[0]?.id).toBe(last?.messageId);
    expect(await delivery()).toMatchObject({ state: "delivered", attempts: 1 });
  });

  it("is left alone for as long as the receiver asks", async () => {
    const { delivery } = await failing({ status: 503, headers: { "retry-after": "7200" } });
    const wait = Date.parse((await delivery())?.nextAt ?? "") - here.clock().getTime();
    expect(wait / HOUR).toBeGreaterThan(1.9);
    expect(wait / HOUR).toBeLessThan(2.1);
  });

  it("is not carried on to where it is redirected", async () => {
    const { delivery } = await failing({ status: 307, headers: { location: here.url } });
    expect(await delivery()).toMatchObject({ state: "waiting", status: 307, attempts: 1 });
    expect(here.receiver.heard).toHaveLength(1);
  });

  it("to a place that is gone switches its endpoint off, and tells its member", async () => {
    const { somebody, delivery, endpoint } = await failing({ status: 410 });
    expect(await delivery()).toMatchObject({ state: "failed", status: 410 });
    expect(await endpoint()).toMatchObject({ state: "disabled", disabledBecause: "GONE" });
    expect(await eventsOf(somebody.memberId)).toContainEqual({ event: "WebhookEndpointDisabled" });
  });

  it("for five days, like all before it, switches its endpoint off, and what arrives in between does not", async () => {
    const { somebody, endpoint } = await failing({ status: 500 });
    here.pass(4 * 24 * HOUR);
    await here.deliver();
    expect(await endpoint()).toMatchObject({ state: "active" });
    here.pass(24 * HOUR + HOUR);
    await here.deliver();
    expect(await endpoint()).toMatchObject({ state: "disabled", disabledBecause: "FAILING" });
    expect(await eventsOf(somebody.memberId)).toContainEqual({ event: "WebhookEndpointDisabled" });
    const other = await failing({ status: 500 });
    await here.receiver.want({});
    here.pass(24 * HOUR);
    await here.deliver();
    expect(await other.endpoint()).toMatchObject({ state: "active", failingSince: null });
  });

  it("of a try is not tried again", async () => {
    const somebody = await here.person();
    const { id } = await somebody.endpoint(["EmailVerified"]);
    await here.receiver.want({ status: 500 });
    await somebody.ask("POST", `/webhook-endpoints/${id}/test`);
    await here.deliver();
    expect((await somebody.sent(id))[0]).toMatchObject({ event: "WebhookTest", state: "failed", status: 500 });
  });
});

describe("a worker that dies", () => {
  it("between sending and noting has it sent again, by another one and under the same id", async () => {
    const somebody = await here.person();
    const { id, secret } = await somebody.endpoint(["EmailVerified"]);
    const dir = mkdtempSync(join(tmpdir(), "tburn-webhooks-"));
    const settings = { ...here.environment, DEPLOYMENT_FILE: here.chain.writeRecord(join(dir, "record.json")) };
    await here.receiver.want({ secrets: [secret], holds: true });
    const first = start(settings);
    await somebody.ask("POST", `/webhook-endpoints/${id}/test`);
    const [sent] = await here.receiver.hears(1);
    await first.kill();
    await here.receiver.want({ secrets: [secret] });
    const second = start(settings);
    try {
      // Its minute is over, as the clock of the database would have it.
      await here.database.pool.query(
        "update app.webhook_deliveries set next_at = now() - interval '2 minutes' where endpoint_id = $1",
        [id],
      );
      await here.handOut();
      const [repeated] = await here.receiver.hears(1);
      expect(repeated).toMatchObject({ id: sent?.id, body: sent?.body, believedBy: [secret] });
      await until("what came of it", async () => (await somebody.sent(id))[0]?.state === "delivered");
      expect((await somebody.sent(id))[0]).toMatchObject({ attempts: 2 });
    } finally {
      await second.kill();
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("has not sent anything twice that another one has taken", async () => {
    const somebody = await here.person();
    const { id } = await somebody.endpoint(["EmailVerified"]);
    await here.receiver.want({});
    await somebody.ask("POST", `/webhook-endpoints/${id}/test`);
    await Promise.all([here.deliver(), here.deliver(), here.deliver()]);
    expect(here.receiver.heard).toHaveLength(1);
    expect((await somebody.sent(id))[0]).toMatchObject({ attempts: 1, state: "delivered" });
  });
});
