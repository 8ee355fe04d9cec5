import { describe, expect, it } from "vitest";
import { staker } from "./harness/acts/delegating.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, visit } = here;
const { ask, rows } = mirror();

const TEXT = "Slow changes, and every vote explained.\n<b>No HTML</b>";

async function writes({ page }: Dapp, name: string, text: string, link: string): Promise<void> {
  await page.locator("[data-part=name]").fill(name);
  await page.locator("[data-part=text]").fill(text);
  await page.locator("[data-part=link]").fill(link);
}

describe("a delegate", () => {
  it("says what it stands for by a signature alone, is read by others, and withdraws its words", async () => {
    const { dapp, wallet, address } = await staker(here, "20000");
    await dapp.open("/governance/delegates");
    const mine = dapp.at("my-statement");
    await mine.getByText("Write or change it").click();
    await writes(dapp, "Hanbit", TEXT, "javascript:alert(1)");
    await dapp.shows(mine, "must be an address that begins with https");
    await dapp.page.locator("[data-part=link]").fill("https://example.org/hanbit");
    const sent = wallet.sent.length;
    wallet.refuse();
    await dapp.at("publish-statement").click();
    await dapp.shows(mine, "declined in the wallet");
    await dapp.at("publish-statement").click();
    await dapp.shows(mine, "Published");
    expect(wallet.sent.length).toBe(sent);
    const said = "query ($address: String!) { delegate(address: $address) { statement { name text link } } }";
    expect(await ask(said, { address })).toEqual({
      delegate: { statement: { name: "Hanbit", text: TEXT, link: "https://example.org/hanbit" } },
    });

    const reader = new Dapp(await visit(), product.url);
    await reader.open(`/governance/delegates/${address}`);
    await reader.shows(reader.at("statement"), /Hanbit.*<b>No HTML<\/b>.*Signed by this wallet/);
    const link = reader.at("statement").getByRole("link", { name: "https://example.org/hanbit" });
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer nofollow");
    await reader.open("/governance/delegates");
    await reader.page.getByTestId("said").filter({ hasText: "Hanbit" }).waitFor();

    // The pause between two statements of one wallet is over.
    await rows("update app.delegate_statements set received_at = now() - interval '1 hour' where account = $1", [
      address.toLowerCase(),
    ]);
    await dapp.at("withdraw-statement").click();
    await dapp.at("withdraw-statement").waitFor({ state: "detached" });
    expect(await ask(said, { address })).toEqual({ delegate: { statement: null } });
    await reader.open(`/governance/delegates/${address}`);
    await reader.at("voting-record").waitFor();
    expect(await reader.at("statement").isVisible()).toBe(false);
  });
});
