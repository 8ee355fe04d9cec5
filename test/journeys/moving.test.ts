import { formatEther } from "viem";
import { describe, expect, it } from "vitest";
import { delegator } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, chain, visit, fund } = here;
const { ask } = mirror();
const { core, members, token, mined } = contracts();

const SUSPENDED = 4;
const ACTIVE = 2;

/** A new delegator, with the numbers that the contracts give. */
async function positioned(validatorId: number, amount: string) {
  const member = await delegator(here, validatorId, amount);
  const memberNo = await members.read.memberNoOf([member.address]);
  return { ...member, memberNo, positionId: await core.read.positionOf([memberNo, validatorId]) };
}

describe("a delegator who moves to another validator", () => {
  it("moves at once, sees the lien for as long as it lasts, and settles it", async () => {
    const { dapp, positionId } = await positioned(9, "800");
    const value = await core.read.positionValue([positionId]);
    await dapp.open(`/stake/positions/${positionId}`);
    await dapp.at("redelegate-to").selectOption("2");
    await dapp.at("redelegate").click();
    await dapp.reaches("redelegate", "indexed", "final");

    await dapp.open("/stake");
    const row = dapp.at("position-row");
    await dapp.shows(row, "Under lien");
    const movedId = BigInt((await row.getAttribute("data-row")) ?? "0");
    expect(movedId).not.toBe(positionId);
    // Where a figure comes from is told to the keyboard, too.
    const note = dapp.at("source-note");
    await note.focus();
    await dapp.page
      .getByText(/TBURN · chain, block [\d,]+/)
      .locator("visible=true")
      .first()
      .waitFor();
    expect(await note.getAttribute("aria-label")).toMatch(/^Source: [\d,.]+ TBURN · chain, block/);
    const { val, lien } = await core.read.position([movedId]);
    expect(val).toBe(2);
    expect(await core.read.positionValue([movedId])).toBe(value);

    await row.getByRole("link").first().click();
    await dapp.shows(dapp.page.locator("main"), "Former validator");
    expect(await dapp.at("settle-lien").isVisible()).toBe(false);
    // A position under a lien cannot be moved a second time.
    expect(await dapp.at("redelegate").isVisible()).toBe(false);
    const { src, day } = await core.read.lien([lien]);
    expect(src).toBe(9);
    const { maturesAt } = await core.read.cohort([src, day]);
    await chain.pass(maturesAt - Number(await chain.now()) + 1);
    await dapp.at("settle-lien").click();
    await dapp.reaches("settle-lien", "indexed", "final");

    await dapp.at("redelegate").waitFor();
    expect((await core.read.position([movedId])).lien).toBe(0n);
    expect(await core.read.positionValue([movedId])).toBe(value);
    const { stakingPosition } = await ask<{ stakingPosition: { lienId: number | null; value: string } }>(
      "query ($id: String!) { stakingPosition(positionId: $id) { lienId value } }",
      { id: String(movedId) },
    );
    expect(stakingPosition).toEqual({ lienId: null, value: String(value) });
  });
});

describe("a delegator who is suspended", () => {
  it("is told so, can take on nothing new, and still sees everything and leaves", async () => {
    const { dapp, address, memberNo, positionId } = await positioned(10, "400");
    await mined(members.write.setStatus([memberNo, SUSPENDED]));
    try {
      await dapp.open("/stake");
      await dapp.at("gate-suspended").waitFor();
      await dapp.shows(dapp.at("position-row"), "400");
      await dapp.open("/stake/delegate/10");
      await dapp.at("gate-suspended").waitFor();

      await dapp.open(`/stake/positions/${positionId}`);
      await dapp.write(formatEther(await core.read.positionValue([positionId])));
      await dapp.at("undelegate").click();
      await dapp.reaches("undelegate", "indexed", "final");
      await dapp.open("/stake/unbonding");
      const requestId = BigInt((await dapp.at("unbonding-row").getAttribute("data-request")) ?? "0");
      await chain.pass((await core.read.maturesAt([requestId])) - Number(await chain.now()) + 1);
      const before = await token.read.balanceOf([address]);
      await dapp.at("claim-request").click();
      await dapp.reaches("claim", "indexed", "final");
      expect(await token.read.balanceOf([address])).toBeGreaterThan(before);
    } finally {
      await mined(members.write.setStatus([memberNo, ACTIVE]));
    }
  });
});

describe("a member who reads Korean", () => {
  it("is offered in the words of the glossary, button by button", async () => {
    const visitor = await visit({ language: "ko" });
    const dapp = new Dapp(visitor, product.url);
    const { page } = visitor;
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await fund(visitor.wallet.account.address);

    await dapp.open("/validators");
    await page.getByTestId("validator-row").filter({ hasText: "Baekdu" }).getByRole("link", { name: "위임" }).click();
    await page.getByRole("heading", { level: 1, name: "위임" }).waitFor();
    await dapp.shows(page.locator("main"), "검증자: Baekdu");
    await page.getByRole("banner").getByRole("button", { name: "지갑 연결" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Journey Wallet" }).click();
    await page.getByLabel("위임할 수량 (TBURN)").fill("1,250.5");
    await button("회원 등록").click();
    await button("데모 인증 (로컬 전용)").click();
    await button("서명하고 위임").click();
    await dapp.reaches("delegate", "indexed", "final");

    await page.getByRole("link", { name: "내 스테이킹" }).first().click();
    await page.getByRole("heading", { level: 1, name: "내 스테이킹" }).waitFor();
    await dapp.shows(page.getByTestId("position-row").first(), /Baekdu.*1,250\.\d+ TBURN.*기록됨/);
    await page.getByRole("link", { name: "Baekdu" }).click();
    await page.getByRole("heading", { level: 2, name: "위임 해제" }).waitFor();
    await button("전부").click();
    await button("서명하고 위임 해제").click();
    await dapp.reaches("undelegate", "indexed", "final");

    await dapp.open("/stake/unbonding");
    const row = dapp.at("unbonding-row");
    await dapp.shows(row, /대기 중.*만기:/);
    const requestId = BigInt((await row.getAttribute("data-request")) ?? "0");
    await chain.pass((await core.read.maturesAt([requestId])) - Number(await chain.now()) + 1);
    await dapp.shows(row, "출금 가능");
    const { address } = visitor.wallet.account;
    const before = await token.read.balanceOf([address]);
    await button("출금").click();
    await dapp.reaches("claim", "indexed", "final");
    expect(await token.read.balanceOf([address])).toBeGreaterThan(before);
    await dapp.shows(page.locator("main"), "위임 해제 중인 토큰이 없습니다");
    await dapp.open("/activity");
    await dapp.shows(page.locator("main"), /출금.*위임 해제.*위임/);
  });
});
