import { expect } from "chai";
import { ethers as lib } from "ethers";
import { accused, appealed, atDeadline, Kind, nextAt, WINDOWS } from "../../fixtures/double-sign.ts";
import { EPOCH, ethers, given, networkHelpers } from "../../fixtures/system.ts";

/** The system with an oracle that answers as told. */
async function watched() {
  const s = await accused();
  // Well inside an epoch: none of what follows falls on the second in which one begins.
  await nextEpochs(1);
  await networkHelpers.time.increase(5);
  const mock = await ethers.deployContract("Downtime__Mock");
  const address = s.record.contracts.PerformanceOracle.address;
  await networkHelpers.setCode(address, await ethers.provider.getCode(mock));
  const reports = await ethers.getContractAt("Downtime__Mock", address);
  /** Reports the validator down in the epoch that ended last, and returns the epoch. */
  const down = async (bitmap = 1) => {
    const now = await networkHelpers.time.latest();
    const epoch = Math.floor(now / EPOCH) - 1;
    await reports.set(s.validatorId, bitmap, epoch);
    return epoch;
  };
  return { ...s, reports, down };
}

const nextEpochs = async (n: number) => {
  const now = await networkHelpers.time.latest();
  await networkHelpers.time.increaseTo((Math.floor(now / EPOCH) + n) * EPOCH);
};

/** Down a second time in an outage of its own: a case is open. */
async function repeated() {
  const s = await watched();
  await s.down();
  await s.slashing.reportDowntime(s.validatorId);
  await nextEpochs(2);
  await s.down(5);
  await s.slashing.reportDowntime(s.validatorId);
  return s;
}

describe("SlashingManager.reportDowntime", () => {
  describe("given a first downtime", () => {
    it("jails for a short term and opens no case", async () => {
      const s = await given(watched);
      const epoch = await s.down();
      const until = (await networkHelpers.time.latest()) + 3 + WINDOWS.downtimeJail;
      await nextAt(until - WINDOWS.downtimeJail);
      await expect(s.slashing.connect(s.mallory).reportDowntime(s.validatorId))
        .to.emit(s.slashing, "DowntimeJailed")
        .withArgs(s.validatorId, epoch, until)
        .and.to.emit(s.validators, "ValidatorJailed")
        .withArgs(s.validatorId, until);
      expect(await s.slashing.caseCount()).to.equal(0);
      expect(await s.slashing.settledJailOf(s.validatorId)).to.equal(until);
      expect(await s.slashing.lastDowntime(s.validatorId)).to.deep.equal([
        BigInt(epoch),
        BigInt(until - WINDOWS.downtimeJail),
      ]);
    });

    it("refuses the same epoch again", async () => {
      const s = await given(watched);
      const epoch = await s.down();
      await s.slashing.reportDowntime(s.validatorId);
      await expect(s.slashing.reportDowntime(s.validatorId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_AlreadyReported")
        .withArgs(s.validatorId, epoch);
    });

    it("forgives the epoch in which it was jailed: that is the same outage", async () => {
      const s = await given(watched);
      await s.down();
      await s.slashing.reportDowntime(s.validatorId);
      await nextEpochs(1);
      const epoch = await s.down();
      await expect(s.slashing.reportDowntime(s.validatorId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_SameOutage")
        .withArgs(s.validatorId, epoch);
    });
  });

  describe("given a repeat", () => {
    it("opens a proven case within 30 epochs, dated from the epoch's start", async () => {
      const s = await given(watched);
      await s.down();
      await s.slashing.reportDowntime(s.validatorId);
      await nextEpochs(2);
      const epoch = await s.down(5);
      const evidence = lib.keccak256(
        lib.AbiCoder.defaultAbiCoder().encode(["uint32", "uint32", "uint32"], [s.validatorId, epoch, 5]),
      );
      await s.slashing.connect(s.mallory).reportDowntime(s.validatorId);
      const c = await s.slashing.caseOf(1);
      expect(c.kind).to.equal(Kind.Downtime);
      expect(c.tau).to.equal(epoch * EPOCH);
      expect(c.fraction).to.equal(lib.parseEther("0.001"));
      expect(c.evidenceHash).to.equal(evidence);
      expect(c.rewarded).to.equal(false);
    });

    it("costs a thousandth, and leaves the validator its place", async () => {
      const s = await given(repeated);
      await atDeadline(s, 1n, "appealBy");
      await s.slashing.execute(1);
      expect(await s.core.selfStakeOf(s.validatorId)).to.equal(lib.parseEther("49950"));
      expect((await s.validators.validator(s.validatorId)).tombstoned).to.equal(false);
    });

    it("is executed, not ended, when the council is silent about its appeal", async () => {
      const s = await given(repeated);
      await appealed(s, 1n);
      await atDeadline(s, 1n, "decideBy");
      await networkHelpers.mine();
      const can = await s.slashing.actionsOf(1);
      expect([can.execute, can.lapse]).to.deep.equal([true, false]);
    });

    it("is one in the 29th epoch after, and a first one in the 30th", async () => {
      const s = await given(watched);
      const first = await s.down();
      await s.slashing.reportDowntime(s.validatorId);
      await networkHelpers.time.increaseTo((first + 30) * EPOCH);
      await s.reports.set(s.validatorId, 1, first + 29);
      expect(await s.slashing.reportDowntime.staticCall(s.validatorId)).to.equal(1);
      await networkHelpers.time.increaseTo((first + 31) * EPOCH);
      await s.reports.set(s.validatorId, 1, first + 30);
      expect(await s.slashing.reportDowntime.staticCall(s.validatorId)).to.equal(0);
    });
  });

  it("refuses who was up, is unknown or barred, and reports of long ago", async () => {
    const s = await given(watched);
    const epoch = await s.down(2);
    await expect(s.slashing.reportDowntime(s.validatorId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotDown")
      .withArgs(s.validatorId, epoch);
    await s.down();
    await nextAt(epoch * EPOCH + WINDOWS.evidence + 1);
    await expect(s.slashing.reportDowntime(s.validatorId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceTooOld")
      .withArgs(epoch * EPOCH, epoch * EPOCH + 1);
    await expect(s.slashing.reportDowntime(77))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchValidator")
      .withArgs(77);
    await s.validators.tombstone(s.validatorId);
    await expect(s.slashing.reportDowntime(s.validatorId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_Tombstoned")
      .withArgs(s.validatorId);
  });
});
