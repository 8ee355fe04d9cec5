import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { AUDITOR } from "../../scripts/local/past/wallets.ts";
import { handsIn, officer, signsIn, steppedUp } from "./harness/acts/becoming.ts";
import { contracts } from "./harness/contracts.ts";
import { objections } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const here = browser();
const { fund } = here;
const { rows } = mirror();
const { kyc, members } = contracts();

/** What axe objects to on the page as it stands, and whether it is wider than a phone. */
async function misfits(page: Page): Promise<string[]> {
  const found = await objections(page);
  const desktop = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (desktop) await page.setViewportSize(desktop);
  return over > 0 ? [...found, "wider than a phone"] : found;
}

const look = async (page: Page) => expect(await misfits(page)).toEqual([]);

describe("a member's identity", () => {
  it("is handed in, checked by the sandbox, looked at by two officers, and put on the chain by the member", async () => {
    const member = await signsIn(here, "/kyc");
    const { address } = member.wallet.account;
    await fund(address);
    await handsIn(member, "HONG GILDONG", look);

    const first = await officer(here, 0);
    await first.dapp.shows(first.dapp.at("case"), "Passed");
    await first.dapp.at("take-next").click();
    await first.dapp.shows(first.dapp.at("checks"), "HONG GILDONG");
    await first.page.getByLabel("Never shown to the member").fill("the picture is small");
    expect(await misfits(first.page)).toEqual([]);
    await first.dapp.at("recommend").click();
    await first.dapp.shows(first.dapp.at("deciding"), "Another officer decides");

    const second = await officer(here, 1);
    await second.dapp.at("case").getByRole("link").click();
    await second.dapp.shows(second.dapp.at("deciding"), "Documents not opened yet: 1");
    await second.dapp.at("case-document").getByRole("button", { name: "Open" }).click();
    await second.dapp.at("case-document").getByRole("img").waitFor();
    await second.page.getByLabel("Why").fill("name and picture agree");
    await second.dapp.at("agree").click();
    await second.dapp.at("step-up").waitFor();
    expect(await misfits(second.page)).toEqual([]);
    await steppedUp(second, rows);
    await second.dapp.at("agree").click();
    await second.dapp.shows(second.dapp.at("case-state"), "Approved");

    await member.dapp.at("attest").waitFor();
    await member.dapp.remedy("not-member");
    await member.dapp.at("submit-attestation").click();
    await member.dapp.reaches("submit-attestation", "indexed", "final");
    await member.dapp.shows(member.dapp.at("attest"), "Level on the chain: Basic");
    const memberNo = await members.read.memberNoOf([address]);
    expect(await kyc.read.levelOf([memberNo])).toBe(1);
    await member.dapp.open("/kyc");
    await member.dapp.shows(member.page.locator("[data-level='1']"), "Held");
    await expect.poll(() => member.page.getByText("the picture is small").count()).toBe(0);
  });

  it("is seen by an auditor without documents, and by nobody else of no office", async () => {
    const auditor = await signsIn(here, "/admin", localAccount(AUDITOR));
    await auditor.dapp.at("work").waitFor();
    expect(await misfits(auditor.page)).toEqual([]);
    expect(await auditor.page.getByTestId("take-next").count()).toBe(0);
    const stranger = await signsIn(here, "/admin");
    await stranger.dapp.shows(stranger.page.locator("main"), "For the staff only");
  });
});
