import { describe, expect, it } from "vitest";
import { aboutToDelegate } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { chain } = here;
const { core, mined } = contracts();

describe("the owner declines in the wallet", () => {
  it("ends as rejected, sends nothing, and may be tried again", async () => {
    const { wallet, dapp } = await aboutToDelegate(here, 1, "200");
    const sent = wallet.sent.length;
    wallet.refuse();
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "rejected");
    expect(wallet.sent.length).toBe(sent);
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed", "final");
  });
});

describe("the chain changes between signature and inclusion", () => {
  it("ends as reverted and says why", async () => {
    const { wallet, dapp } = await aboutToDelegate(here, 8, "200");
    wallet.beforeSending(() => mined(core.write.openCase([8])));
    try {
      await dapp.at("primary-action").click();
      await dapp.reaches("delegate", "reverted");
      await dapp.at("tray-open").click();
      const entry = dapp.page.locator("[data-testid=tray-item][data-state=reverted]");
      expect(await entry.locator(".text-danger").first().textContent()).not.toBe("");
    } finally {
      await mined(core.write.closeCase([8]));
    }
  });
});

describe("a validator against which a case is opened", () => {
  it("takes the form away and says why, before the wallet is asked", async () => {
    const { wallet, dapp } = await aboutToDelegate(here, 6, "200");
    const asked = () => wallet.asked.filter((method) => /sendTransaction|signTyped/.test(method)).length;
    const before = asked();
    await mined(core.write.openCase([6]));
    try {
      await dapp.at("amount-input").waitFor({ state: "detached" });
      await dapp.shows(dapp.page.locator("main"), /case/i);
      expect(asked()).toBe(before);
    } finally {
      await mined(core.write.closeCase([6]));
    }
  });
});

/** Signs while nothing is mined, and lets `meanwhile` happen to the pending transaction. */
async function whilePending(
  validatorId: number,
  meanwhile: (v: Awaited<ReturnType<typeof aboutToDelegate>>) => Promise<void>,
) {
  const visitor = await aboutToDelegate(here, validatorId, "200");
  const sent = visitor.wallet.sent.length;
  await chain.held(async () => {
    await visitor.dapp.at("primary-action").click();
    await until("the transaction is sent", async () => visitor.wallet.sent.length > sent);
    await visitor.dapp.reaches("delegate", "broadcast");
    await meanwhile(visitor);
  });
  return visitor;
}

const pendingHash = (sent: `0x${string}`[]) => {
  const hash = sent.at(-1);
  if (!hash) throw new Error("nothing was sent");
  return hash;
};

describe("a pending transaction", () => {
  it("that is sent again for more fees ends as repriced, with its successor", async () => {
    const { dapp } = await whilePending(1, async ({ wallet }) => {
      await wallet.speedUp(pendingHash(wallet.sent));
    });
    await dapp.reaches("delegate", "repriced");
  });

  it("that is replaced by an empty one ends as cancelled", async () => {
    const { dapp } = await whilePending(1, async ({ wallet }) => {
      await wallet.cancel(pendingHash(wallet.sent));
    });
    await dapp.reaches("delegate", "cancelled");
  });

  it("survives a reload of the page", async () => {
    const { dapp } = await whilePending(1, async ({ dapp }) => {
      await dapp.page.reload();
      if (await dapp.at("wallet-open").isVisible()) await dapp.connect();
      await dapp.reaches("delegate", "broadcast");
    });
    await dapp.reaches("delegate", "indexed", "final");
  });
});
