import { describe, expect, it } from "vitest";
import { contracts } from "./harness/contracts.ts";
import { Dapp, objections } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser, type VisitOptions, type Visitor } from "./harness/visitor.ts";

const { product, visit, fund } = browser();
const { members, core } = contracts();
const { ask } = mirror();

const publicScreens = [
  "/",
  "/network",
  "/validators",
  "/validators/1",
  "/validators/7",
  "/validators/compare?ids=1,2,99",
  "/stake",
  "/stake/delegate/1",
  "/stake/unbonding",
  "/stake/liquid",
  "/rewards",
  "/activity",
  "/operator",
  "/operator/register",
  "/operator/commission",
  "/governance",
  "/governance/1",
  "/governance/delegates",
  "/governance/new",
  "/operator/slashes",
  "/appeals",
  "/appeals/case-1",
  "/appeals/suspension-1",
  "/appeals/new?case=1",
  "/evidence/new",
  "/council",
  "/onboarding",
  "/settings/api-keys",
  "/settings/privacy",
  "/settings/profile",
  "/settings/webhooks",
  "/settings/security",
  "/staff/return",
  "/audit",
  "/audit/verify",
  "/kyc",
  "/admin",
  "/admin/approvals",
  "/admin/members",
  "/admin/members/0d9f3a6e-5b1c-4c1e-9a51-1f2e3d4c5b6a",
  "/data/playground",
  "/referrals",
  "/settings/notifications",
  "/status",
  "/blocks/1",
  "/blocks/999999999",
  "/no/such/page",
];
const ownScreens = [
  "/",
  "/stake",
  "/stake/delegate/1",
  "/stake/unbonding",
  "/stake/liquid",
  "/rewards",
  "/activity",
  "/operator",
  "/operator/register",
  "/governance",
  "/governance/delegates",
  "/governance/new",
];

/** Colours are the theme's, words and widths the language's: two looks show each screen in both of both. */
const looks: Required<VisitOptions>[] = [
  { language: "ko", theme: "light" },
  { language: "en", theme: "dark" },
];

/** The newest proposal and a voter, if the past has any. */
async function recorded(): Promise<string[]> {
  const { proposals, delegates } = await ask<{
    proposals: { nodes: { proposalId: string }[] };
    delegates: { nodes: { address: string }[] };
  }>("{ proposals(first: 1) { nodes { proposalId } } delegates(first: 1) { nodes { address } } }");
  return [
    ...proposals.nodes.map(({ proposalId }) => `/governance/${proposalId}`),
    ...delegates.nodes.map(({ address }) => `/governance/delegates/${address}`),
  ];
}

/** Nothing is wider than the window. */
const overflow = ({ page }: Visitor) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Enlarged to 400 %, a window of 1280 × 1024 is this small. */
const ENLARGED = { width: 320, height: 256 };
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };

/** Whether the first primary action can be brought into view and is not covered there. */
async function isReachable({ page }: Visitor): Promise<boolean> {
  const action = page.locator("main [data-testid=primary-action]:visible").first();
  if ((await action.count()) === 0) return true;
  await action.scrollIntoViewIfNeeded();
  return action.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return seen !== null && element.contains(seen);
  });
}

/** What does not fit on a phone or in a window enlarged to 400 %. */
async function misfits(visitor: Visitor): Promise<string[]> {
  const { page } = visitor;
  const found: string[] = [];
  for (const [name, size] of Object.entries({ phone: PHONE, enlarged: ENLARGED })) {
    await page.setViewportSize(size);
    if ((await overflow(visitor)) > 0) found.push(`${name}: wider than the window`);
    if (!(await isReachable(visitor))) found.push(`${name}: the primary action is covered`);
  }
  await page.setViewportSize(PHONE);
  const header = await page.getByRole("banner").boundingBox();
  if ((header?.height ?? 0) > 64) found.push("phone: the header takes more than one row");
  await page.setViewportSize(DESKTOP);
  return found;
}

async function settled(dapp: Dapp): Promise<void> {
  await dapp.page.waitForLoadState("networkidle").catch(() => undefined);
  await dapp.page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

describe.each(looks)("the screens in $language, $theme", ({ language, theme }) => {
  it("satisfy axe, speak the language, and fit a phone, for a visitor without a wallet", async () => {
    const visitor = await visit({ language, theme });
    const dapp = new Dapp(visitor, product.url);
    const found: Record<string, string[]> = {};
    for (const path of [...publicScreens, ...(await recorded())]) {
      await dapp.open(path);
      await settled(dapp);
      expect(await visitor.page.locator("html").getAttribute("lang")).toBe(language);
      const problems = [...(await objections(visitor.page)), ...(await misfits(visitor))];
      if (problems.length > 0) found[path] = problems;
    }
    expect(found).toEqual({});
  });

  it("satisfy axe and fit a phone with a member's wallet connected", async () => {
    const visitor = await visit({ language, theme });
    const dapp = new Dapp(visitor, product.url);
    const { address } = visitor.wallet.account;
    await fund(address);
    await dapp.open("/stake/delegate/1");
    await dapp.connect();
    await dapp.write("150");
    await dapp.join();
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed", "final");
    const positionId = await core.read.positionOf([await members.read.memberNoOf([address]), 1]);
    const found: Record<string, string[]> = {};
    for (const path of [...ownScreens, `/stake/positions/${positionId}`, ...(await recorded())]) {
      await dapp.open(path);
      await dapp.at("wallet-account").waitFor();
      await settled(dapp);
      const problems = [...(await objections(visitor.page)), ...(await misfits(visitor))];
      if (problems.length > 0) found[path] = problems;
    }
    await dapp.at("tray-open").click();
    const tray = await objections(visitor.page);
    if (tray.length > 0) found.tray = tray;
    expect(found).toEqual({});
  });
});
