import { p256 } from "@noble/curves/p256";
import { ethers } from "ethers";
import { hexToBytes, keccak256, toHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { possession } from "../../../../scripts/local/system.ts";
import { address, VALIDATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
beforeAll(async () => {
  here = await startIntents();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const memberNoOf = (index: number) => here.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]);

/** A new key, and its signature that it serves a member. */
async function newKey(memberNo: bigint) {
  const key = new ethers.Wallet(ethers.hexlify(ethers.randomBytes(32)));
  const proof = await possession(here.chain.record, key, memberNo);
  return { keyType: "SECP256K1", consensusKey: key.address, proof };
}

describe("a validator", () => {
  const registered = (one: Signer, body: object) => one.ask("POST", "/api/v1/validators/register", body);
  const terms = { name: "Taebaek", commissionBps: 500, maxCommissionBps: 2_000, minDelegation: "0" };

  it("is registered by an identified member whose key proves itself, once", async () => {
    await here.chain.join(20, 2, "1000");
    await here.follow();
    const one = await here.signer(20);
    const memberNo = await memberNoOf(20);
    const key = await newKey(memberNo);
    const { proof } = await newKey(memberNo);
    const wrong: [object, number, string][] = [
      [{ ...terms, ...key, proof }, 422, "KEY_PROOF_INVALID"],
      [{ ...terms, ...key, proof: "0x00" }, 422, "KEY_PROOF_INVALID"],
      [{ ...terms, ...key, consensusKey: "0x1234" }, 422, "KEY_MALFORMED"],
      [{ ...terms, ...key, commissionBps: 400 }, 422, "COMMISSION_OUT_OF_BAND"],
      [{ ...terms, ...key, maxCommissionBps: 499 }, 422, "COMMISSION_OUT_OF_BAND"],
      [{ ...terms, ...key, name: "큰".repeat(22) }, 422, "INPUT_INVALID"],
      [{ ...terms, ...key, memberId: one.memberId }, 422, "INPUT_INVALID"],
    ];
    for (const [body, status, code] of wrong)
      expect(await refusal(await registered(one, body))).toEqual([status, code]);
    const intent = await one.must<Intent>("POST", "/api/v1/validators/register", { ...terms, ...key }, 201);
    const query = `mutation ($input: RegisterValidatorInput!, $key: String!) {
      registerValidator(input: $input, idempotencyKey: $key) { data } }`;
    expect(await one.graphData(query, { input: { ...terms, ...key } })).toBe(intent.data);
    await here.confirmed(one, intent);
    const again = { ...terms, ...(await newKey(memberNo)) };
    expect(await refusal(await registered(one, again))).toEqual([409, "VALIDATOR_EXISTS"]);
  });

  it("needs a higher identity than a delegator", async () => {
    await here.chain.join(21, 1, "1000");
    await here.follow();
    const one = await here.signer(21);
    const body = { ...terms, ...(await newKey(await memberNoOf(21))) };
    expect(await refusal(await registered(one, body))).toEqual([409, "KYC_INSUFFICIENT"]);
  });
});

describe("a validator's settings", () => {
  const changed = (one: Signer, body: object, id = 1) => one.ask("PUT", `/api/v1/validators/${id}/config`, body);

  it("change one at a time: a lower commission at once, a higher one by declaration, inside band and step", async () => {
    const one = await here.signer(VALIDATORS[0] ?? 0);
    const put = (body: object) => one.must<Intent>("PUT", "/api/v1/validators/1/config", body, 201);
    expect(await refusal(await changed(one, { commissionBps: 900 }))).toEqual([422, "COMMISSION_OUT_OF_BAND"]);
    expect(await refusal(await changed(one, { commissionBps: 299 }))).toEqual([422, "COMMISSION_OUT_OF_BAND"]);
    const rise = await put({ commissionBps: 700 });
    const query = `mutation ($config: ValidatorConfigInput!, $key: String!) {
      updateValidatorConfig(validatorId: 1, config: $config, idempotencyKey: $key) { data } }`;
    expect(await one.graphData(query, { config: { commissionBps: 700 } })).toBe(rise.data);
    await here.confirmed(one, rise);
    expect(await here.chain.view("ValidatorRegistry", "commissionOf", [1])).toBe(500);
    await here.confirmed(one, await put({ commissionBps: 400 }));
    expect(await here.chain.view("ValidatorRegistry", "commissionOf", [1])).toBe(400);
    await here.confirmed(one, await put({ minDelegation: "123" }));
    await here.confirmed(one, await put({ name: "한강 노드" }));
  });

  it.each([
    ["nothing", {}],
    ["two things", { name: "A", commissionBps: 500 }],
    ["what is not a setting", { active: true }],
    ["what the path names", { validatorId: 1, name: "A" }],
  ])("are not changed by %s", async (_what, body) => {
    const one = await here.signer(VALIDATORS[0] ?? 0);
    expect(await refusal(await changed(one, body))).toEqual([422, "INPUT_INVALID"]);
  });

  it("are nobody else's", async () => {
    const one = await here.signer(VALIDATORS[1] ?? 0);
    expect(await refusal(await changed(one, { name: "Mine now" }, 1))).toEqual([404, "VALIDATOR_NOT_FOUND"]);
    expect(await refusal(await changed(one, { name: "Mine now" }, 999))).toEqual([404, "VALIDATOR_NOT_FOUND"]);
  });
});

describe("a consensus key", () => {
  it("is rotated with a second factor and the new key's proof, and ends the member's other sessions", async () => {
    const index = VALIDATORS[2] ?? 0;
    const [elsewhere, one] = [await here.signer(index), await here.signer(index)];
    const key = await newKey(await memberNoOf(index));
    const used = { ...key, consensusKey: new ethers.Wallet(ethers.id("key 1 Hangang")).address };
    expect(await refusal(await one.ask("POST", one.own("rotate-keys"), used))).toEqual([409, "KEY_USED"]);
    expect((await elsewhere.ask("GET", "/api/v1/tx-intents")).status).toBe(200);
    const intent = await one.prepared("rotate-keys", key);
    expect(await refusal(await elsewhere.ask("GET", "/api/v1/tx-intents"))).toEqual([401, "SESSION_ENDED"]);
    await here.confirmed(one, intent);
    await here.database.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [one.memberId]);
    expect(await refusal(await one.ask("POST", one.own("rotate-keys"), key))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("of the other curve is judged as the chain judges it", async () => {
    const index = VALIDATORS[1] ?? 0;
    const one = await here.signer(index);
    const secret = p256.utils.randomPrivateKey();
    const consensusKey = toHex(p256.getPublicKey(secret, false).slice(1));
    const memberNo = await memberNoOf(index);
    const digest = await here.chain.view<`0x${string}`>("ValidatorRegistry", "possessionDigest", [
      memberNo,
      keccak256(consensusKey),
    ]);
    const signature = p256.sign(hexToBytes(digest), secret, { lowS: true });
    const proof = toHex(signature.toCompactRawBytes());
    const high = new p256.Signature(signature.r, p256.CURVE.n - signature.s);
    const key = { keyType: "P256", consensusKey, proof };
    const malleable = { ...key, proof: toHex(high.toCompactRawBytes()) };
    expect(await refusal(await one.ask("POST", one.own("rotate-keys"), malleable))).toEqual([422, "KEY_PROOF_INVALID"]);
    await here.confirmed(one, await one.prepared("rotate-keys", key));
  });
});
