import { voteDomain, voteTypes } from "@tburn/deployments/block-vote";
import { formatEther, type Hex, keccak256, parseEther } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { local } from "../../scripts/deploy/config.ts";
import { COUNCIL } from "../../scripts/local/past/wallets.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { until } from "./harness/until.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, chain, visit } = browser();
const { core, members, slashing, token, validators } = contracts();

const SELF = "50000";
/** Five in a hundred were proposed, two are taken. */
const KEPT = 98n;
const BOUNTY = 5n;

/** Somebody who comes to the first page with a wallet and finds the way by the sections. */
async function arrives(...who: Parameters<typeof visit>) {
  const visitor = await visit(...who);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open("/");
  await dapp.connect();
  const { address } = visitor.wallet.account;
  const section = async (name: string) => {
    await visitor.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
    await visitor.page.getByRole("heading", { level: 1 }).waitFor();
  };
  return { ...visitor, dapp, address, section };
}
type Person = Awaited<ReturnType<typeof arrives>>;

/** From an empty wallet to a registered validator with own stake in the active set. @returns its number */
async function becomesValidator({ dapp, page, address, section }: Person): Promise<number> {
  await section("Operator");
  await dapp.remedy("no-gas");
  await dapp.remedy("not-member");
  await page.getByRole("main").getByRole("link", { name: "Register a validator" }).first().click();
  await dapp.remedy("kyc");
  await page.locator("[data-field=name]").fill("Seomjin");
  await dapp.at("demo-key").click();
  await until("the key and its proof are written", async () =>
    (await page.locator("[data-field=proof]").inputValue()).startsWith("0x"),
  );
  await dapp.at("primary-action").click();
  await dapp.reaches("register-validator", "indexed", "final");

  // The faucet gave less than an active validator stakes; what lacks is offered where it is asked for.
  await dapp.write(SELF);
  await dapp.remedy("insufficient");
  await dapp.at("deposit-self").click();
  await dapp.reaches("deposit-self", "indexed", "final");
  await dapp.at("evaluate-tier").click();
  await dapp.reaches("evaluate-tier", "indexed", "final");
  await chain.pass(local.tiers.promotionGraceSeconds + 1);
  await dapp.at("apply-tier").click();
  await dapp.at("activate").click();
  await dapp.reaches("activate", "indexed", "final");
  await dapp.at("deactivate").waitFor();
  return validators.read.validatorOf([await members.read.memberNoOf([address])]);
}

/** The validator's own consensus key signs two blocks of one height, as a node with a twin would. @returns both votes */
async function signsTwice({ page }: Person): Promise<string> {
  const kept = await page.evaluate(() => localStorage.getItem("tburn.demo.keys") ?? "{}");
  const [key = "", secret] = Object.entries(JSON.parse(kept) as Record<string, Hex>)[0] ?? [];
  const account = privateKeyToAccount(secret as Hex);
  expect(account.address.toLowerCase()).toBe(key);
  const { number: height, hash } = await chain.client.getBlock();
  const domain = { ...voteDomain, chainId: 31337, verifyingContract: slashing.address };
  const vote = async (blockHash: Hex) => {
    const message = { chainId: 31337n, height, round: 0, step: 2, blockHash };
    const signature = await account.signTypedData({ domain, types: voteTypes, primaryType: "BlockVote", message });
    return { key, height: Number(height), round: 0, step: 2, blockHash, signature };
  };
  return JSON.stringify({ votes: [await vote(hash), await vote(keccak256(hash))] });
}

/** A third person commits to what it saw and shows it a block later. @returns the case */
async function reports({ dapp, page, section }: Person, votes: string, validatorId: number): Promise<bigint> {
  await section("Validators");
  await dapp.at("to-appeals").click();
  await dapp.at("to-report").click();
  await dapp.at("votes-input").fill("what I saw");
  await dapp.shows(page.locator("main"), "This is no JSON");
  await dapp.at("votes-input").fill(votes);
  await page.locator("[data-testid=evidence-check][data-fine=true]").nth(2).waitFor();
  await dapp.shows(dapp.at("examined"), "Seomjin");
  await dapp.remedy("no-gas");
  await dapp.at("commit-report").click();
  await dapp.reaches("commit-report", "indexed", "final");
  await chain.mine(1);
  await dapp.at("submit-double-sign").click();
  await dapp.reaches("submit-double-sign", "indexed", "final");
  const caseId = await slashing.read.caseCount();
  expect((await slashing.read.caseOf([caseId])).validatorId).toBe(validatorId);
  await page
    .getByTestId("matters-running")
    .getByRole("link", { name: `Case #${caseId}` })
    .waitFor();
  return caseId;
}

describe("a stranger", () => {
  it("becomes a validator, signs twice, is reported, appeals, is heard, and sees what is left", async () => {
    const stranger = await arrives();
    const { dapp, page } = stranger;
    const validatorId = await becomesValidator(stranger);
    const stake = parseEther(SELF);
    expect(await core.read.selfStakeOf([validatorId])).toBe(stake);

    const reporter = await arrives();
    const caseId = await reports(reporter, await signsTwice(stranger), validatorId);

    await stranger.section("Operator");
    await page.locator("[data-task='task.appeal']").getByRole("link").click();
    await dapp.shows(dapp.at("case-row"), /Double sign.*Appeal by/);
    await dapp.at("to-appeal").click();
    await dapp.at("statement-text").fill("Both machines were mine; the standby had lost its view of the other.");
    await dapp.at("sign-appeal").click();
    await dapp.reaches("appeal-case", "indexed", "final");

    const council = await arrives({}, localAccount(COUNCIL));
    await council.section("Council");
    await council.page
      .getByTestId("matters-undecided")
      .getByRole("link", { name: `Case #${caseId}` })
      .click();
    await council.page.locator("[data-testid=evidence-check][data-fine=true]").nth(3).waitFor();
    await council.page.getByRole("button", { name: "Reduce", exact: true }).click();
    await council.dapp.at("fraction-input").fill("2");
    await council.dapp.at("decide-case").click();
    await council.dapp.reaches("decide-case", "indexed", "final");

    // From here on no node answers the accused: what the record tells counts, and nothing that was read before.
    await stranger.section("Operator");
    await dapp.at("to-slashes").click();
    await dapp.shows(dapp.at("case-row"), /Decided.*Execute by/);
    const node = `${new URL(product.rpcUrl).origin}/**`;
    await page.route(node, (route) => route.abort());

    // Who reported lets the verdict be carried out, and is paid for what it saw.
    const before = await token.read.balanceOf([reporter.address]);
    await reporter.page.getByRole("link", { name: `Case #${caseId}` }).click();
    await reporter.dapp.at("execute-case").click();
    await reporter.dapp.reaches("execute-case", "indexed", "final");
    const taken = (stake * (100n - KEPT)) / 100n;
    expect((await token.read.balanceOf([reporter.address])) - before).toBe((taken * BOUNTY) / 100n);

    await dapp.shows(dapp.at("case-row"), /Executed.*2%/);
    await page.unroute(node);
    await dapp
      .at("case-row")
      .getByRole("link", { name: `#${caseId}`, exact: true })
      .click();
    await dapp.shows(dapp.at("case-verdict"), "Reduce");
    await dapp.shows(dapp.at("outcome-taken"), formatEther(taken).replace(/\B(?=(\d{3})+$)/g, ","));
    await stranger.section("Operator");
    await dapp.shows(dapp.at("operator-health"), "49,000");
    expect(await core.read.selfStakeOf([validatorId])).toBe((stake * KEPT) / 100n);
    expect((await validators.read.validator([validatorId])).tombstoned).toBe(true);
  });
});
