import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessRules } from "../../../src/app.ts";
import { refusal } from "../browser.ts";
import { type Listeners, startListeners } from "./listeners.ts";

let here: Listeners;
beforeAll(async () => {
  here = await startListeners();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const wanted = (url: string) => ({ name: "Accounts", url, events: ["MemberRegistered"] });
const stepDown = (memberId: string) =>
  here.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [memberId]);

describe("a webhook's endpoint", () => {
  it("tells its secret once; in the database neither that nor the address is plain", async () => {
    const somebody = await here.person();
    const { id, secret } = await somebody.endpoint(["MemberRegistered"]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await (await somebody.ask("GET", "/webhook-endpoints")).text();
    expect(listed).toContain(here.url);
    expect(listed).not.toContain("whsec_");
    const { rows } = await here.database.pool.query<{ whole: string }>(
      "select e::text as whole from app.webhook_endpoints e where id = $1",
      [id],
    );
    for (const text of ["whsec_", "127.0.0.1", "/hook"]) {
      expect(rows[0]?.whole).not.toContain(text);
      expect(rows[0]?.whole).not.toContain(Buffer.from(text).toString("hex"));
    }
  });

  it("is made, told more and given a new secret by a second factor, and leaves entries in the trail", async () => {
    const somebody = await here.person();
    const { id } = await somebody.endpoint(["MemberRegistered"]);
    await stepDown(somebody.memberId);
    const path = `/webhook-endpoints/${id}`;
    const change = (events: string[], enabled: boolean) => somebody.ask("PUT", path, { events, enabled });
    const strict = [
      await somebody.ask("POST", "/webhook-endpoints", wanted(here.url)),
      await somebody.ask("POST", `${path}/rotate-secret`),
      await change(["MemberRegistered", "KycApproved"], true),
    ];
    for (const response of strict) expect(await refusal(response)).toEqual([401, "STEP_UP_REQUIRED"]);
    expect((await change(["MemberRegistered"], false)).status).toBe(204);
    expect(await refusal(await change(["MemberRegistered"], true))).toEqual([401, "STEP_UP_REQUIRED"]);
    expect((await somebody.ask("DELETE", path)).status).toBe(204);
    const { rows } = await here.database.pool.query<{ action: string }>(
      "select action from app.audit_entries where subject_id = $1 and action like 'webhooks.%' order by id",
      [somebody.memberId],
    );
    expect(rows.map(({ action }) => action)).toEqual(["webhooks.create", "webhooks.change", "webhooks.remove"]);
  });

  it.each([
    ...["http://example.com/", "https://localhost:8443/", "https://10.0.0.1/", "https://[::ffff:a9fe:a9fe]/latest"],
    ...[
      "https://2130706433/",
      "https://user:word@example.com/",
      "ftp://example.com/",
      "example.com",
      "http://127.0.0.1:1/",
    ],
  ])("is not made for %s", async (url) => {
    const somebody = await here.person();
    const response = await somebody.ask("POST", "/webhook-endpoints", wanted(url));
    expect(await refusal(response)).toEqual([422, "WEBHOOK_ADDRESS_REFUSED"]);
  });

  it("is one of five at most, however many are asked for at once", async () => {
    const somebody = await here.person();
    const made = await Promise.all(
      Array.from({ length: 8 }, () => somebody.ask("POST", "/webhook-endpoints", wanted(here.url))),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409, 409]);
  });

  it("is nobody else's, and nobody's is told apart from it", async () => {
    const [owner, stranger] = [await here.person(), await here.person()];
    const { id } = await owner.endpoint(["MemberRegistered"]);
    const asks: [string, string, unknown?][] = [
      ["PUT", "", { events: ["MemberRegistered"], enabled: false }],
      ["POST", "/rotate-secret"],
      ["POST", "/test"],
      ["GET", "/deliveries"],
      ["POST", `/deliveries/${crypto.randomUUID()}/redeliver`],
      ["DELETE", ""],
    ];
    for (const one of [id, crypto.randomUUID()]) {
      for (const [method, path, body] of asks) {
        const response = await stranger.ask(method, `/webhook-endpoints/${one}${path}`, body);
        expect(await refusal(response)).toEqual([404, "WEBHOOK_NOT_FOUND"]);
      }
    }
    expect(await (await stranger.ask("GET", "/webhook-endpoints")).json()).toEqual({ endpoints: [] });
  });

  it("is out of reach of every API key", () => {
    const verbs = accessRules().find(({ name }) => name === "webhooks")?.access.verbs ?? [];
    expect(verbs.map(({ name, scope }) => [name, scope])).toEqual([
      ["webhooks.see", undefined],
      ["webhooks.change", undefined],
      ["webhooks.use", undefined],
    ]);
  });

  it("asks for somebody who has signed in", async () => {
    const page = here.browser();
    await page.signIn(privateKeyToAccount(generatePrivateKey()));
    expect(await refusal(await page.send("GET", "/api/v1/webhook-endpoints"))).toEqual([401, "SIGN_IN_REQUIRED"]);
  });
});
