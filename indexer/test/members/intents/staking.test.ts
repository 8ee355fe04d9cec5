import { parseEther } from "ethers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { address, DELEGATORS, VALIDATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
beforeAll(async () => {
  here = await startIntents();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const tburn = (tokens: string) => String(parseEther(tokens));
const delegator = (nth: number) => here.signer(DELEGATORS[nth] ?? 0);
const positionOf = async ({ index }: Signer, validatorId: number): Promise<string> => {
  const memberNo = await here.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]);
  return String(await here.chain.view<bigint>("StakingCore", "positionOf", [memberNo, validatorId]));
};
/** Delegates on the chain, past the server. */
async function delegated(one: Signer, validatorId: number, tokens: string): Promise<string> {
  await here.chain.act(one.index, "StakingCore", "delegate", [validatorId, parseEther(tokens), 0n]);
  await here.follow();
  return positionOf(one, validatorId);
}

describe("a delegation", () => {
  it("that was prepared is taken by the contracts, and confirmed once nothing takes its block back", async () => {
    const one = await delegator(0);
    const intent = await one.prepared("delegate", { validatorId: 1, amount: tburn("150") });
    expect(intent).toMatchObject({ kind: "DELEGATE", state: "PENDING", chainId: 31_337, value: "0", notices: [] });
    expect(intent.account).toBe(address(one.index).toLowerCase());
    expect(intent.steps.map(({ name }) => name)).toEqual(["act"]);
    const hash = await one.sign(intent);
    await here.follow();
    expect(await one.intent(intent.id)).toMatchObject({
      state: "SUBMITTED",
      transactionHash: hash,
      block: { isFinal: false },
    });
    await here.finalise();
    expect(await one.intent(intent.id)).toMatchObject({ state: "CONFIRMED", block: { isFinal: true } });
  });

  it("begins with an approval of exactly its tokens where the contract may not take them yet", async () => {
    const one = await delegator(1);
    const core = here.chain.record.contracts.StakingCore.address;
    await here.chain.act(one.index, "TBurnToken", "approve", [core, 0n]);
    const intent = await one.prepared("delegate", { validatorId: 1, amount: tburn("120") });
    expect(intent.steps.map(({ name }) => name)).toEqual(["approve", "act"]);
    expect(intent.data).toBe(intent.steps[1]?.data);
    await here.confirmed(one, intent);
    expect(await here.chain.view("TBurnToken", "allowance", [address(one.index), core])).toBe(0n);
    await here.chain.act(one.index, "TBurnToken", "approve", [core, parseEther("1000000")]);
  });

  it("moves as a whole to another validator, once", async () => {
    const one = await delegator(2);
    const fromPositionId = await delegated(one, 1, "300");
    const intent = await one.prepared("delegate", { validatorId: 2, fromPositionId });
    expect(intent.kind).toBe("REDELEGATE");
    await here.confirmed(one, intent);
    const { rows } = await here.database.pool.query<{ position_id: string }>(
      "select position_id from chain.positions where lien_id is not null",
    );
    const again = { validatorId: 3, fromPositionId: rows[0]?.position_id };
    expect(await refusal(await one.ask("POST", one.own("delegate"), again))).toEqual([409, "LIEN_ACTIVE"]);
  });

  it.each([
    ["of more than the wallet holds", { validatorId: 1, amount: tburn("999999") }, 422, "AMOUNT_OVER_BALANCE"],
    ["below the smallest", { validatorId: 1, amount: tburn("99") }, 422, "BELOW_MINIMUM"],
    ["to nobody", { validatorId: 99, amount: tburn("100") }, 404, "VALIDATOR_NOT_FOUND"],
    ["of somebody else's position", { validatorId: 2, fromPositionId: "1" }, 404, "POSITION_NOT_FOUND"],
    ["of nothing", { validatorId: 1, amount: "0" }, 422, "INPUT_INVALID"],
    ["of an amount and a position", { validatorId: 1, amount: "1", fromPositionId: "1" }, 422, "INPUT_INVALID"],
    ["by another name", { validatorId: 1, amount: tburn("100"), account: address(1) }, 422, "INPUT_INVALID"],
  ])("%s is refused", async (_what, body, status, code) => {
    const one = await delegator(5);
    expect(await refusal(await one.ask("POST", one.own("delegate"), body))).toEqual([status, code]);
  });

  it("beyond what the validator's own stake carries is refused, and says how much room there is", async () => {
    const one = await delegator(5);
    await here.database.pool.query("update chain.validators set self_stake = 3e18 where validator_id = 3");
    const answer = await one.ask("POST", one.own("delegate"), { validatorId: 3, amount: tburn("151") });
    expect(await answer.json()).toMatchObject({
      status: 422,
      code: "CAPACITY_EXCEEDED",
      errors: [{ field: "amount" }],
    });
    await here.database.pool.query("update chain.validators set self_stake = 100000e18 where validator_id = 3");
  });

  it.each([
    ["jailed_until = 9999999999", "VALIDATOR_JAILED"],
    ["tombstoned = true", "VALIDATOR_TOMBSTONED"],
    ["open_cases = 1", "VALIDATOR_OPEN_CASE"],
  ])("to a validator with %s is refused", async (change, code) => {
    const one = await delegator(5);
    await here.database.pool.query(`update chain.validators set ${change} where validator_id = 3`);
    const answer = await one.ask("POST", one.own("delegate"), { validatorId: 3, amount: tburn("100") });
    await here.database.pool.query(
      "update chain.validators set jailed_until = null, tombstoned = false, open_cases = 0 where validator_id = 3",
    );
    expect(await refusal(answer)).toEqual([409, code]);
  });

  it("asks for a membership, an identity and no pause", async () => {
    const stranger = await here.signer(40);
    const body = { validatorId: 1, amount: tburn("100") };
    expect(await refusal(await stranger.ask("POST", stranger.own("delegate"), body))).toEqual([
      409,
      "MEMBER_NOT_ON_CHAIN",
    ]);
    const one = await delegator(5);
    const owner = address(one.index).toLowerCase();
    await here.database.pool.query("update chain.members set kyc_level = 0 where owner = $1", [owner]);
    expect(await refusal(await one.ask("POST", one.own("delegate"), body))).toEqual([409, "KYC_INSUFFICIENT"]);
    await here.database.pool.query("update chain.members set kyc_level = 1 where owner = $1", [owner]);
    await here.chain.act(0, "ProtocolPause", "pause", [0, 60, `0x${"11".repeat(32)}`]);
    await here.follow();
    expect(await refusal(await one.ask("POST", one.own("delegate"), body))).toEqual([409, "SCOPE_PAUSED"]);
    await here.chain.act(0, "ProtocolPause", "resume", [0]);
    await here.follow();
  });
});

describe("own stake", () => {
  it("is put in and taken out by whoever runs the validator", async () => {
    const one = await here.signer(VALIDATORS[0] ?? 0);
    await here.confirmed(one, await one.prepared("stake", { amount: tburn("1000") }));
    await here.confirmed(one, await one.prepared("unstake", { amount: tburn("500") }));
    const tooMuch = await one.ask("POST", one.own("unstake"), { amount: tburn("9999999") });
    expect(await refusal(tooMuch)).toEqual([422, "AMOUNT_OVER_POSITION"]);
  });

  it("is nobody's who runs none", async () => {
    const one = await delegator(0);
    // The chain asks for a higher identity before it asks for a validator.
    const owner = address(one.index).toLowerCase();
    await here.database.pool.query("update chain.members set kyc_level = 2 where owner = $1", [owner]);
    const answer = await one.ask("POST", one.own("stake"), { amount: tburn("1") });
    await here.database.pool.query("update chain.members set kyc_level = 1 where owner = $1", [owner]);
    expect(await refusal(answer)).toEqual([409, "VALIDATOR_NOT_REGISTERED"]);
  });
});

describe("an exit", () => {
  it("takes out a part or all of a position, and no more than there is", async () => {
    const one = await delegator(3);
    const positionId = await delegated(one, 2, "500");
    const out = (amount: string) => one.ask("POST", one.own("unstake"), { positionId, amount: tburn(amount) });
    expect(await refusal(await out("501"))).toEqual([422, "AMOUNT_OVER_POSITION"]);
    expect(await refusal(await out("450"))).toEqual([422, "REST_BELOW_MINIMUM"]);
    await here.confirmed(one, await one.prepared("unstake", { positionId, amount: tburn("200") }));
    await here.confirmed(one, await one.prepared("unstake", { positionId, amount: tburn("300") }));
    expect(await refusal(await out("1"))).toEqual([404, "POSITION_NOT_FOUND"]);
  });

  it("is paid out once it is due, and not before", async () => {
    const one = await delegator(3);
    const claim = () => one.ask("POST", one.own("claim-rewards"), { of: "exits" });
    await here.chain.passTime(700);
    await here.follow();
    await here.confirmed(one, await one.prepared("claim-rewards", { of: "exits" }));
    expect(await refusal(await claim())).toEqual([409, "NOTHING_TO_CLAIM"]);
    const positionId = await delegated(one, 2, "100");
    await here.confirmed(one, await one.prepared("unstake", { positionId, amount: tburn("100") }));
    expect(await refusal(await claim())).toEqual([409, "NOTHING_TO_CLAIM"]);
  });

  it("is refused to nobody for a sanction, an identity, or a pause; an entry is", async () => {
    const one = await delegator(4);
    const positionId = await delegated(one, 1, "400");
    const memberNo = await here.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(one.index)]);
    await here.chain.act(0, "SuspensionManager", "suspend", [memberNo, 4, `0x${"22".repeat(32)}`, 3_600]);
    await here.chain.act(0, "ProtocolPause", "pause", [4, 60, `0x${"33".repeat(32)}`]);
    await here.follow();
    await here.database.pool.query("update chain.members set kyc_level = 0 where member_no = $1", [String(memberNo)]);
    expect(await refusal(await one.ask("GET", "/api/v1/tx-intents"))).toEqual([401, "SESSION_ENDED"]);
    const again = await here.signer(one.index);
    const intent = await again.prepared("unstake", { positionId, amount: tburn("400") });
    const entry = await again.ask("POST", again.own("delegate"), { validatorId: 1, amount: tburn("100") });
    expect(await refusal(entry)).toEqual([409, "MEMBER_NOT_ACTIVE"]);
    await here.chain.act(0, "ProtocolPause", "resume", [4]);
    await here.confirmed(again, intent);
  });
});

describe("rewards", () => {
  it("are claimed of all positions at once; with nothing earned there is nothing to sign", async () => {
    const one = await delegator(0);
    await delegated(one, 2, "200");
    expect(await refusal(await one.ask("POST", one.own("claim-rewards"), {}))).toEqual([409, "NOTHING_TO_CLAIM"]);
    await here.chain.passTime(90);
    const epoch = await here.chain.view<number>("RewardVault", "currentEpoch");
    const budget = await here.chain.view<bigint>("RewardVault", "budgetFor", [epoch]);
    await here.chain.act(0, "RewardVault", "creditEpoch", [epoch, [{ validatorId: 2, amount: budget / 2n }]]);
    await here.follow();
    await here.follow();
    const claim = await one.prepared("claim-rewards", {});
    const query = "mutation ($me: ID!, $key: String!) { claimRewards(memberId: $me, idempotencyKey: $key) { data } }";
    expect(await one.graphData(query)).toBe(claim.data);
    await here.confirmed(one, claim);
    expect(await refusal(await one.ask("POST", one.own("claim-rewards"), {}))).toEqual([409, "NOTHING_TO_CLAIM"]);
    const operator = await here.signer(VALIDATORS[1] ?? 0);
    await here.confirmed(operator, await operator.prepared("claim-rewards", { of: "commission" }));
  });
});

describe("REST and GraphQL", () => {
  it("prepare the same bytes of a delegation, an exit and own stake", async () => {
    const one = await delegator(0);
    const positionId = await positionOf(one, 1);
    const validator = await here.signer(VALIDATORS[2] ?? 0);
    const pairs = [
      [
        (await one.prepared("delegate", { validatorId: 3, amount: tburn("100") })).data,
        await one.graphData(
          `mutation ($me: ID!, $key: String!, $amount: BigInt!) {
            delegateStake(memberId: $me, validatorId: 3, amount: $amount, idempotencyKey: $key) { data } }`,
          { amount: tburn("100") },
        ),
      ],
      [
        (await one.prepared("unstake", { positionId, amount: tburn("50") })).data,
        await one.graphData(
          `mutation ($id: BigInt!, $key: String!, $amount: BigInt!) {
            unstakeTokens(positionId: $id, amount: $amount, idempotencyKey: $key) { data } }`,
          { id: positionId, amount: tburn("50") },
        ),
      ],
      [
        (await validator.prepared("stake", { amount: "7" })).data,
        await validator.graphData(
          `mutation ($me: ID!, $key: String!) { stakeTokens(memberId: $me, amount: "7", idempotencyKey: $key) { data } }`,
        ),
      ],
    ];
    for (const [rest, graph] of pairs) expect(graph).toBe(rest);
  });

  it("refuse alike", async () => {
    const one = await delegator(0);
    const ask = (memberId: string, of: string) =>
      one.graph(
        `mutation ($id: ID!, $of: String!, $key: String!) { claimRewards(memberId: $id, of: $of, idempotencyKey: $key) { id } }`,
        { id: memberId, of },
      );
    const code = async (answer: ReturnType<typeof ask>) => (await answer).errors?.[0]?.extensions.code;
    expect(await code(ask(one.memberId, "commission"))).toBe("NOTHING_TO_CLAIM");
    expect(await code(ask(one.memberId, "others"))).toBe("INPUT_INVALID");
    expect(await code(ask((await delegator(1)).memberId, "positions"))).toBe("MEMBER_NOT_FOUND");
  });
});
