import { describe, expect, it } from "vitest";
import { AUDITOR } from "../../scripts/local/past/wallets.ts";
import { Dapp, objections } from "./harness/dapp.ts";
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

/** Has a root made now, as it is once a day, and waits until the chain carries it. */
async function anchored(): Promise<number> {
  await rows(
    "insert into boss.job (name, data, policy) select name, '{}', policy from boss.queue where name = 'audit-root'",
  );
  const last = () =>
    rows<{ last: number }>("select coalesce(max(last_seq), 0)::integer as last from chain.audit_anchors");
  await until("the root is on chain", async () => ((await last())[0]?.last ?? 0) > 0, SEAL_SECONDS);
  return (await last())[0]?.last ?? 0;
}

describe("an auditor", () => {
  it("holds a range and an entry against the chain, by the browser's own connection", async () => {
    const { page, dapp } = await arrives(localAccount(AUDITOR));
    await dapp.at("audit-run").waitFor();
    await until("the sign-in is sealed", sealed, SEAL_SECONDS);
    const last = await anchored();
    await dapp.at("audit-to-chain").click();
    await dapp.at("audit-from").fill("1");
    await dapp.at("audit-to").fill(String(last));
    await dapp.at("audit-compare").click();
    await page.locator("[data-testid=audit-compared][data-state=fine]").waitFor();
    await dapp.shows(dapp.at("audit-stretch"), "same");
    await dapp.at("audit-seq").fill(String(last));
    await dapp.at("audit-prove").click();
    await page.locator("[data-testid=audit-inclusion][data-state=fine]").waitFor();
    expect(await objections(page)).toEqual([]);

    // Far beyond what is sealed: neither here nor there.
    await dapp.at("audit-from").fill("900000");
    await dapp.at("audit-to").fill("900001");
    await dapp.at("audit-compare").click();
    await page.locator("[data-testid=audit-compared][data-state=unanchored]").waitFor();
  });

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

    await dapp.at("audit-to-chain").click();
    await dapp.at("audit-to").fill("1");
    await dapp.at("audit-compare").click();
    await page.locator("[data-testid=audit-compared][data-state=bad]").waitFor();
    await dapp.shows(dapp.at("audit-compared"), "the first that is wrong is 1");
  });

  it("is nobody else", async () => {
    const { dapp, page } = await arrives();
    await dapp.shows(page.locator("main"), "This is the auditors' page");
  });
});
