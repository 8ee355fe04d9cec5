import { expect } from "chai";
import { ethers as lib } from "ethers";
import { accused, EVIDENCE, Kind, nextAt, termsWith, WINDOWS } from "../../fixtures/double-sign.ts";
import { ethers, given, networkHelpers, tburn } from "../../fixtures/system.ts";

const half = lib.parseEther("0.3");

describe("SlashingManager.proposeSlash", () => {
  it("opens a case that is not proven and takes the bond", async () => {
    const s = await given(accused);
    const tau = (await networkHelpers.time.latest()) - 10;
    const sent = s.slashing.connect(s.dave).proposeSlash(s.validatorId, Kind.SecurityBreach, tau, half, EVIDENCE);
    await expect(sent).to.changeTokenBalances(ethers, s.token, [s.dave, s.slashing], [-tburn(10_000), tburn(10_000)]);
    const c = await s.slashing.caseOf(1);
    await expect(sent)
      .to.emit(s.slashing, "CaseOpened")
      .withArgs(
        1,
        s.validatorId,
        Kind.SecurityBreach,
        tau,
        half,
        EVIDENCE,
        s.dave,
        c.appealBy,
        c.decideBy,
        c.executeBy,
        false,
      );
    expect(c.bond).to.equal(tburn(10_000));
    expect(c.rewarded).to.equal(false);
  });

  it("needs no bond where none is asked for", async () => {
    const s = await given(accused);
    await s.slashing.setTerms(await termsWith(s, { bond: 0n }));
    const tau = await networkHelpers.time.latest();
    await s.slashing.connect(s.dave).proposeSlash(s.validatorId, Kind.InvalidBlock, tau, 1, EVIDENCE);
    expect((await s.slashing.caseOf(1)).bond).to.equal(0);
  });

  it("refuses kinds that are proven, and fractions of zero or above the kind's", async () => {
    const s = await given(accused);
    const tau = await networkHelpers.time.latest();
    const propose = (kind: number, fraction: bigint) =>
      s.slashing.connect(s.dave).proposeSlash(s.validatorId, kind, tau, fraction, EVIDENCE);
    for (const kind of [Kind.DoubleSign, Kind.Downtime])
      await expect(propose(kind, 1n))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotDiscretionary")
        .withArgs(kind);
    for (const kind of [Kind.InvalidBlock, Kind.ConsensusViolation, Kind.SecurityBreach]) {
      const highest = await s.slashing.fractionOf(kind);
      for (const fraction of [0n, highest + 1n])
        await expect(propose(kind, fraction))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadFraction")
          .withArgs(fraction, highest);
    }
  });

  it("refuses faults of long ago or ahead, and validators that do not exist", async () => {
    const s = await given(accused);
    const now = (await networkHelpers.time.latest()) + 10;
    const propose = async (id: bigint, tau: number) => {
      await nextAt(now);
      return s.slashing.connect(s.dave).proposeSlash(id, Kind.SecurityBreach, tau, half, EVIDENCE);
    };
    const oldest = now - WINDOWS.evidence;
    await expect(propose(s.validatorId, oldest - 1))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceTooOld")
      .withArgs(oldest - 1, oldest);
    await expect(propose(s.validatorId, now + 1))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceAhead")
      .withArgs(now + 1);
    await expect(propose(77n, now))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchValidator")
      .withArgs(77);
    await expect(propose(s.validatorId, oldest)).to.emit(s.slashing, "CaseOpened");
  });

  it("refuses the same evidence again", async () => {
    const s = await given(accused);
    const tau = await networkHelpers.time.latest();
    const propose = () =>
      s.slashing.connect(s.dave).proposeSlash(s.validatorId, Kind.SecurityBreach, tau, half, EVIDENCE);
    await propose();
    const offence = lib.keccak256(
      lib.AbiCoder.defaultAbiCoder().encode(
        ["uint32", "uint8", "bytes32"],
        [s.validatorId, Kind.SecurityBreach, EVIDENCE],
      ),
    );
    await expect(propose())
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceKnown")
      .withArgs(offence);
  });

  it("refuses who is not on the committee, and calls that hide who makes them", async () => {
    const s = await given(accused);
    const tau = await networkHelpers.time.latest();
    const args = [s.validatorId, Kind.SecurityBreach, tau, half, EVIDENCE] as const;
    await expect(s.slashing.connect(s.mallory).proposeSlash(...args))
      .to.be.revertedWithCustomError(s.slashing, "AccessManagedUnauthorized")
      .withArgs(s.mallory);
    const data = s.slashing.interface.encodeFunctionData("proposeSlash", [...args]);
    await expect(s.manager.connect(s.dave).execute(s.slashing, data)).to.be.revertedWithCustomError(
      s.slashing,
      "SlashingManager_Relayed",
    );
  });
});
