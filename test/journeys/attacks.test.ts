import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DELEGATOR_WALLETS, walletOf } from "../../scripts/local/past/wallets.ts";
import { signsIn } from "./harness/acts/becoming.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const here = browser();
const { product } = here;
const { rows, ask } = mirror();

const VALIDATOR = 3;
const MEMBER = DELEGATOR_WALLETS[3] ?? 0;
/** What each attack does if it runs. */
const RUNS = "attacked=1";
const IMAGE = `<img src=x onerror=${RUNS}>`;
const ALL = [
  `<script>${RUNS}</script>${IMAGE}"><svg onload=${RUNS}>`,
  `<a href="javascript:${RUNS}">a</a> [b](javascript:${RUNS}) [c](data:text/html,<script>${RUNS}</script>)`,
  `![d](x" onerror="${RUNS}) <javascript:${RUNS}> javascript:${RUNS}`,
].join("\n\n");
const LINK = `javascript:${RUNS}`;

interface Seen {
  dialogs: string[];
  violations: string[];
}

/** Notes on every page of a visitor what an attack would do: dialogs, and what the policy had to stop. */
async function watched(page: Page): Promise<Seen> {
  const seen: Seen = { dialogs: [], violations: [] };
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction("noteViolation", (what: string) => seen.violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { noteViolation } = window as unknown as { noteViolation: (what: string) => void };
      noteViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return seen;
}

/** What of an attack got into a page as more than text. */
const foundIn = (page: Page) =>
  page.evaluate(() => ({
    ran: "attacked" in window,
    elements: [...document.querySelectorAll("img[src=x], svg[onload], [onerror], script:not([src])")].map(
      (element) => element.outerHTML,
    ),
    links: [...document.querySelectorAll("a[href], form[action], iframe")]
      .map((element) => element.getAttribute("href") ?? element.getAttribute("action") ?? "iframe")
      .filter((href) => /^\s*(javascript|data:text|vbscript|iframe)/i.test(href)),
  }));

const NOTHING = { ran: false, elements: [], links: [] };

let memberId = "";
let proposalId = "";
/** Wallet with the most votes. */
let delegate = "";

/** What the member says by the API, as far as that takes it; past it, where it does not. */
async function says(page: Page, token: string): Promise<void> {
  const profile = {
    ...{ displayName: IMAGE, bio: ALL, website: "", language: "en", currency: "KRW", timeZone: "Asia/Seoul" },
    ...{ links: [{ label: IMAGE.slice(0, 30), url: "https://example.org/?<script>" }], tags: ["<b onclick=1>"] },
    custom: { note: ALL.slice(0, 500) },
  };
  const put = (body: object, version: number) =>
    page.request.put(`${product.url}/api/v1/members/${memberId}/metadata`, {
      data: body,
      headers: { authorization: `Bearer ${token}`, "if-match": `"${version}"` },
    });
  for (const wrong of [{ website: LINK }, { links: [{ label: "a", url: LINK }] }]) {
    expect((await put({ ...profile, ...wrong }, 0)).status()).toBe(422);
  }
  expect((await put(profile, 0)).status()).toBe(200);
  // As if the check of addresses had failed.
  const links = JSON.stringify([{ label: "a", url: LINK }]);
  await rows("update app.profiles set website = $2, links = $3 where member_id = $1", [memberId, LINK, links]);
}

/** What the chain tells of a validator and a proposal, and what a delegate says of itself. */
async function tells(): Promise<void> {
  const { validators, mined } = contracts(walletOf(VALIDATOR));
  await mined(validators.write.setMetadata([VALIDATOR, IMAGE]));
  await until("the validator's new name", async () => {
    const query = "query ($id: Int!) { validator(validatorId: $id) { name } }";
    return (await ask<{ validator: { name: string } }>(query, { id: VALIDATOR })).validator.name === IMAGE;
  });
  // As if somebody with enough votes had proposed it.
  const [proposal] = await rows<{ id: string }>(
    `update chain.proposals set description = $1
      where proposal_id = (select proposal_id from chain.proposals order by proposal_id limit 1)
     returning proposal_id::text as id`,
    [`# ${IMAGE}\n\n${ALL}`],
  );
  proposalId = proposal?.id ?? "";
  const most = "{ delegates(first: 1) { nodes { address } } }";
  delegate = (await ask<{ delegates: { nodes: { address: string }[] } }>(most)).delegates.nodes[0]?.address ?? "";
  await rows(
    `insert into app.delegate_statements (account, name, statement, link, signed_at, signature) values ($1, $2, $3, $4, 1, '0x00')
     on conflict (account) do update set name = excluded.name, statement = excluded.statement, link = excluded.link`,
    [delegate, IMAGE, ALL, LINK],
  );
}

async function stores(): Promise<void> {
  const { page, dapp } = await signsIn(here, "/settings/security", localAccount(MEMBER));
  await dapp.at("sign-out").waitFor();
  const renewed: unknown = await page.evaluate(async () =>
    (await fetch("/api/v1/auth/token/refresh", { method: "POST" })).json(),
  );
  const pair = renewed as { memberId: string; accessToken: string };
  memberId = pair.memberId;
  await says(page, pair.accessToken);
  await tells();
}
let stored: Promise<void> | undefined;
/** Once for all journeys of this file, by whichever comes first. */
const isStored = (): Promise<void> => (stored ??= stores());

/** Goes to each page and waits for the words that an attack stands in; they run nowhere and break no layout. */
async function looks(open: (path: string) => Promise<void>, page: Page, seen: Seen, paths: [string, string][]) {
  for (const [path, words] of paths) {
    await open(path);
    await page.getByText(words, { exact: false }).first().waitFor();
    expect([path, await foundIn(page), seen]).toEqual([path, NOTHING, { dialogs: [], violations: [] }]);
    expect([path, await overflow(page)]).toEqual([path, 0]);
  }
}

/** By how much a page is wider than a window enlarged to 400 %. */
async function overflow(page: Page): Promise<number> {
  const desktop = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (desktop) await page.setViewportSize(desktop);
  return over;
}

describe("what somebody stores to attack whoever looks at it", () => {
  it("is text to its own member", async () => {
    await isStored();
    const { page, dapp } = await signsIn(here, "/settings/security", localAccount(MEMBER));
    await dapp.at("sign-out").waitFor();
    const seen = await watched(page);
    await dapp.open("/settings/profile");
    await expect.poll(() => page.getByLabel(/name/i).first().inputValue()).toBe(IMAGE);
    expect([await foundIn(page), seen]).toEqual([NOTHING, { dialogs: [], violations: [] }]);
  });

  it("is text to everybody: a validator's name, a proposal, a delegate's words", async () => {
    await isStored();
    const visitor = await here.visit();
    const { page } = visitor;
    const dapp = new Dapp(visitor, product.url);
    await dapp.open("/");
    await dapp.connect();
    const seen = await watched(page);
    await looks((path) => dapp.open(path), page, seen, [
      ["/validators", IMAGE],
      [`/validators/${VALIDATOR}`, IMAGE],
      [`/validators/compare?ids=1,${VALIDATOR}`, IMAGE],
      [`/stake/delegate/${VALIDATOR}`, IMAGE],
      ["/governance", IMAGE],
      [`/governance/${proposalId}`, RUNS],
      ["/governance/delegates", IMAGE],
      [`/governance/delegates/${delegate}`, RUNS],
    ]);
  });

  it("is text to an officer who looks at the member", async () => {
    await isStored();
    const { page, dapp, wallet } = await signsIn(here, "/settings/security");
    await dapp.at("sign-out").waitFor();
    await rows(
      `insert into app.staff_roles (member_id, role, granted_at, expires_at)
       select member_id, 'compliance', now(), now() + interval '1 hour' from app.member_wallets where address = $1`,
      [wallet.account.address.toLowerCase()],
    );
    const seen = await watched(page);
    const finds = async (path: string) => {
      await dapp.open(path);
      if (path !== "/admin/members") return;
      await page.getByLabel("Wallet or account id").fill(localAccount(MEMBER).address);
      await dapp.at("members-find").click();
    };
    await looks(finds, page, seen, [
      ["/admin/members", IMAGE],
      [`/admin/members/${memberId}`, IMAGE],
    ]);
  });
});
