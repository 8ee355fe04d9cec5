import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DELEGATOR_WALLETS } from "../../scripts/local/past/wallets.ts";
import { agrees } from "./harness/acts/becoming.ts";
import { Dapp, objections } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, visit } = browser();
const { rows } = mirror();

interface Mail {
  to: string;
  text: string;
}

const codeTo = (address: string): Promise<string> =>
  until("a mail with a code", async () => {
    const response = await fetch(`${product.demoUrl}/mails`);
    const { mails } = (await response.json()) as { mails: Mail[] };
    return /^[0-9A-Z]{8}$/m.exec(mails.find(({ to }) => to === address)?.text ?? "")?.[0];
  });

/** Passkeys belong to names: an address cannot have one. */
const site = product.url.replace("127.0.0.1", "localhost");

async function arrives(path: string, account?: Parameters<typeof visit>[1]) {
  const visitor = await visit({}, account);
  const dapp = new Dapp(visitor, site);
  await dapp.open(path);
  await dapp.connect();
  await dapp.at("sign-in-button").click();
  return { ...visitor, dapp, wallet: visitor.wallet.account.address };
}

/** Gives a role as two administrators would. */
const appoint = (wallet: string, role: string) =>
  rows(
    `insert into app.staff_roles (member_id, role, granted_at, expires_at)
     select member_id, $2, now(), now() + interval '1 hour' from app.member_wallets where address = $1`,
    [wallet.toLowerCase(), role],
  );

/** Somebody of the staff with a passkey, in a session in which nobody has proved to be there. */
async function works(role: "compliance" | "administrator") {
  const visitor = await arrives("/settings/security");
  const { context, page, dapp, wallet } = visitor;
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.getByLabel("Name of the passkey").fill("Key");
  await dapp.at("passkey-add").click();
  await dapp.at("codes-kept").click();
  await appoint(wallet, role);
  await dapp.at("sign-out").click();
  await dapp.at("sign-in-button").click();
  await dapp.at("passkey").waitFor();
  return visitor;
}

/** Sentences of a page that are in English: four words or more, among them none that people have written. */
const englishIn = (page: Page): Promise<string[]> =>
  page.locator("main").evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent ?? "";
      if (/[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(text)) found.push(text);
    }
    return found;
  });

/** What is wrong with the page in Korean: words that stayed English, what axe objects to, and its width. */
async function misfitsInKorean(page: Page): Promise<string[]> {
  const toggle = page.getByTestId("language-switch");
  await toggle.click();
  await page.locator("html[lang=ko]").waitFor();
  const found = [...(await englishIn(page)), ...(await tooWide(page)), ...(await objections(page))];
  await toggle.click();
  await page.locator("html[lang=en]").waitFor();
  return found;
}

async function tooWide(page: Page): Promise<string[]> {
  const desktop = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (desktop) await page.setViewportSize(desktop);
  return over > 0 ? ["wider than a phone"] : [];
}

/** What axe objects to, in both themes and both languages, and whether the page is wider than a phone. */
async function misfits(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await objections(page)));
  }
  return [...found, ...(await tooWide(page)), ...(await misfitsInKorean(page))];
}

const [INVITER = 22] = DELEGATOR_WALLETS;
const EMAIL = "inviter@example.com";

describe("a member who was let in", () => {
  it("has a link by which others come, counted and not named", async () => {
    const { page, dapp } = await arrives("/onboarding", localAccount(INVITER));
    await dapp.at("onboarding-email").fill(EMAIL);
    await dapp.at("onboarding-tier").selectOption("DELEGATED_STAKER");
    await agrees(dapp);
    await dapp.at("onboarding-send").click();
    await dapp.open("/referrals");
    await dapp.shows(page.locator("main"), "You have no code yet");
    expect(await misfits(page)).toEqual([]);
    await dapp.open("/onboarding");
    await dapp.at("onboarding-code").fill(await codeTo(EMAIL));
    await dapp.at("onboarding-verify").click();
    await dapp.at("onboarding-skip-phone").click();
    await page.getByRole("button", { name: "Decide on this amount" }).click();
    await dapp.at("onboarding-submit").click();
    await dapp.shows(dapp.at("onboarding"), "You are a member");
    await dapp.open("/referrals");
    const link = await dapp.at("referral-link").inputValue();
    expect(await misfits(page)).toEqual([]);

    const guest = await visit();
    const guests = new Dapp(guest, site);
    await guests.open(new URL(link).pathname + new URL(link).search);
    await guests.open("/onboarding");
    await guests.connect();
    await guests.at("sign-in-button").click();
    expect(link).toContain(await guests.at("onboarding-referral").inputValue());
    await guests.at("onboarding-email").fill("guest@example.com");
    await agrees(guests);
    await guests.at("onboarding-send").click();
    await guests.shows(guests.at("code-state"), "Tries left: 5");

    await dapp.open("/referrals");
    await dapp.shows(page.locator("main"), /Let in\s*0\s*Registering\s*1/);
    expect(await page.locator("main").textContent()).not.toContain("guest");
  });
});

describe("an officer", () => {
  it("finds a member, sees it shortened, and in full for a reason, a second factor and a minute", async () => {
    const { page, dapp } = await works("compliance");
    await dapp.open("/admin/members");
    await dapp.at("member-row").waitFor();
    expect(await misfits(page)).toEqual([]);
    await page.getByLabel("E-mail address").fill(EMAIL);
    await dapp.at("members-find").click();
    await expect.poll(() => page.getByTestId("member-row").count()).toBe(1);
    await page.getByLabel("Wallet or account id").fill(localAccount(INVITER).address);
    await dapp.at("members-find").click();
    await expect.poll(() => page.getByTestId("member-row").count()).toBe(1);
    await page.clock.install();
    await dapp.at("member-row").getByRole("link").click();
    await dapp.shows(dapp.at("member-identity"), "i***@example.com");
    await dapp.shows(dapp.at("member-registrations"), "Let in");
    await dapp.shows(dapp.at("member-roles"), "Your role does not show this");
    expect(await misfits(page)).toEqual([]);

    await page.getByLabel("Reference").first().fill("CASE-7");
    await dapp.at("reveal").click();
    await dapp.at("step-up-passkey").click();
    await dapp.shows(dapp.at("member-identity"), EMAIL);
    expect(await misfits(page)).toEqual([]);
    await page.clock.fastForward("01:01");
    await dapp.shows(dapp.at("member-identity"), "i***@example.com");
    expect(await page.content()).not.toContain(EMAIL);
    const looks = await rows<{ detail: { reason: string; reference: string } }>(
      "select detail from app.audit_entries where action = 'identity.reveal' order by id desc limit 1",
    );
    expect(looks[0]?.detail).toMatchObject({ reason: "INVESTIGATION", reference: "CASE-7" });
  });
});

describe("a role of the staff", () => {
  it("is proposed by one administrator, decided by another with a second factor, and not by the first", async () => {
    const [first, second, newcomer] = [
      await works("administrator"),
      await works("administrator"),
      await arrives("/settings/security"),
    ];
    await newcomer.dapp.at("sign-out").waitFor();
    await first.dapp.open("/admin/approvals");
    await first.page.getByLabel("Wallet").fill(newcomer.wallet);
    await first.page.getByLabel("Role", { exact: true }).selectOption("auditor");
    await first.dapp.at("propose-send").click();
    await first.dapp.at("step-up-passkey").click();
    const own = first.page.locator("[data-testid=proposal][data-kind='staff.appoint']");
    await first.dapp.shows(own.first(), "another person has to decide");
    expect(await misfits(first.page)).toEqual([]);

    await second.dapp.open("/admin/approvals");
    const waiting = second.page.locator("[data-testid=proposal][data-kind='staff.appoint']");
    await second.dapp.shows(waiting.first(), "Give a role: Auditor");
    await second.page.getByLabel("Why").fill("as agreed");
    expect(await misfits(second.page)).toEqual([]);
    await second.dapp.at("approve").click();
    await second.dapp.at("step-up-passkey").click();
    await waiting.first().waitFor({ state: "detached" });
    // The first one's page learns of it by itself.
    await own.first().waitFor({ state: "detached" });
    await first.page.getByRole("button", { name: "Decided" }).click();
    await first.dapp.shows(own.first(), "as agreed");
    await newcomer.dapp.open("/admin/approvals");
    await newcomer.dapp.at("colleagues").waitFor();
  });
});
