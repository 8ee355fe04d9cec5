import { expect } from "chai";
import {
  DAY,
  delegation,
  EPOCH,
  exit,
  given,
  networkHelpers,
  staked,
  tburn,
  UNBONDING,
} from "../../fixtures/system.ts";

const { time } = networkHelpers;

describe("StakingCore.setUnbonding", () => {
  it("takes effect with the first cohort after everything of the old value has ended", async () => {
    const s = await given(staked);
    const at = (await time.latest()) + 1;
    const effective = Math.ceil((at + UNBONDING) / DAY) * DAY;
    const longer = UNBONDING + DAY;
    await time.setNextBlockTimestamp(at);
    await expect(s.core.setUnbonding(longer))
      .to.emit(s.core, "UnbondingScheduled")
      .withArgs(UNBONDING, longer, effective);
    await time.increaseTo(effective - 1);
    expect((await s.core.windows()).unbonding).to.equal(UNBONDING);
    await time.increaseTo(effective);
    expect((await s.core.windows()).unbonding).to.equal(longer);
  });

  it("tells at once the shorter of the old and the new", async () => {
    const s = await given(staked);
    await s.core.setUnbonding(UNBONDING + DAY);
    expect(await s.core.shortestUnbonding()).to.equal(UNBONDING);
  });

  it("leaves cohorts that were opened before as they were", async () => {
    const s = await given(staked);
    const requestId = await exit(s, s.bob, await delegation(s, s.bob, s.validatorId, tburn(500)));
    const before = await s.core.maturesAt(requestId);
    await s.core.setUnbonding(UNBONDING + DAY);
    await time.increase(UNBONDING);
    expect(await s.core.maturesAt(requestId)).to.equal(before);
  });

  it("refuses fewer than seven epochs, more cohorts than a slash walks, and whoever may not", async () => {
    const s = await given(staked);
    for (const wrong of [7 * EPOCH - 1, 28 * DAY + 1])
      await expect(s.core.setUnbonding(wrong)).to.be.revertedWithCustomError(s.core, "StakingCore_BadWindows");
    await expect(s.core.connect(s.mallory).setUnbonding(UNBONDING)).to.be.revertedWithCustomError(
      s.core,
      "AccessManagedUnauthorized",
    );
  });
});
