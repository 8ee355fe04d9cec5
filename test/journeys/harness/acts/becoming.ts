import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { OFFICERS } from "../../../../scripts/local/past/wallets.ts";
import { Dapp } from "../dapp.ts";
import type { mirror } from "../mirror.ts";
import { until } from "../until.ts";
import { type browser, localAccount } from "../visitor.ts";

type Browser = ReturnType<typeof browser>;
type Rows = ReturnType<typeof mirror>["rows"];

interface Mail {
  to: string;
  text: string;
}

/** The code of the last mail to an address, as somebody reads it at the sink of the local product. */
export const codeTo = (demoUrl: string | undefined, address: string): Promise<string> =>
  until("a mail with a code", async () => {
    const response = await fetch(`${demoUrl}/mails`);
    const { mails } = (await response.json()) as { mails: Mail[] };
    const mail = mails.find(({ to }) => to === address);
    return /^[0-9A-Z]{8}$/m.exec(mail?.text ?? "")?.[0];
  });

/** Opens a page and signs in there. */
export async function signsIn({ product, visit }: Browser, path: string, account?: Parameters<Browser["visit"]>[1]) {
  const visitor = await visit({}, account);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open(path);
  await dapp.connect();
  await dapp.at("sign-in-button").click();
  return { ...visitor, dapp };
}
export type Member = Awaited<ReturnType<typeof signsIn>>;

/** The smallest picture that a browser draws: one grey dot. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKA3Qe1hQAAAABJRU5ErkJggg==",
  "base64",
);

/** Writes who one is, hands one picture in and asks for review. @param look Is called with each form as it stands. */
export async function handsIn(
  { dapp, page }: Member,
  latinName: string,
  look: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const form = dapp.at("apply");
  await form.waitFor();
  await look(page);
  await form.getByLabel("Legal name").fill("홍길동");
  await form.getByLabel("Name in Latin letters").fill(latinName);
  await form.getByLabel("Date of birth").fill("1990-04-01");
  await form.getByLabel("Nationality").fill("KOR");
  await dapp.at("begin").click();
  const slot = dapp.at("slot-identity");
  // Some megabytes behind the picture make several parts of it.
  const buffer = Buffer.concat([dot, randomBytes(2_500_000)]);
  await slot.locator("input[type=file]").setInputFiles({ name: "id.png", mimeType: "image/png", buffer });
  await dapp.shows(slot.getByTestId("document"), "Stored");
  await look(page);
  await dapp.at("submit-case").click();
  await dapp.shows(page.getByTestId("standing"), "In review");
}

export const officer = (here: Browser, index: 0 | 1): Promise<Member> =>
  signsIn(here, "/admin", localAccount(OFFICERS[index] ?? 0));

/** One officer recommends the next case, the other one opens its document and agrees. */
export async function agreeInPairs(here: Browser, rows: Rows): Promise<void> {
  const first = await officer(here, 0);
  await first.dapp.shows(first.dapp.at("case"), "Passed");
  await first.dapp.at("take-next").click();
  await first.dapp.at("recommend").click();
  await first.dapp.shows(first.dapp.at("deciding"), "Another officer decides");
  const second = await officer(here, 1);
  await second.dapp.at("case").getByRole("link").click();
  await second.dapp.at("case-document").getByRole("button", { name: "Open" }).click();
  await second.dapp.at("case-document").getByRole("img").waitFor();
  await second.page.getByLabel("Why").fill("name and picture agree");
  await steppedUp(second, rows);
  await second.dapp.at("agree").click();
  await second.dapp.shows(second.dapp.at("case-state"), "Approved");
}

/** As a second factor would; enrolling one is another journey. */
export const steppedUp = ({ wallet }: Member, rows: Rows) =>
  rows("update app.sessions set stepped_up_at = now() where address = $1", [wallet.account.address.toLowerCase()]);

/** Ticks what membership rests on, after looking at its words. */
export async function agrees(dapp: Dapp): Promise<void> {
  for (const purpose of ["terms", "personal_data"]) {
    await dapp.at(`words-${purpose}`).locator("summary").click();
    await dapp.at(`agree-${purpose}`).check();
  }
}
