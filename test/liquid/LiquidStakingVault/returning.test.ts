import { expect } from "chai";
import { DAY, given, networkHelpers, tburn } from "../../fixtures/system.ts";
import { exitsOf, invested, requested, settled } from "../liquidity.ts";

const OFFSET = 10n ** 6n;
const shares = (n: number) => tburn(n) * OFFSET;

/** Bob left with all, in two days; an exit that came back for the vault went to the second one whole. */
async function emptied() {
  const s = await invested();
  await requested(s, s.bob, shares(9_700));
  await networkHelpers.time.increase(DAY);
  await requested(s, s.bob, shares(300));
  return s;
}

describe("LiquidStakingVault and exits on their way back", () => {
  it("counts none that redeemers took whole", async () => {
    const s = await given(emptied);
    const [exitId] = await s.liquid.returning();
    expect((await s.liquid.exit(exitId ?? 0)).ours).to.equal(0);
    expect(await s.liquid.totalAssets()).to.equal(0);
  });

  it("gives who comes later nothing of them", async () => {
    const s = await given(emptied);
    await s.liquid.connect(s.carol).deposit(tburn(1_000), s.carol);
    await networkHelpers.time.increase(DAY);
    await requested(s, s.carol, await s.liquid.balanceOf(s.carol));
    await settled(s);
    expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(10_000), 10n);
    expect(await s.liquid.maxWithdraw(s.carol)).to.be.closeTo(tburn(1_000), 10n);
  });

  it("leaves positions alone for a redemption that is worth less than one of their units", async () => {
    const s = await given(invested);
    await s.liquid.connect(s.bob).transfer(s.dave, OFFSET);
    const exits = await exitsOf(s);
    await requested(s, s.dave, OFFSET);
    expect(await exitsOf(s)).to.deep.equal(exits);
    const [first, second] = await s.liquid.allocations();
    expect(await s.core.positionValue(first?.positionId ?? 0)).to.equal(tburn(6_000));
    expect(await s.core.positionValue(second?.positionId ?? 0)).to.equal(tburn(3_000));
  });
});
