import { readFileSync } from "node:fs";
import { formatEther, keccak256 } from "viem";
import { describe, expect, it } from "vitest";
import { COUNCIL, walletOf } from "../../scripts/local/past/wallets.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, visit, fund } = browser();
const { ask } = mirror();
const { core, slashing, validators } = contracts();

const ACCUSED = 5;
const EXECUTED = 4;

async function enters(path: string, ...who: Parameters<typeof visit>) {
  const visitor = await visit(...who);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open(path);
  await dapp.connect();
  return { ...visitor, dapp };
}

/** The operator signs two votes for one place, on the page, and reports it. @returns the case */
async function signTwice(dapp: Dapp): Promise<bigint> {
  const before = await slashing.read.caseCount();
  await until("the page knows the consensus key", async () =>
    (await dapp.at("trial-key").inputValue()).startsWith("0x"),
  );
  // Both votes may be handed to somebody else who reports them.
  await dapp.at("sign-only").click();
  const { votes } = JSON.parse(await dapp.at("signed-votes").inputValue());
  expect(votes).toEqual([votes[0], { ...votes[0], blockHash: votes[1].blockHash, signature: votes[1].signature }]);
  expect(votes[1].blockHash).not.toBe(votes[0].blockHash);
  await dapp.at("sign-twice").click();
  await dapp.reaches("sign-twice", "indexed", "final");
  expect(await slashing.read.caseCount()).toBe(before + 1n);
  return before + 1n;
}

/** @returns hash of the statement that was handed over as a file */
async function appeal(dapp: Dapp): Promise<string> {
  await dapp.at("to-appeal").click();
  await dapp.at("statement-text").fill("The standby node started while the main one was still signing.");
  const file = dapp.page.waitForEvent("download");
  await dapp.at("sign-appeal").click();
  const path = await (await file).path();
  await dapp.reaches("appeal-case", "indexed", "final");
  return keccak256(readFileSync(path));
}

const recorded = (caseId: bigint) =>
  ask<{ slashCase: Record<"state" | "verdict" | "taken" | "statementHash", string> & { fractionBps: number } }>(
    "query ($id: Int!) { slashCase(caseId: $id) { state verdict taken statementHash fractionBps } }",
    { id: Number(caseId) },
  );

describe("a validator that signs twice", () => {
  it("is accused by its own page, appeals, is heard by the council, and loses what the council decides", async () => {
    const [self, delegated] = await core.read.stakesOf([ACCUSED]);
    const operator = await enters("/operator/slashes", {}, localAccount(walletOf(ACCUSED)));
    const caseId = await signTwice(operator.dapp);
    const page = `/appeals/case-${caseId}`;
    await operator.dapp.shows(operator.page.getByTestId("case-row").first(), /Double sign.*Appeal by/);
    const statementHash = await appeal(operator.dapp);
    expect((await recorded(caseId)).slashCase).toMatchObject({ state: "APPEALED", statementHash });
    // No new delegation while the case is open.
    expect((await core.read.validatorStake([ACCUSED])).openCases).toBe(1);

    const council = await enters("/appeals", {}, localAccount(COUNCIL));
    await council.page
      .getByTestId("matters-undecided")
      .getByRole("link", { name: `Case #${caseId}` })
      .click();
    await council.page.locator("[data-testid=evidence-check][data-fine=true]").nth(3).waitFor();
    await council.page.getByRole("button", { name: "Reduce", exact: true }).click();
    await council.dapp.at("fraction-input").fill("5");
    await council.dapp.shows(council.page.locator("main"), "Must be above 0% and below 5%");
    await council.dapp.at("fraction-input").fill("1");
    await council.dapp.at("decide-case").click();
    await council.dapp.reaches("decide-case", "indexed", "final");
    expect((await slashing.read.caseOf([caseId])).fraction).toBe(10n ** 16n);

    const stranger = await visit();
    await fund(stranger.wallet.account.address);
    const anyone = new Dapp(stranger, product.url);
    await anyone.open(page);
    await anyone.connect();
    await anyone.at("execute-case").click();
    await anyone.reaches("execute-case", "indexed", "final");

    expect(await slashing.read.stateOf([caseId])).toBe(EXECUTED);
    expect(await core.read.stakesOf([ACCUSED])).toEqual([(self * 99n) / 100n, (delegated * 99n) / 100n]);
    expect((await validators.read.validator([ACCUSED])).tombstoned).toBe(true);
    const { slashCase } = await recorded(caseId);
    expect(slashCase).toMatchObject({ state: "EXECUTED", verdict: "REDUCE", fractionBps: 100 });
    const shown = ((await anyone.at("outcome-taken").textContent()) ?? "").replace(/[^\d.]/g, "");
    expect(shown).toBe(formatEther(BigInt(slashCase.taken)));
    await anyone.shows(anyone.at("case-fraction"), "5% → 1%");

    await anyone.open(`/validators/${ACCUSED}`);
    await anyone.shows(anyone.at("case-history"), `#${caseId} Double sign`);
    await anyone.open(`/stake/delegate/${ACCUSED}`);
    await anyone.shows(anyone.page.locator("main"), /barred/i);
  });
});
