import { readFileSync } from "node:fs";
import { keccak256, parseEther, stringToBytes } from "viem";
import { describe, expect, it } from "vitest";
import { COMMITTEE, COUNCIL, walletOf } from "../../scripts/local/past/wallets.ts";
import { delegator } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const here = browser();
const { product, chain, visit, fund } = here;
const { ask } = mirror();
const { core, members, slashing, suspensions, token, mined } = contracts();

const hashed = (text: string) => keccak256(stringToBytes(text));
const HOUR = 3_600;
const WEEK = 7 * 86_400;
const status = { active: 2, terminated: 5, blacklisted: 6 };

async function enters(path: string, ...who: Parameters<typeof visit>) {
  const visitor = await visit(...who);
  const dapp = new Dapp(visitor, product.url);
  await fund(visitor.wallet.account.address);
  await dapp.open(path);
  await dapp.connect();
  return { ...visitor, dapp };
}
const councillor = (path: string) => enters(path, {}, localAccount(COUNCIL));

const recorded = async (memberNo: bigint) =>
  (
    await ask<{ member: { status: string } }>("query ($no: Int!) { member(memberNo: $no) { status } }", {
      no: Number(memberNo),
    })
  ).member.status;

describe("a membership that the council ends", () => {
  it("is terminated for a reason that stays off chain, still exits, is taken back, and blacklisted", async () => {
    const member = await delegator(here, 2, "300");
    const memberNo = await members.read.memberNoOf([member.address]);
    const { dapp, page } = await councillor("/council");
    const form = page.getByTestId("membership-form");
    await form.getByTestId("member-input").fill(member.address);
    await form.getByTestId("statement-text").fill("Three warnings, and nothing has changed since.");
    const file = page.waitForEvent("download");
    await form.getByTestId("terminate-member").click();
    const told = hashed(readFileSync(await (await file).path(), "utf8"));
    await dapp.reaches("terminate-member", "indexed", "final");
    expect(await members.read.statusOf([memberNo])).toBe(status.terminated);
    const [event] = await suspensions.getEvents.MemberTerminated({ memberNo }, { fromBlock: 0n });
    expect(event?.args).toMatchObject({ reasonHash: told, by: localAccount(COUNCIL).address });
    expect(await recorded(memberNo)).toBe("TERMINATED");

    await member.dapp.open("/stake/delegate/2");
    await member.dapp.shows(member.dapp.at("gate-suspended"), "The membership has ended");
    await member.dapp.open(`/stake/positions/${await core.read.positionOf([memberNo, 2])}`);
    await member.dapp.page.getByRole("button", { name: "All", exact: true }).last().click();
    await member.dapp.at("undelegate").click();
    await member.dapp.reaches("undelegate", "indexed", "final");

    await dapp.shows(form, "comes back as active");
    await form.getByTestId("reinstate-member").click();
    await dapp.reaches("reinstate-member", "indexed", "final");
    expect(await members.read.statusOf([memberNo])).toBe(status.active);
    await member.dapp.open("/stake/delegate/2");
    await member.dapp.shows(member.dapp.at("primary-action"), "Enter an amount");

    await form.getByRole("button", { name: "Blacklist", exact: true }).click();
    await form.getByTestId("blacklist-member").click();
    await dapp.reaches("blacklist-member", "indexed", "final");
    expect(await members.read.statusOf([memberNo])).toBe(status.blacklisted);
    expect(await recorded(memberNo)).toBe("BLACKLISTED");
  });
});

describe("a freeze that compliance began", () => {
  it("is renewed by the council with a new order, and lifted", async () => {
    const member = await delegator(here, 2, "200");
    const memberNo = await members.read.memberNoOf([member.address]);
    await mined(suspensions.write.freeze([memberNo, HOUR, hashed(`order ${memberNo}`)]));
    const until = await members.read.frozenUntil([memberNo]);
    const { dapp, page } = await councillor("/council");
    const form = page.getByTestId("freeze-form");
    await form.getByTestId("member-input").fill(String(memberNo));
    await dapp.shows(form, /Payments are frozen until/);
    await form.getByTestId("duration-input").fill("3");
    await form.getByTestId("hash-input").fill(hashed(`second order ${memberNo}`));
    await dapp.shows(form, "SuspensionManager.renewFreeze");
    await form.getByTestId("freeze-member").click();
    await dapp.reaches("renew-freeze", "indexed", "final");
    expect(await members.read.frozenUntil([memberNo])).toBeGreaterThan(until + HOUR);
    expect((await suspensions.read.freezeOf([memberNo])).orderHash).toBe(hashed(`second order ${memberNo}`));

    await form.getByTestId("unfreeze-member").click();
    await dapp.reaches("unfreeze-member", "indexed", "final");
    expect(await members.read.frozenUntil([memberNo])).toBeLessThanOrEqual(Number(await chain.now()));
  });
});

const ACCUSED = 9;
const INVALID_BLOCK = 2;
const SECURITY_BREACH = 4;
const REPORTED = 1;
const EXECUTED = 4;
const LAPSED = 5;
const accused = contracts(walletOf(ACCUSED));

/** The committee accuses with its bond. @returns the case */
async function proposed(kind: number, fraction: bigint): Promise<bigint> {
  const committee = contracts(COMMITTEE);
  const { bond } = await slashing.read.terms();
  await mined(token.write.transfer([committee.deployer, bond]));
  await mined(committee.token.write.approve([slashing.address, bond]));
  const fault = Number(await chain.now()) - 1;
  await mined(committee.slashing.write.proposeSlash([ACCUSED, kind, fault, fraction, hashed("findings")]));
  return slashing.read.caseCount();
}

/** Lets the chain's clock reach a deadline of a case. */
async function reach(caseId: bigint, which: "appealBy" | "decideBy"): Promise<void> {
  const deadlines = await slashing.read.deadlinesOf([caseId]);
  await chain.pass(deadlines[which] - Number(await chain.now()) + 1);
}

describe("a case that only a committee argues", () => {
  it("lapses by anybody's hand when its appeal was never decided, and gives the bond back", async () => {
    const caseId = await proposed(INVALID_BLOCK, parseEther("0.02"));
    await mined(accused.slashing.write.appeal([caseId, hashed("The block was valid.")]));
    const { dapp } = await enters(`/appeals/case-${caseId}`);
    await dapp.shows(dapp.at("case-actions"), "nothing to do");
    await reach(caseId, "decideBy");
    const held = await token.read.balanceOf([localAccount(COMMITTEE).address]);
    await dapp.at("lapse-case").click();
    await dapp.reaches("lapse-case", "indexed", "final");
    expect(await slashing.read.stateOf([caseId])).toBe(LAPSED);
    const { bond } = await slashing.read.terms();
    expect((await token.read.balanceOf([localAccount(COMMITTEE).address])) - held).toBe(bond);
    await dapp.shows(dapp.at("case-outcome"), "Bond returned");
  });

  it("waits for the council's ratification where slashes of a week exceed the limit", async () => {
    const caseId = await proposed(SECURITY_BREACH, parseEther("0.3"));
    const [self, delegated] = await core.read.stakesOf([ACCUSED]);
    const [used, limit] = await slashing.read.breaker();
    expect(used + ((self + delegated) * 3n) / 10n).toBeGreaterThan(limit);
    try {
      await reach(caseId, "appealBy");
      const { dapp, wallet } = await enters(`/appeals/case-${caseId}`);
      const sent = wallet.sent.length;
      await dapp.at("execute-case").click();
      await dapp.shows(dapp.at("case-actions"), /ratif/i);
      await dapp.reaches("execute-case", "would-revert");
      expect([wallet.sent.length, await slashing.read.stateOf([caseId])]).toEqual([sent, REPORTED]);

      const council = await councillor(`/appeals/case-${caseId}`);
      await council.dapp.at("ratify-case").click();
      await council.dapp.reaches("ratify-case", "indexed", "final");
      expect((await slashing.read.caseOf([caseId])).ratified).toBe(true);
      await dapp.at("execute-case").click();
      await dapp.reaches("execute-case", "indexed", "final");
      expect(await slashing.read.stateOf([caseId])).toBe(EXECUTED);
      expect(await core.read.stakesOf([ACCUSED])).toEqual([(self * 7n) / 10n, (delegated * 7n) / 10n]);
    } finally {
      // What other journeys slash must not meet this week's sum, and they delegate to this validator.
      await chain.pass(WEEK + 1);
      await mined(accused.validators.write.unjail([ACCUSED]));
      await mined(accused.validators.write.activate([ACCUSED, 0]));
    }
  });
});
