import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  atDeadline,
  commitmentOf,
  doubleSign,
  proposed,
  reported,
  SALT,
  State,
} from "../../fixtures/double-sign.ts";
import { ethers, given } from "../../fixtures/system.ts";

async function copied() {
  const s = await accused();
  const e = await doubleSign(s, s.key);
  await s.slashing.connect(s.erin).commitReport(await commitmentOf(s, e, s.erin.address));
  await s.slashing.connect(s.mallory).submitDoubleSign(e, lib.ZeroHash);
  return { ...s, e };
}

describe("SlashingManager.claimReport", () => {
  it("gives the bounty to who committed before a copier opened the case", async () => {
    const s = await given(copied);
    await expect(s.slashing.connect(s.erin).claimReport(1, SALT))
      .to.emit(s.slashing, "ReportClaimed")
      .withArgs(1, s.erin);
    await atDeadline(s, 1n, "appealBy");
    await expect(s.slashing.execute(1)).to.changeTokenBalance(ethers, s.token, s.erin, lib.parseEther("125"));
  });

  it("refuses who did not commit, or only afterwards", async () => {
    const s = await given(copied);
    const late = await commitmentOf(s, s.e, s.mallory.address);
    await s.slashing.connect(s.mallory).commitReport(late);
    await expect(s.slashing.connect(s.mallory).claimReport(1, SALT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoCommitment")
      .withArgs(late);
    const wrongSalt = await commitmentOf(s, s.e, s.erin.address, lib.ZeroHash);
    await expect(s.slashing.connect(s.erin).claimReport(1, lib.ZeroHash))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoCommitment")
      .withArgs(wrongSalt);
  });

  it("refuses a case that has its reporter, has no bounty, or is over", async () => {
    const s = await given(copied);
    await s.slashing.connect(s.erin).claimReport(1, SALT);
    const second = await reported(s, await doubleSign(s, s.key));
    const argued = await proposed(s);
    for (const id of [1n, second, argued])
      await expect(s.slashing.connect(s.erin).claimReport(id, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoBounty")
        .withArgs(id);
    await atDeadline(s, 1n, "appealBy");
    await s.slashing.execute(1);
    await expect(s.slashing.connect(s.erin).claimReport(1, SALT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
      .withArgs(1, State.Executed);
    await expect(s.slashing.claimReport(77, SALT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchCase")
      .withArgs(77);
  });
});
