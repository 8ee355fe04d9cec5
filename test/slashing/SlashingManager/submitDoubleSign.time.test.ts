import { expect } from "chai";
import { ethers as lib } from "ethers";
import { accused, doubleSign, headerOf, nextAt, SALT, WINDOWS } from "../../fixtures/double-sign.ts";
import { DAY, ethers, given, networkHelpers, possession } from "../../fixtures/system.ts";

const later = networkHelpers.time.increase;

describe("SlashingManager.submitDoubleSign", () => {
  describe("given a fault some time ago", () => {
    it("refuses it a second past its greatest age", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await nextAt(e.tau + WINDOWS.evidence + 1);
      await expect(s.slashing.submitDoubleSign(e, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceTooOld")
        .withArgs(e.tau, e.tau + 1);
    });

    it("accepts it at its greatest age", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await nextAt(e.tau + WINDOWS.evidence);
      await expect(s.slashing.submitDoubleSign(e, SALT)).to.emit(s.slashing, "CaseOpened");
    });

    it("does not count time in which slashing stood still", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await later(10);
      await s.pause.pause(3, 1_000, lib.id("why"));
      await later(1_000);
      const stop = await s.pause.stopOf(3);
      const last = e.tau + WINDOWS.evidence + Number(stop.until - stop.since);
      await nextAt(last);
      await expect(s.slashing.submitDoubleSign(e, SALT)).to.emit(s.slashing, "CaseOpened");
    });
  });

  describe("given a key that was replaced", () => {
    async function rotated() {
      const s = await accused();
      const before = await doubleSign(s, s.key);
      await later(5);
      const next = lib.Wallet.createRandom();
      const proof = await possession(s, next, s.memberNo);
      await s.validators.connect(s.alice).rotateConsensusKey(s.validatorId, 0, next.address, proof);
      return { ...s, before, next };
    }

    it("holds it to what it signed in its time", async () => {
      const s = await given(rotated);
      await expect(s.slashing.submitDoubleSign(s.before, SALT)).to.emit(s.slashing, "CaseOpened");
    });

    it("refuses what it signed for later blocks, from the very second of the change", async () => {
      const s = await given(rotated);
      const { validFrom, validUntil } = await s.validators.keyRecord(lib.keccak256(s.key.address));
      const e = await doubleSign(s, s.key, { height: BigInt(await ethers.provider.getBlockNumber()) });
      expect(e.tau).to.equal(validUntil);
      await expect(s.slashing.submitDoubleSign(e, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_KeyNotInForce")
        .withArgs(lib.keccak256(s.key.address), validFrom, validUntil);
    });

    it("refuses what the new key signed for blocks before its time", async () => {
      const s = await given(rotated);
      const e = await doubleSign(s, s.next, { height: s.before.a.height });
      await expect(s.slashing.submitDoubleSign(e, SALT)).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_KeyNotInForce",
      );
    });
  });

  describe("given a height whose block hash is out of reach", () => {
    it("takes the time from an anchor of that height", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await s.slashing.anchor(e.header);
      await s.slashing.submitDoubleSign({ ...e, header: "0x" }, SALT);
      expect((await s.slashing.caseOf(1)).tau).to.equal(e.tau);
    });

    it("takes the earlier of two anchors of one cohort day around it", async () => {
      const s = await given(accused);
      const now = await networkHelpers.time.latest();
      await networkHelpers.time.increaseTo((Math.floor(now / DAY) + 1) * DAY);
      const low = await headerOf(await ethers.provider.getBlockNumber());
      await networkHelpers.mine();
      const e = await doubleSign(s, s.key);
      await networkHelpers.mine();
      const high = await headerOf(await ethers.provider.getBlockNumber());
      const votes = { ...e, header: "0x", lowerAnchor: low.height, upperAnchor: high.height };
      await expect(s.slashing.submitDoubleSign(votes, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotAnchored")
        .withArgs(low.height);
      await s.slashing.anchor(low.header);
      await expect(s.slashing.submitDoubleSign(votes, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotAnchored")
        .withArgs(high.height);
      await s.slashing.anchor(high.header);
      await s.slashing.submitDoubleSign(votes, SALT);
      expect((await s.slashing.caseOf(1)).tau).to.equal(low.timestamp);
    });

    it("refuses anchors of two days, and anchors that do not enclose it", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await s.slashing.anchor((await headerOf(e.a.height - 1n)).header);
      await later(DAY);
      const high = await headerOf(await ethers.provider.getBlockNumber());
      await s.slashing.anchor(high.header);
      const apart = (lower: bigint, upper: bigint) =>
        expect(s.slashing.submitDoubleSign({ ...e, header: "0x", lowerAnchor: lower, upperAnchor: upper }, SALT))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_AnchorsApart")
          .withArgs(e.a.height, lower, upper);
      await apart(e.a.height - 1n, high.height);
      await apart(high.height, high.height);
      await apart(e.a.height - 1n, e.a.height - 1n);
    });
  });
});
