import { keccak256, stringToBytes } from "viem";
import { describe, expect, it } from "vitest";
import { COUNCIL, DELEGATOR } from "../../scripts/local/past/wallets.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, chain, visit, fund } = browser();
const { ask } = mirror();
const { members, suspensions, token } = contracts();

const COMPLIANCE = 0;
const ACTIVE = 2;
const SUSPENDED = 4;

async function enters(path: string, ...who: Parameters<typeof visit>) {
  const visitor = await visit(...who);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open(path);
  await dapp.connect();
  return { ...visitor, dapp };
}

/** Compliance suspends the member of a wallet for ten minutes, on its desk. */
async function suspend(wallet: string): Promise<void> {
  const { dapp, page } = await enters("/council", {}, localAccount(COMPLIANCE));
  const form = page.getByTestId("suspend-form");
  await form.getByTestId("member-input").fill(wallet);
  await form.getByTestId("member-found").waitFor();
  await form.getByTestId("reason-select").selectOption("TERMS_OF_SERVICE");
  await form.getByTestId("duration-input").fill("10");
  await form.getByTestId("duration-unit").selectOption("minutes");
  await form.getByTestId("hash-input").fill(keccak256(stringToBytes("record of the breach")));
  await form.getByTestId("suspend-member").click();
  await dapp.reaches("suspend-member", "indexed", "final");
}

const recorded = (id: bigint) =>
  ask<{ suspension: { state: string; verdict: string | null; restoredAt: number | null } }>(
    "query ($id: Int!) { suspension(suspensionId: $id) { state verdict restoredAt } }",
    { id: Number(id) },
  );

describe("a member that compliance suspends", () => {
  it("sees why and how long, still withdraws, appeals, is heard, and is restored by anyone", async () => {
    const account = localAccount(DELEGATOR);
    const memberNo = await members.read.memberNoOf([account.address]);
    await suspend(account.address);
    expect(await members.read.statusOf([memberNo])).toBe(SUSPENDED);
    const id = await suspensions.read.currentOf([memberNo]);

    const member = await enters("/stake/unbonding", {}, account);
    await member.dapp.shows(
      member.dapp.at("suspended-banner"),
      /suspended.*Breach of terms.*Time left: 9 min.*To appeal/,
    );
    const held = await token.read.balanceOf([account.address]);
    await member.dapp.at("claim-request").click();
    await member.dapp.reaches("claim", "indexed", "final");
    expect(await token.read.balanceOf([account.address])).toBeGreaterThan(held);

    await member.dapp.at("suspended-banner").getByRole("link").click();
    await member.dapp.at("to-appeal").click();
    await member.dapp.at("statement-text").fill("The account was used by my assistant, who has left.");
    await member.dapp.at("sign-appeal").click();
    await member.dapp.reaches("appeal-suspension", "indexed", "final");
    expect((await recorded(id)).suspension.state).toBe("APPEALED");

    const council = await enters("/appeals", {}, localAccount(COUNCIL));
    await council.page
      .getByTestId("matters-undecided")
      .getByRole("link", { name: `Suspension #${id}` })
      .click();
    await council.page.getByRole("button", { name: "Reduce", exact: true }).click();
    await council.dapp.at("duration-input").fill("1");
    await council.dapp.at("decide-suspension").click();
    await council.dapp.reaches("decide-suspension", "indexed", "final");

    const stranger = await visit();
    await fund(stranger.wallet.account.address);
    const anyone = new Dapp(stranger, product.url);
    await anyone.open(`/appeals/suspension-${id}`);
    await anyone.connect();
    await anyone.shows(anyone.at("restore").locator("[data-check=term]"), "Not yet");
    await chain.pass(61);
    await anyone.at("restore-member").click();
    await anyone.reaches("restore-member", "indexed", "final");
    expect(await members.read.statusOf([memberNo])).toBe(ACTIVE);
    const { suspension } = await recorded(id);
    expect(suspension).toMatchObject({ state: "ENDED", verdict: "REDUCE" });
    expect(suspension.restoredAt).not.toBeNull();
    await member.dapp.at("suspended-banner").waitFor({ state: "detached" });
  });
});
