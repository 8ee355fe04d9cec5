import { expect, it } from "vitest";
import { agreeInPairs, agrees, codeTo, handsIn, signsIn } from "./harness/acts/becoming.ts";
import { contracts } from "./harness/contracts.ts";
import { mirror } from "./harness/mirror.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, chain, fund } = here;
const { rows } = mirror();
const { core, kyc, members } = contracts();

/** Far more than the depth at which blocks are final. */
const BLOCKS_TO_FINALITY = 70;
const VALIDATOR = 3;

it("takes a stranger from a wallet to a member who delegates: address, identity, two officers, chain, stake", async () => {
  const email = "whole-way@example.com";
  const member = await signsIn(here, "/onboarding");
  const { dapp, page, wallet } = member;
  const { address } = wallet.account;
  await fund(address);

  await dapp.at("onboarding-email").fill(email);
  await dapp.at("onboarding-tier").selectOption("DELEGATED_STAKER");
  await agrees(dapp);
  await dapp.at("onboarding-send").click();
  await dapp.at("onboarding-code").fill(await codeTo(product.demoUrl, email));
  await dapp.at("onboarding-verify").click();
  await dapp.at("onboarding-skip-phone").click();

  await dapp.at("onboarding-kyc").click();
  await handsIn(member, "HONG GILDONG");
  await agreeInPairs(here, rows);

  await dapp.at("attest").waitFor();
  await dapp.remedy("not-member");
  await dapp.at("submit-attestation").click();
  await dapp.reaches("submit-attestation", "indexed", "final");
  const memberNo = await members.read.memberNoOf([address]);
  await expect.poll(() => kyc.read.levelOf([memberNo])).toBe(1);

  await dapp.open("/onboarding");
  await page.getByRole("button", { name: "Decide on this amount" }).click();
  await dapp.shows(dapp.at("onboarding"), "100");
  await dapp.open(`/stake/delegate/${VALIDATOR}`);
  await dapp.write("250");
  await dapp.shows(dapp.at("network-fee"), /^about 0\.\d+ ETH$/);
  await dapp.at("primary-action").click();
  await dapp.reaches("delegate", "indexed", "final");
  expect(await core.read.positionOf([memberNo, VALIDATOR])).toBeGreaterThan(0n);

  await chain.mine(BLOCKS_TO_FINALITY);
  await dapp.open("/onboarding");
  await dapp.at("onboarding-submit").click();
  await dapp.shows(dapp.at("onboarding"), "You are a member");
});
