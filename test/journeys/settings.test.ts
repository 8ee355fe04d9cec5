import { generate } from "otplib";
import { describe, expect, it } from "vitest";
import { Dapp, objections } from "./harness/dapp.ts";
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

describe("a key for somebody's program", () => {
  it("is asked for with a passkey, shown once, does what it is for, and ends", async () => {
    const { page, dapp } = await comesBack();
    await page.getByRole("link", { name: "API keys for your programs" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Accounts");
    await dapp.at("api-key-make").click();
    await dapp.shows(dapp.at("api-key-form"), "Choose at least one thing");
    await page.getByLabel("Read your profile").check();
    await page.getByLabel("Networks that it may come from").fill("127.0.0.0/8\n::1");
    await dapp.at("api-key-make").click();
    await dapp.at("step-up-passkey").click();
    const memberId = await dapp.at("api-key-member").textContent();
    const made = (await dapp.at("api-key-made").textContent()) ?? "";
    const [key = ""] = /tbk_[0-9a-f]{32}_[\w-]{43}/.exec(made) ?? [];
    expect(await objections(page)).toEqual([]);
    await dapp.at("api-key-kept").click();
    await dapp.at("api-key-made").waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(key.slice(-43));
    await dapp.shows(dapp.at("api-key"), "Read your profile");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await objections(page)).toEqual([]);
    }

    const read = () =>
      fetch(`${product.url}/api/v1/members/${memberId}/profile`, { headers: { authorization: `Bearer ${key}` } });
    expect((await read()).status).toBe(200);
    await page.reload();
    await dapp.shows(dapp.at("api-key"), "1 / 1");
    await dapp.at("api-key").getByRole("button", { name: "End" }).click();
    await dapp.at("api-key").waitFor({ state: "detached" });
    expect((await read()).status).toBe(401);
  });
});

describe("where somebody signs in from", () => {
  it("is a list that cannot leave them out, with an end for sessions", async () => {
    const { page, dapp } = await comesBack();
    await page.getByLabel("Networks that you sign in from").fill("203.0.113.0/24");
    await dapp.at("access-save").click();
    await dapp.at("step-up-passkey").click();
    await dapp.shows(dapp.at("access"), "This list leaves out the network that you are in now");
    await page.getByLabel("Networks that you sign in from").fill("127.0.0.1 ::1");
    await page.getByLabel("Hours after which a session ends").fill("12");
    await dapp.at("access-save").click();
    await dapp.shows(dapp.at("access"), "Saved.");
    await page.reload();
    await dapp.at("access-save").waitFor();
    expect(await page.getByLabel("Networks that you sign in from").inputValue()).toBe("127.0.0.1/32\n::1/128");
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
