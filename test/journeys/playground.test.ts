import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Dapp, objections } from "./harness/dapp.ts";
import { browser } from "./harness/visitor.ts";

const { product, visit } = browser();

describe("somebody with a question of their own", () => {
  it("chooses a query, runs it, takes the answer along, keeps the query and gives it away", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const dapp = new Dapp(visitor, product.url);
    await dapp.open("/data/playground");
    await dapp.at("starter-leaders").click();
    await dapp.at("run").click();
    await dapp.at("result-row").waitFor();
    expect(await objections(page)).toEqual([]);
    const saving = page.waitForEvent("download");
    await dapp.at("export-csv").click();
    const text = readFileSync(await (await saving).path(), "utf8");
    expect(text).toContain("rank,validatorId,name");

    await page.getByLabel("Name", { exact: true }).fill("Mine");
    await dapp.at("keep").click();
    await dapp.shows(dapp.at("kept"), "Mine");
    await dapp.at("query").fill("query Wrong { nothingSuch }");
    await page.keyboard.press("Control+Enter");
    await dapp.shows(dapp.at("result"), "Refused: GRAPHQL_VALIDATION_FAILED");
    await dapp.at("query").fill("query Given { networkStats { memberCount } }");
    await dapp.at("share").click();
    await expect.poll(() => page.url()).toContain("#q=");
    const other = await visit();
    await other.page.goto(page.url());
    const others = new Dapp(other, product.url);
    expect(await others.at("query").inputValue()).toContain("query Given");
    await others.at("run").click();
    await others.shows(others.at("result-row"), /\d/);
    await others.page.getByLabel("Find a field or type").fill("waitingCount");
    await others.shows(others.at("schema-type"), "MemberReferral");
  });
});
