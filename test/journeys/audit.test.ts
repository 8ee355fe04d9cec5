import { describe, expect, it } from "vitest";
import { AUDITOR } from "../../scripts/local/past/wallets.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser, localAccount } from "./harness/visitor.ts";

const { product, visit } = browser();
const { rows } = mirror();

/** Somebody at the auditors' page, signed in. */
async function arrives(account?: Parameters<typeof visit>[1]) {
  const visitor = await visit({}, account);
  const dapp = new Dapp(visitor, product.url);
  await dapp.open("/audit");
  await dapp.connect();
  await dapp.at("sign-in-button").click();
  return { ...visitor, dapp };
}

const sealed = async () => {
  const [row] = await rows<{ count: number }>("select count(*)::integer as count from app.audit_seals");
  return row !== undefined && row.count > 0;
};
/** Seals are made once a minute, by a job. */
const SEAL_SECONDS = 150;

describe("an auditor", () => {
  it("recomputes the trail in its own browser, and finds the entry that somebody with the database changed", async () => {
    const { page, dapp } = await arrives(localAccount(AUDITOR));
    await dapp.at("audit-run").waitFor();
    await until("the sign-in is sealed", sealed, SEAL_SECONDS);
    await dapp.at("audit-run").click();
    await page.locator("[data-testid=audit-finding][data-fine=true]").waitFor();
    expect(Number((await dapp.at("audit-checked").textContent())?.replace(/\D/g, ""))).toBeGreaterThan(0);

    // As whoever runs the database could: triggers off, one word changed.
    await rows(`do $$ begin
      perform set_config('session_replication_role', 'replica', true);
      update app.audit_entries set action = 'nothing.happened' where id = (select min(entry_id) from app.audit_seals);
    end $$`);
    await dapp.at("audit-run").click();
    await dapp.shows(dapp.at("audit-finding"), "Entry 1 was changed");
  });

  it("is nobody else", async () => {
    const { dapp, page } = await arrives();
    await dapp.shows(page.locator("main"), "This is the auditors' page");
  });
});
