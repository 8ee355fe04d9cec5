import { randomUUID } from "node:crypto";
import { parseEther } from "ethers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { address, DELEGATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
let one: Signer;
let other: Signer;
let theirs: Intent;
const delegation = { validatorId: 1, amount: String(parseEther("150")) };
beforeAll(async () => {
  here = await startIntents();
  one = await here.signer(DELEGATORS[0] ?? 0);
  other = await here.signer(DELEGATORS[1] ?? 0);
  theirs = await other.prepared("delegate", delegation);
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const acts = {
  stake: { amount: "1" },
  unstake: { amount: "1" },
  delegate: delegation,
  "claim-rewards": {},
  vote: { proposalId: "1", support: "FOR" },
  "rotate-keys": { keyType: "SECP256K1", consensusKey: address(1), proof: "0x00" },
  restore: {},
};

describe("another member's acts", () => {
  it.each(Object.entries(acts))("%s: look like nobody's", async (act, body) => {
    const answers = await Promise.all(
      [other.memberId, randomUUID()].map(async (id) => {
        const { traceId, ...problem } = (await (
          await one.ask("POST", `/api/v1/members/${id}/${act}`, body)
        ).json()) as Record<string, unknown>;
        expect(traceId).toBeTypeOf("string");
        return problem;
      }),
    );
    expect(answers[0]).toMatchObject({ status: 404, code: "MEMBER_NOT_FOUND" });
    expect(answers[1]).toEqual(answers[0]);
  });

  it.each([
    ["GET", "", undefined],
    ["POST", "/submitted", { hash: `0x${"ab".repeat(32)}` }],
  ])("%s of a prepared transaction%s look like nobody's", async (method, rest, body) => {
    for (const id of [theirs.id, randomUUID()]) {
      const answer = await one.ask(method, `/api/v1/tx-intents/${id}${rest}`, body);
      expect(await refusal(answer)).toEqual([404, "INTENT_NOT_FOUND"]);
    }
    expect(await other.intent(theirs.id)).toMatchObject({ state: "PENDING", transactionHash: null });
  });

  it("are asked for by nobody without a token", async () => {
    const paths = [
      ...Object.keys(acts).map((act) => ["POST", `/api/v1/members/${one.memberId}/${act}`]),
      ["POST", `/api/v1/members/${one.memberId}/suspend`],
      ["POST", "/api/v1/validators/register"],
      ["PUT", "/api/v1/validators/1/config"],
      ["POST", "/api/v1/proposals"],
      ["POST", "/api/v1/suspensions/1/appeal"],
      ["GET", "/api/v1/suspensions/1/appeal"],
      ["GET", "/api/v1/tx-intents"],
      ["GET", `/api/v1/tx-intents/${theirs.id}`],
      ["POST", `/api/v1/tx-intents/${theirs.id}/submitted`],
    ];
    for (const [method = "", path = ""] of paths) {
      const answer = await here.browser().send(method, path, method === "GET" ? undefined : {}, {
        "idempotency-key": randomUUID(),
      });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const answer = await here.api.ask(
      `mutation { claimRewards(memberId: "${one.memberId}", idempotencyKey: "${randomUUID()}") { id } }`,
    );
    expect(answer.errors?.[0]?.extensions?.code).toBe("SIGN_IN_REQUIRED");
  });
});

describe("a body", () => {
  it("names neither who acts nor how far it has come", async () => {
    const columns = [
      "memberId",
      "id",
      "state",
      "account",
      "chainId",
      "steps",
      "expected",
      "fromBlock",
      "txHash",
      "kind",
    ];
    for (const column of columns) {
      const answer = await one.ask("POST", one.own("delegate"), { ...delegation, [column]: "1" });
      expect([column, ...(await refusal(answer))]).toEqual([column, 422, "INPUT_INVALID"]);
    }
    const told = { hash: `0x${"ab".repeat(32)}`, state: "CONFIRMED" };
    const own = await one.prepared("delegate", delegation);
    const answer = await one.ask("POST", `/api/v1/tx-intents/${own.id}/submitted`, told);
    expect(await refusal(answer)).toEqual([422, "INPUT_INVALID"]);
  });

  it("is a JSON object", async () => {
    for (const body of [[], "stake", 7, [delegation]]) {
      const answer = await one.ask("POST", one.own("delegate"), body);
      expect(await refusal(answer)).toEqual([422, "INPUT_INVALID"]);
    }
  });
});
