import { describe, expect, it } from "vitest";
import { Dapp } from "./harness/dapp.ts";
import { browser } from "./harness/visitor.ts";

const { product, visit } = browser();

async function arrive(account?: Parameters<typeof visit>[1]) {
  const visitor = await visit({}, account);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open("/settings/security");
  await dapp.connect();
  return { ...visitor, dapp };
}

describe("a person with a wallet", () => {
  it("may decline to sign in, then signs in, comes back to an open session, and signs out", async () => {
    const { dapp, wallet, page } = await arrive();
    wallet.refuse();
    await dapp.at("sign-in-button").click();
    await dapp.shows(dapp.at("sign-in"), "The wallet refused to sign");
    await dapp.at("sign-in-button").click();
    await dapp.at("sign-out").waitFor();
    expect(wallet.asked.filter((method) => method === "eth_sendTransaction")).toEqual([]);
    await page.reload();
    await dapp.at("sign-out").waitFor();
    await dapp.shows(dapp.at("session"), "This device");
    await dapp.at("sign-out").click();
    await dapp.at("sign-in-button").waitFor();
    await page.reload();
    await dapp.at("sign-in-button").waitFor();
  });

  it("ends the session of a device that is lost", async () => {
    const lost = await arrive();
    await lost.dapp.at("sign-in-button").click();
    await lost.dapp.at("sign-out").waitFor();
    const here = await arrive(lost.wallet.account);
    await here.dapp.at("sign-in-button").click();
    await here.page.getByTestId("session").nth(1).waitFor();
    await here.page.getByRole("button", { name: "End all others" }).click();
    await here.dapp.shows(here.page.locator("main"), "Sessions ended: 1");
    await lost.page.reload();
    await lost.dapp.at("sign-in-button").waitFor();
  });
});
