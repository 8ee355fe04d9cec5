import { generate } from "otplib";
import { describe, expect, it } from "vitest";
import { Dapp } from "./harness/dapp.ts";
import { browser } from "./harness/visitor.ts";

const { product, visit } = browser();

/** Somebody at `/settings/security`, whose device has a passkey store that verifies its person at once. */
async function signsIn() {
  const visitor = await visit();
  const devtools = await visitor.context.newCDPSession(visitor.page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // Passkeys belong to names: an address cannot have one.
  const dapp = new Dapp(visitor, product.url.replace("127.0.0.1", "localhost"));
  await dapp.open("/settings/security");
  await dapp.connect();
  await dapp.at("sign-in-button").click();
  await dapp.at("factors").waitFor();
  return { ...visitor, dapp };
}

/** As before, in a new session: there is a passkey, and nobody has proved to be there. */
async function comesBack() {
  const visitor = await signsIn();
  const { page, dapp } = visitor;
  await page.getByLabel("Name of the passkey").fill("Key");
  await dapp.at("passkey-add").click();
  await dapp.at("codes-kept").click();
  await dapp.at("sign-out").click();
  await dapp.at("sign-in-button").click();
  return visitor;
}

describe("somebody's second factors", () => {
  it("are a passkey, codes for its loss, and an app; each later one is added by an earlier one", async () => {
    const { page, dapp } = await signsIn();
    await page.getByLabel("Name of the passkey").fill("This laptop");
    await dapp.at("passkey-add").click();
    await dapp.at("codes-kept").waitFor();
    const codes = await dapp.at("recovery-codes").getByRole("listitem").allTextContents();
    expect(new Set(codes).size).toBe(10);
    await dapp.at("codes-kept").click();
    await dapp.shows(dapp.at("passkey"), "This laptop");

    await dapp.at("totp-begin").click();
    const secret = (await dapp.at("totp-secret").textContent()) ?? "";
    await dapp.at("totp-form").getByRole("img").waitFor();
    await page.getByLabel("Code of six digits").fill(await generate({ secret }));
    await dapp.at("totp-confirm").click();
    await dapp.shows(dapp.at("totp"), "On");
    await dapp.shows(dapp.at("recovery"), "10");
  });

  it("are asked for before one is removed, and the passkey answers", async () => {
    const { dapp } = await comesBack();
    await dapp.at("passkey").getByRole("button").click();
    await dapp.at("step-up-passkey").click();
    await dapp.at("passkey").waitFor({ state: "detached" });
  });

  it("are asked for before a member is forgotten, who may still stay", async () => {
    const { page, dapp } = await comesBack();
    await page.getByRole("link", { name: "Privacy" }).click();
    await dapp.at("erasure-ask").click();
    await dapp.at("step-up-passkey").click();
    await dapp.shows(dapp.at("erasure"), "Your data is erased after");
    await dapp.at("erasure-cancel").click();
    await dapp.at("erasure-ask").waitFor();
  });
});

describe("a member's profile", () => {
  it("is written, refused by the field that is not as it must be, and kept", async () => {
    const { page, dapp } = await signsIn();
    await page.getByRole("link", { name: "Your profile" }).click();
    await page.getByLabel("Display name").fill("Seomjin 🌊");
    await page.getByLabel("Currency").fill("WON");
    await dapp.at("profile-save").click();
    await dapp.shows(dapp.at("profile"), "must be a currency of ISO 4217");
    await page.getByLabel("Currency").fill("KRW");
    await dapp.at("profile-save").click();
    await dapp.shows(dapp.at("profile-version"), "version 1");
    await page.reload();
    await dapp.shows(dapp.at("profile-version"), "version 1");
    expect(await page.getByLabel("Display name").inputValue()).toBe("Seomjin 🌊");
  });
});
