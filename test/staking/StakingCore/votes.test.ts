import { expect } from "chai";
import { ethers as lib } from "ethers";
import { delegation, ethers, given, networkHelpers, staked, tburn } from "../../fixtures/system.ts";

describe("StakingCore and its votes", () => {
  async function delegated() {
    const s = await staked();
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    return { ...s, positionId };
  }

  /** Puts an implementation behind the votes' proxy, as an upgrade that went wrong would. */
  async function brokenVotes() {
    const s = await delegated();
    const broken = await ethers.deployContract("StakeVotes__Mock");
    const real = s.record.contracts.StakeVotes.implementation ?? "";
    const slot = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
    const put = async (to: string) =>
      networkHelpers.setStorageAt(await s.votes.getAddress(), slot, lib.zeroPadValue(to, 32));
    await put(await broken.getAddress());
    return { ...s, mend: () => put(real) };
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
