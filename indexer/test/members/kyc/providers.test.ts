import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PersonaProvider } from "../../../src/domains/kyc/providers/persona.ts";
import { type Applicant, ProviderUnavailable, WebhookRefused } from "../../../src/domains/kyc/providers/provider.ts";
import { timedSignature } from "../../../src/domains/kyc/providers/signature.ts";
import { SumsubProvider } from "../../../src/domains/kyc/providers/sumsub.ts";
import type { CommercialProvider } from "../../../src/platform/access/verification.ts";
import { readBody } from "../../../src/platform/http/body.ts";

const SECRET = "secret-of-a-test";
const applicant: Applicant = {
  ...{ caseId: "4f6f1e0e-6a3f-4f0e-9c39-0d6f3c1a2b3c", level: 2, legalName: "홍길동", latinName: "HONG GILDONG" },
  ...{ birthDate: "1990-04-01", nationality: "KOR" },
};

interface Asked {
  method: string;
  url: string;
  headers: Record<string, unknown>;
  body: string;
}

/** Answers with shapes that the providers' documentation shows. It is neither of them. */
async function startProvider__Fake(answers: Record<string, [status: number, body: unknown]>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 65_536)) ?? "";
    const { method = "", url = "", headers } = request;
    asked.push({ method, url, headers, body });
    const [status, answer] = answers[`${method} ${url}`] ?? [404, {}];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, answers, stop: () => new Promise((resolve) => server.close(resolve)) };
}

let fake: Awaited<ReturnType<typeof startProvider__Fake>>;
beforeAll(async () => {
  fake = await startProvider__Fake({});
});
afterAll(() => fake.stop());

const settings = (name: "sumsub" | "persona"): CommercialProvider => ({
  ...{ name, url: fake.url, token: "token-of-a-test", secret: SECRET, webhookSecret: SECRET },
  flows: ["basic", "enhanced-flow", "institutional"],
});
const now = new Date("2026-03-01T12:00:00Z");

describe("Sumsub, by its documentation", () => {
  const provider = () => new SumsubProvider(settings("sumsub"), () => now);
  const ID = "5cb56e8e0a975a35f333cb83";
  const review = (result: object, more: object = {}) => ({
    ...{ id: ID, createdAt: "2020-02-20 10:00:00", externalUserId: applicant.caseId },
    review: { reviewStatus: "completed", reviewDate: "2020-02-21 13:23:19+0000", reviewResult: result, ...more },
  });

  it("is asked with the request's HMAC, and gives a link for the member", async () => {
    fake.answers["POST /resources/applicants?levelName=enhanced-flow"] = [201, { id: ID }];
    fake.answers["POST /resources/sdkIntegrations/levels/-/websdkLink"] = [200, { url: "https://in.sumsub.com/x" }];
    expect(await provider().start(applicant, null)).toEqual({ ref: ID, sessionUrl: "https://in.sumsub.com/x" });
    const { headers, body, url } = fake.asked.at(-2) ?? { headers: {}, body: "", url: "" };
    const seconds = String(now.getTime() / 1_000);
    const expected = createHmac("sha256", SECRET).update(`${seconds}POST${url}${body}`).digest("hex");
    expect(headers).toMatchObject({ "x-app-access-sig": expected, "x-app-access-ts": seconds });
    expect(JSON.parse(body)).toMatchObject({ externalUserId: applicant.caseId, fixedInfo: { lastName: "HONG" } });
  });

  it("is asked for the applicant that an earlier attempt made", async () => {
    fake.answers["POST /resources/applicants?levelName=enhanced-flow"] = [409, { code: 409 }];
    fake.answers[`GET /resources/applicants/-;externalUserId=${applicant.caseId}/one`] = [200, { id: ID }];
    expect((await provider().start(applicant, null)).ref).toBe(ID);
  });

  it.each([
    [{ reviewAnswer: "GREEN" }, "green"],
    [{ reviewAnswer: "RED", reviewRejectType: "RETRY", rejectLabels: ["BAD_PROOF_OF_IDENTITY"] }, "red_retry"],
    [{ reviewAnswer: "RED", reviewRejectType: "FINAL", rejectLabels: ["FORGERY"] }, "red_final"],
    [{ reviewAnswer: "RED" }, "red_final"],
  ])("that says %j means %s", async (result, answer) => {
    fake.answers[`GET /resources/applicants/${ID}/one`] = [200, review(result)];
    const report = await provider().fetch(ID);
    expect(report).toMatchObject({ answer, at: new Date("2020-02-21T13:23:19Z") });
  });

  it("that is not done yet, or breaks, approves nobody", async () => {
    fake.answers[`GET /resources/applicants/${ID}/one`] = [
      200,
      review({ reviewAnswer: "GREEN" }, { reviewStatus: "pending" }),
    ];
    expect((await provider().fetch(ID)).answer).toBe("waiting");
    fake.answers[`GET /resources/applicants/${ID}/one`] = [200, { id: ID, review: { reviewStatus: 3 } }];
    await expect(provider().fetch(ID)).rejects.toThrow(ProviderUnavailable);
    fake.answers[`GET /resources/applicants/${ID}/one`] = [500, { description: "HONG GILDONG" }];
    await expect(provider().fetch(ID)).rejects.toThrow(/^sumsub: it answers with status 500$/);
  });

  it("signs its webhooks over the raw body; SHA-1 and flipped bytes are refused", () => {
    const raw = Buffer.from(
      JSON.stringify({
        ...{
          applicantId: ID,
          inspectionId: "5cb56e8e0a975a35f333cb84",
          correlationId: "req-1",
          type: "applicantReviewed",
        },
        ...{ reviewStatus: "completed", createdAtMs: "2020-02-21 13:23:19.321" },
      }),
    );
    const headers = (digest: string, alg = "HMAC_SHA256_HEX") => ({
      "x-payload-digest": digest,
      "x-payload-digest-alg": alg,
    });
    const digest = (algorithm: string) => createHmac(algorithm, SECRET).update(raw).digest("hex");
    const at = new Date("2020-02-21T13:23:19.321Z");
    expect(provider().parseWebhook(raw, headers(digest("sha256")))).toMatchObject({ ref: ID, at });
    expect(provider().parseWebhook(raw, headers(digest("sha512"), "HMAC_SHA512_HEX"))).toMatchObject({ ref: ID, at });
    for (const wrong of [headers(digest("sha1"), "HMAC_SHA1_HEX"), headers("00"), headers(digest("sha512"))]) {
      expect(() => provider().parseWebhook(raw, wrong)).toThrow(WebhookRefused);
    }
    expect(() => provider().parseWebhook(Buffer.concat([raw, Buffer.from(" ")]), headers(digest("sha256")))).toThrow(
      WebhookRefused,
    );
  });
});

describe("Persona, by its documentation", () => {
  const provider = () => new PersonaProvider(settings("persona"));
  const ID = "inq_ABCdef123";
  const inquiry = (status: string) => ({
    data: {
      ...{ type: "inquiry", id: ID },
      attributes: {
        status,
        "created-at": "2026-02-01T10:00:00.000Z",
        "decisioned-at": "2026-02-02T10:00:00.000Z",
        tags: [],
      },
    },
  });

  it("makes one inquiry per case, and gives a link for the member", async () => {
    fake.answers["POST /api/v1/inquiries"] = [201, inquiry("created")];
    fake.answers[`POST /api/v1/inquiries/${ID}/generate-one-time-link`] = [
      200,
      { ...inquiry("created"), meta: { "one-time-link": "https://inquiry.withpersona.com/verify?code=x" } },
    ];
    const started = await provider().start(applicant, null);
    expect(started).toEqual({ ref: ID, sessionUrl: "https://inquiry.withpersona.com/verify?code=x" });
    const { headers, body } = fake.asked.at(-2) ?? { headers: {}, body: "" };
    expect(headers).toMatchObject({ authorization: "Bearer token-of-a-test", "idempotency-key": applicant.caseId });
    expect(JSON.parse(body).data.attributes).toMatchObject({ "inquiry-template-id": "enhanced-flow" });
  });

  it.each([
    ["approved", "green"],
    ["declined", "red_final"],
    ["failed", "red_retry"],
    ["expired", "red_retry"],
    ["completed", "waiting"],
    ["needs_review", "waiting"],
    ["something new", "waiting"],
  ])("whose inquiry is %s means %s", async (status, answer) => {
    fake.answers[`GET /api/v1/inquiries/${ID}`] = [200, inquiry(status)];
    expect(await provider().fetch(ID)).toMatchObject({ answer, at: new Date("2026-02-02T10:00:00Z") });
  });

  it("signs its webhooks with a time, by two secrets while one follows the other", () => {
    const raw = Buffer.from(
      JSON.stringify({
        data: {
          ...{ type: "event", id: "evt_1" },
          attributes: {
            name: "inquiry.approved",
            payload: inquiry("approved"),
            "created-at": "2026-02-02T10:00:01.000Z",
          },
        },
      }),
    );
    const seconds = now.getTime() / 1_000;
    const header = timedSignature(SECRET, raw, seconds);
    const news = { ref: ID, eventId: "evt_1", at: new Date("2026-02-02T10:00:01Z") };
    expect(provider().parseWebhook(raw, { "persona-signature": header }, now)).toEqual(news);
    const both = `${timedSignature("an older secret", raw, seconds)} ${header}`;
    expect(provider().parseWebhook(raw, { "persona-signature": both }, now)).toEqual(news);
    const old = timedSignature(SECRET, raw, seconds - 301);
    for (const wrong of [old, "", header.replace(/v1=./, "v1=g"), timedSignature("wrong", raw, seconds)]) {
      expect(() => provider().parseWebhook(raw, { "persona-signature": wrong }, now)).toThrow(WebhookRefused);
    }
  });
});
