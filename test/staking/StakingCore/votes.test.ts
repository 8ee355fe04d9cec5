import { expect } from "chai";
import { breakVotes } from "../../fixtures/broken-votes.ts";
import { delegation, given, networkHelpers, staked, tburn } from "../../fixtures/system.ts";

describe("StakingCore and its votes", () => {
  async function delegated() {
    const s = await staked();
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    return { ...s, positionId };
  }

  async function brokenVotes() {
    const s = await delegated();
    return { ...s, mend: await breakVotes(s) };
  }

  it("never let a caller keep votes by sending too little gas", async () => {
    const s = await given(delegated);
    const { shares } = await s.core.position(s.positionId);
    let refused = 0;
    for (let gasLimit = 150_000; gasLimit <= 900_000; gasLimit += 25_000) {
      const snapshot = await networkHelpers.takeSnapshot();
      const sent = s.core.connect(s.bob).undelegate(s.positionId, shares, 0, { gasLimit });
      const went = await sent.then(
        () => true,
        () => false,
      );
      if (went) expect(await s.votes.getVotes(s.bob.address), `with ${gasLimit} gas`).to.equal(0);
      else refused++;
      await snapshot.restore();
    }
    // The range begins below what the exit needs and ends above it.
    expect(refused).to.be.within(1, 25);
  });

  it("never hold an exit when they are broken, and are mended by anyone", async () => {
    const s = await given(brokenVotes);
    const { shares } = await s.core.position(s.positionId);
    await expect(s.core.connect(s.bob).undelegate(s.positionId, shares, 0, { gasLimit: 2_000_000 }))
      .to.emit(s.core, "VotesNotTold")
      .withArgs(s.positionId);
    await s.mend();
    expect(await s.votes.getVotes(s.bob.address)).to.equal(tburn(1_000));
    await s.votes.connect(s.mallory).sync([s.positionId]);
    expect(await s.votes.getVotes(s.bob.address)).to.equal(0);
  });

  it("say how much gas a call must offer before their failure is believed", async () => {
    const s = await given(brokenVotes);
    const { shares } = await s.core.position(s.positionId);
    await expect(
      s.core.connect(s.bob).undelegate(s.positionId, shares, 0, { gasLimit: 600_000 }),
    ).to.be.revertedWithCustomError(s.core, "StakingCore_GasTooLow");
  });
});
