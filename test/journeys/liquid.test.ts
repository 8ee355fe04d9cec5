import { formatEther, parseEther } from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const { product, chain, visit, fund } = browser();
const { ask } = mirror();
const { core, liquid, token, client, mined } = contracts();

const SLASHED = 6;
const SOUND = 8;
const KEPT = 9n * 10n ** 17n;
/** Base units that flooring may take, over a few positions and exits. */
const DUST = 1_000_000n;
const near = (a: bigint, b: bigint) => (a > b ? a - b : b - a) < DUST;

const HOLDER = `query ($address: String!) { liquidHolder(address: $address) { shares
  movements(first: 5) { nodes { kind assets shares } } redemptions(first: 5) { requestId assetsAtRequest shares } } }`;
interface Holder {
  liquidHolder: {
    shares: string;
    movements: { nodes: { kind: string; assets: string; shares: string }[] };
    redemptions: { requestId: string; assetsAtRequest: string; shares: string }[];
  };
}
const holder = async (address: string) => (await ask<Holder>(HOLDER, { address })).liquidHolder;

const whole = (tokens: bigint) => Number(formatEther(tokens).split(".")[0]).toLocaleString("en-US");

/** The told past has made the vault a member with KYC; here it gets two validators that no other journey slashes. */
beforeAll(async () => {
  const listed = (await liquid.read.allocations()).map(({ validatorId }) => validatorId);
  for (const validatorId of [SLASHED, SOUND])
    if (!listed.includes(validatorId)) await mined(liquid.write.setValidator([validatorId, true]));
});

/** What the vault's stake at the validator is worth. */
async function stakeAt(validatorId: number): Promise<bigint> {
  const mine = (await liquid.read.allocations()).find((one) => one.validatorId === validatorId);
  return core.read.positionValue([mine?.positionId ?? 0n]);
}

/** Worth of `shares` and of the whole vault. */
const worth = async (shares: bigint) => ({
  mine: await liquid.read.convertToAssets([shares]),
  all: await liquid.read.totalAssets(),
});

/** A new member who has deposited `amount` TBURN through the page; the mirror knows it. */
async function depositor(amount: string) {
  const visitor = await visit();
  const dapp = new Dapp(visitor, product.url);
  const { address } = visitor.wallet.account;
  await fund(address);
  await dapp.open("/stake/liquid");
  await dapp.connect();
  await dapp.join();
  await dapp.at("liquid-deposit").getByTestId("amount-input").fill(amount);
  await dapp.at("liquid-preview").waitFor();
  await dapp.at("deposit-liquid").click();
  await dapp.reaches("deposit-liquid", "indexed", "final");
  return { ...visitor, dapp, address };
}

describe("a member who stakes through the vault", () => {
  it("shares the loss of a slashed validator, and chain, GraphQL and screen agree until the last token is out", async () => {
    const { dapp, wallet, address } = await depositor("3000");
    // The vault takes no permit: exactly the amount is approved, and nothing is left over.
    expect(await token.read.allowance([address, liquid.address])).toBe(0n);
    const shares = await liquid.read.balanceOf([address]);
    expect(shares).toBeGreaterThan(0n);
    expect(await holder(address)).toMatchObject({ shares: String(shares) });
    expect(wallet.sent.length).toBeGreaterThanOrEqual(2);

    await mined(liquid.write.allocate([SLASHED, parseEther("1800"), 0n]));
    await mined(liquid.write.allocate([SOUND, parseEther("1200"), 0n]));
    await dapp.shows(dapp.page.locator(`[data-testid=liquid-holding][data-row="${SLASHED}"]`), "1,800 TBURN");

    // While a case is open nothing new comes in, and the page says why.
    const [before, exposed] = [await worth(shares), await stakeAt(SLASHED)];
    const tau = Number((await client.getBlock()).timestamp);
    await mined(core.write.openCase([SLASHED]));
    await dapp.shows(dapp.at("liquid-deposit"), /Deposits are stopped.*case/i);
    await mined(core.write.slash([SLASHED, tau, KEPT, 0]));
    await mined(core.write.closeCase([SLASHED]));
    await dapp.at("deposit-liquid").waitFor();

    // A tenth of what lies at one validator is lost, and each share bears its part of that.
    const { mine: value } = await worth(shares);
    const expected = before.mine - (before.mine * (exposed / 10n)) / before.all;
    expect(value).toBeLessThan(before.mine);
    expect(near(value, expected)).toBe(true);
    await dapp.shows(dapp.page.locator("main"), whole(value));

    const redeem = dapp.at("liquid-redeem");
    await redeem.getByRole("button", { name: "All", exact: true }).click();
    await dapp.shows(redeem, whole(value));
    await dapp.at("request-redeem").click();
    await dapp.reaches("request-redeem", "indexed", "final");
    expect(await liquid.read.balanceOf([address])).toBe(0n);
    const asked = (await holder(address)).redemptions[0];
    expect(asked?.shares).toBe(String(shares));
    expect(near(value, BigInt(asked?.assetsAtRequest ?? 0))).toBe(true);

    const row = dapp.at("redemption-row");
    await dapp.shows(row, "Waiting");
    const day = BigInt((await row.getAttribute("data-day")) ?? "0");
    expect(String(day)).toBe(asked?.requestId);
    expect(await row.getByTestId("collect-exits").isVisible()).toBe(false);
    const { maturesAt } = await core.read.cohort([SLASHED, Number(day)]);
    await chain.pass(maturesAt - Number(await chain.now()) + 1);
    await dapp.at("collect-exits").click();
    await dapp.reaches("collect-exits", "indexed", "final");

    const held = await token.read.balanceOf([address]);
    await dapp.at("withdraw-redemption").click();
    await dapp.reaches("withdraw-redemption", "indexed", "final");
    const paid = (await token.read.balanceOf([address])) - held;
    expect(near(paid, expected)).toBe(true);
    const movement = await until("the payment is in the mirror", async () =>
      (await holder(address)).movements.nodes.find(({ kind }) => kind === "REDEMPTION_PAID"),
    );
    expect(movement).toMatchObject({ assets: String(paid), shares: String(shares) });
    await dapp.shows(dapp.at("liquid-history"), /Withdrawal.*Redemption requested.*Deposit/);
    await dapp.shows(dapp.at("liquid-history"), whole(paid));
  });

  it("is refused in words before the wallet is asked for what cannot be meant", async () => {
    const visitor = await visit();
    const dapp = new Dapp(visitor, product.url);
    await fund(visitor.wallet.account.address);
    await dapp.open("/stake/liquid");
    await dapp.connect();
    const field = dapp.at("liquid-deposit").getByTestId("amount-input");
    for (const amount of ["1e3", "-5", "0", "1.0000000000000000001", "999999"]) {
      await field.fill(amount);
      await dapp.page.locator("[data-testid=amount-input][aria-invalid=true]").waitFor();
    }
    expect(visitor.wallet.asked.filter((method) => /sign|send/i.test(method))).toEqual([]);
  });
});
