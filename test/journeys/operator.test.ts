import { parseEther } from "viem";
import { describe, expect, it } from "vitest";
import { local } from "../../scripts/deploy/config.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const { product, chain, visit, fund } = browser();
const { ask } = mirror();
const { core, members, token, validators, vault, mined } = contracts();

const DESK = "/operator/register";
const PROMOTION_GRACE_SECONDS = local.tiers.promotionGraceSeconds;

/** A stranger's wallet that became the owner of a validator with `self` of own stake, through the page alone. */
async function operator(name: string, self: string) {
  const visitor = await visit();
  const dapp = new Dapp(visitor, product.url);
  const { address } = visitor.wallet.account;
  await fund(address);
  await mined(token.write.transfer([address, parseEther("70000")]));
  await dapp.open(DESK);
  await dapp.connect();
  await dapp.remedy("not-member");
  await dapp.remedy("kyc");

  await dapp.page.locator("[data-field=name]").fill(name);
  await dapp.at("demo-key").click();
  await until("the key and its proof are written", async () =>
    (await dapp.page.locator("[data-field=proof]").inputValue()).startsWith("0x"),
  );
  await dapp.at("primary-action").click();
  await dapp.reaches("register-validator", "indexed", "final");
  const memberNo = await members.read.memberNoOf([address]);
  const validatorId = await validators.read.validatorOf([memberNo]);
  expect(validatorId).toBeGreaterThan(0);

  await dapp.write(self);
  await dapp.at("deposit-self").click();
  await dapp.reaches("deposit-self", "indexed", "final");
  expect(await core.read.selfStakeOf([validatorId])).toBe(parseEther(self));
  return { ...visitor, dapp, address, memberNo, validatorId };
}

const lookUp = (validatorId: number) =>
  ask<{ validator: { name: string; active: boolean; commissionBps: number; tier: string; selfStake: string } }>(
    "query ($id: Int!) { validator(validatorId: $id) { name active commissionBps tier selfStake } }",
    { id: validatorId },
  );

/** Through the tier that its stake supports: announced, waited for, applied. */
async function promoted(dapp: Dapp, then = "[data-testid=activate]"): Promise<void> {
  await dapp.at("evaluate-tier").click();
  await dapp.reaches("evaluate-tier", "indexed", "final");
  await chain.pass(PROMOTION_GRACE_SECONDS + 1);
  await dapp.at("apply-tier").click();
  await dapp.page.locator(then).waitFor();
}

async function activated(dapp: Dapp): Promise<void> {
  await dapp.at("activate").click();
  await dapp.reaches("activate", "indexed", "final");
  await dapp.at("deactivate").waitFor();
}

describe("a wallet that becomes a validator", () => {
  it("registers, is activated, raises its rate after the notice, earns, and takes own stake out again", async () => {
    const { dapp, address, memberNo, validatorId } = await operator("Dumulmeori", "55000");
    expect(await dapp.at("activate").isVisible()).toBe(false);
    await promoted(dapp);
    await activated(dapp);
    const { validator } = await lookUp(validatorId);
    expect(validator).toMatchObject({ name: "Dumulmeori", active: true, commissionBps: 500, tier: "ACTIVE_VALIDATOR" });

    // Delegators will pay the commission.
    await dapp.open(`/stake/delegate/${validatorId}`);
    await dapp.write("5000");
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed", "final");

    await dapp.open("/operator/commission");
    await dapp.at("commission-input").fill("7");
    await dapp.at("primary-action").click();
    await dapp.reaches("declare-commission", "indexed", "final");
    expect(await validators.read.commissionOf([validatorId])).toBe(500);
    await dapp.at("pending-commission").waitFor();
    const { executableAt } = await validators.read.validator([validatorId]);
    await chain.pass(executableAt - Number(await chain.now()) + 1);
    await dapp.at("execute-commission").click();
    await dapp.reaches("execute-commission", "indexed", "final");
    expect(await validators.read.commissionOf([validatorId])).toBe(700);

    await chain.pass(60);
    const epoch = await vault.read.currentEpoch();
    await mined(vault.write.creditEpoch([epoch, [{ validatorId, amount: await vault.read.budgetFor([epoch]) }]]));
    const [commission, selfRewards] = await vault.read.commissionOf([validatorId]);
    expect(commission).toBeGreaterThan(0n);
    const before = await token.read.balanceOf([address]);
    await dapp.open(DESK);
    await dapp.at("claim-commission").click();
    await dapp.reaches("claim-commission", "indexed", "final");
    expect((await token.read.balanceOf([address])) - before).toBe(commission + selfRewards);

    await dapp.page.getByRole("button", { name: "Exit", exact: true }).click();
    await dapp.write("2000");
    await dapp.at("request-self-exit").click();
    await dapp.reaches("request-self-exit", "indexed", "final");
    expect((await lookUp(validatorId)).validator).toMatchObject({
      active: true,
      selfStake: String(parseEther("53000")),
    });

    await dapp.open("/stake/unbonding");
    const requestId = BigInt((await dapp.at("unbonding-row").getAttribute("data-request")) ?? "0");
    expect((await core.read.request([requestId])).owner).toBe(memberNo);
    await chain.pass((await core.read.maturesAt([requestId])) - Number(await chain.now()) + 1);
    const held = await token.read.balanceOf([address]);
    await dapp.at("claim-request").click();
    await dapp.reaches("claim", "indexed", "final");
    expect((await token.read.balanceOf([address])) - held).toBe(parseEther("2000"));
  });

  it("sees on its desk how it does and what lacks for the next tier, and rotates its consensus key", async () => {
    const { dapp, validatorId } = await operator("Geum", "52000");
    await dapp.open("/operator");
    await dapp.shows(dapp.at("operator-health"), /Outside of the active set/);
    await dapp.page.locator("[data-task='task.announceTier']").waitFor();
    await dapp.shows(dapp.at("tier-gap"), /Tier in force.*Member.*Active validator/);
    await promoted(dapp, "[data-task='task.activate']");
    await dapp.shows(dapp.at("tier-gap"), /Own stake.*52,000 TBURN.*500,000 TBURN.*Lacking/);
    const { validator } = await lookUp(validatorId);
    expect(validator.tier).toBe("ACTIVE_VALIDATOR");

    const before = await validators.read.validator([validatorId]);
    await dapp.at("demo-key").click();
    await until("the new key and its proof are written", async () =>
      (await dapp.page.locator("[data-field=proof]").inputValue()).startsWith("0x"),
    );
    await dapp.at("rotate-key").click();
    await dapp.reaches("rotate-key", "indexed", "final");
    const { keyHash } = await validators.read.validator([validatorId]);
    expect(keyHash).not.toBe(before.keyHash);
    expect((await validators.read.keyRecord([before.keyHash])).validUntil).toBeGreaterThan(0);
    const keys = await ask<{ validator: { consensusKeys: { keyHash: string }[] } }>(
      "query ($id: Int!) { validator(validatorId: $id) { consensusKeys { keyHash } } }",
      { id: validatorId },
    );
    expect(keys.validator.consensusKeys.map((key) => key.keyHash)).toEqual([before.keyHash, keyHash]);
  });
});

describe("a validator that is jailed", () => {
  it("waits for its term, is released through the page, and enters and leaves the set at will", async () => {
    const { dapp, validatorId } = await operator("Soyang", "51000");
    await promoted(dapp);
    await activated(dapp);
    const until = Number(await chain.now()) + 300;
    await mined(validators.write.jail([validatorId, until]));
    await dapp.at("deactivate").waitFor({ state: "detached" });
    await dapp.shows(dapp.page.locator("main"), /jailed/i);
    expect(await dapp.at("unjail").isVisible()).toBe(false);

    await chain.pass(until - Number(await chain.now()) + 1);
    await dapp.at("unjail").click();
    await dapp.reaches("unjail", "indexed", "final");
    expect((await validators.read.validator([validatorId])).jailedUntil).toBe(0);

    await activated(dapp);
    await dapp.at("deactivate").click();
    await dapp.reaches("deactivate", "indexed", "final");
    await dapp.at("activate").waitFor();
    expect((await lookUp(validatorId)).validator.active).toBe(false);
  });
});
