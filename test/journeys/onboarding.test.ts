import { describe, expect, it } from "vitest";
import { DELEGATOR } from "../../scripts/local/past/wallets.ts";
import { agrees, codeTo } from "./harness/acts/becoming.ts";
import { Dapp } from "./harness/dapp.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, visit } = browser();

/** Opens the page, signs in, and has a code sent. */
async function arrive(address: string, tier?: string, account?: Parameters<typeof visit>[1]) {
  const visitor = await visit({}, account);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open("/onboarding");
  await dapp.connect();
  await dapp.at("sign-in-button").click();
  await dapp.at("onboarding-email").fill(address);
  if (tier) await dapp.at("onboarding-tier").selectOption(tier);
  await agrees(dapp);
  await dapp.at("onboarding-send").click();
  await dapp.shows(dapp.at("code-state"), "Tries left: 5");
  return { ...visitor, dapp };
}

describe("a person who wants to be a member", () => {
  it("proves an address by the code in a mail, after a wrong one, and goes on where it was left", async () => {
    const address = "newcomer@example.com";
    const { page, dapp, context } = await arrive(address);
    await dapp.at("onboarding-code").fill("ZZZZ-ZZZZ");
    await dapp.at("onboarding-verify").click();
    await dapp.shows(dapp.at("code-state"), "Tries left: 4");
    const code = await codeTo(product.demoUrl, address);
    await page.reload();
    // Pasted as people paste: in small letters, with a hyphen.
    await dapp.at("onboarding-code").fill(`${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase());
    await dapp.at("onboarding-verify").click();
    await dapp.at("email-proven").waitFor();
    await dapp.at("onboarding-skip-phone").click();
    await dapp.at("onboarding-kyc").waitFor();
    await page.reload();
    await dapp.at("onboarding-kyc").waitFor();
    expect(await page.getByTestId("onboarding").getAttribute("data-state")).toBe("KYC_PENDING");
    const sink = await context.newPage();
    await sink.goto(`${product.demoUrl}/mails`);
    await sink.getByText("nothing was delivered").first().waitFor();
    await sink.getByText(address).first().waitFor();
  });

  it("is let in as a delegator whose identity and stake the chain knows already", async () => {
    const address = "delegator@example.com";
    const { page, dapp } = await arrive(address, "DELEGATED_STAKER", localAccount(DELEGATOR));
    await dapp.at("onboarding-code").fill(await codeTo(product.demoUrl, address));
    await dapp.at("onboarding-verify").click();
    await dapp.at("onboarding-skip-phone").click();
    await page.getByRole("button", { name: "Decide on this amount" }).click();
    await dapp.at("onboarding-submit").click();
    await dapp.shows(dapp.at("onboarding"), "You are a member");
    await page.reload();
    await dapp.shows(dapp.at("onboarding"), "You are a member");
  });
});
