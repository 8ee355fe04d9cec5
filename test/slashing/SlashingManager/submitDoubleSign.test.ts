import { p256 } from "@noble/curves/p256";
import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  commitmentOf,
  doubleSign,
  doubleSignP256,
  headerOf,
  Kind,
  nextAt,
  reported,
  SALT,
  State,
  voteTypes,
  WINDOWS,
} from "../../fixtures/double-sign.ts";
import { domain, ethers, given, networkHelpers } from "../../fixtures/system.ts";

describe("SlashingManager.submitDoubleSign", () => {
  describe("given two conflicting votes of a key in use", () => {
    it("opens a proven case with its deadlines and logs the votes", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const now = (await networkHelpers.time.latest()) + 5;
      await nextAt(now);
      const sent = s.slashing.connect(s.erin).submitDoubleSign(e, SALT);
      const digest = await s.slashing.evidenceDigest(e.key, e.a, e.b);
      const by = [WINDOWS.appeal, WINDOWS.decision, WINDOWS.execution].map(
        (_, i, all) => now + all.slice(0, i + 1).reduce((x, y) => x + y),
      );
      await expect(sent)
        .to.emit(s.slashing, "CaseOpened")
        .withArgs(1, s.validatorId, Kind.DoubleSign, e.tau, lib.parseEther("0.05"), digest, s.erin, ...by, true);
      const shown = (vote: typeof e.a) => [vote.chainId, vote.height, vote.round, vote.step, vote.blockHash];
      await expect(sent)
        .to.emit(s.slashing, "EvidenceSubmitted")
        .withArgs(1, e.key.toLowerCase(), shown(e.a), shown(e.b), e.sigA, e.sigB);
      const c = await s.slashing.caseOf(1);
      expect(c.state).to.equal(State.Reported);
      expect(c.rewarded).to.equal(false);
      expect(c.bond).to.equal(0);
      expect(c.lateFrom).to.equal(c.executeBy - BigInt(WINDOWS.execution) / 2n);
    });

    it("jails until the case must be over, and counts the case", async () => {
      const s = await given(accused);
      await reported(s, await doubleSign(s, s.key));
      const c = await s.slashing.caseOf(1);
      const whole = WINDOWS.appeal + WINDOWS.decision + WINDOWS.execution;
      expect(c.jailedUntil - c.openedAt).to.equal(Math.max(WINDOWS.jail, whole));
      const v = await s.validators.validator(s.validatorId);
      expect(v.jailedUntil).to.equal(c.jailedUntil);
      expect(v.active).to.equal(false);
      expect(await s.core.openCasesOf(s.validatorId)).to.equal(1);
    });

    it("signs the digest that a wallet computes from the typed data", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const expected = lib.TypedDataEncoder.hash(await domain(s, "SlashingManager"), voteTypes, e.a);
      expect(await s.slashing.voteDigest(e.a)).to.equal(expected);
    });

    it("accepts a P-256 key", async () => {
      const s = await given(accused);
      const secret = p256.utils.randomPrivateKey();
      const point = lib.hexlify(p256.getPublicKey(secret, false).slice(1));
      const digest = await s.validators.possessionDigest(s.memberNo, lib.keccak256(point));
      const proof = p256.sign(lib.getBytes(digest), secret, { lowS: true }).toCompactRawBytes();
      await s.validators.connect(s.alice).rotateConsensusKey(s.validatorId, 1, point, proof);
      await networkHelpers.mine();
      const e = await doubleSignP256(s, secret, point);
      await s.slashing.submitDoubleSign(e, SALT);
      expect((await s.slashing.caseOf(1)).validatorId).to.equal(s.validatorId);
    });
  });

  describe("given votes that prove nothing", () => {
    it("refuses votes of another chain", async () => {
      const s = await given(accused);
      for (const change of [{ a: { chainId: 1 } }, { b: { chainId: 1 } }])
        await expect(s.slashing.submitDoubleSign(await doubleSign(s, s.key, change), SALT))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WrongChain")
          .withArgs(1);
    });

    it("refuses votes that agree, or are for two places", async () => {
      const s = await given(accused);
      const height = BigInt(await ethers.provider.getBlockNumber());
      const changes = [{ blockHash: lib.id("a") }, { round: 1 }, { step: 2 }, { height: height - 1n }];
      for (const b of changes)
        await expect(
          s.slashing.submitDoubleSign(await doubleSign(s, s.key, { height, b }), SALT),
        ).to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotConflicting");
    });

    it("refuses a key that nobody registered", async () => {
      const s = await given(accused);
      const stranger = lib.Wallet.createRandom();
      await expect(s.slashing.submitDoubleSign(await doubleSign(s, stranger), SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_UnknownKey")
        .withArgs(lib.keccak256(stranger.address));
    });

    it("refuses a signature that the key did not make", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const forged = await doubleSign(s, lib.Wallet.createRandom());
      await expect(s.slashing.submitDoubleSign({ ...e, sigA: forged.sigA }, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadSignature")
        .withArgs(0);
      await expect(s.slashing.submitDoubleSign({ ...e, sigB: "0x" }, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadSignature")
        .withArgs(1);
    });

    it("refuses a header of another height, and one that the chain does not know", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const other = await headerOf(e.a.height - 1n);
      await expect(s.slashing.submitDoubleSign({ ...e, header: other.header }, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadHeader")
        .withArgs(e.a.height);
      const fields = lib.decodeRlp(e.header) as string[];
      fields[11] = lib.toBeHex(e.tau - 1);
      await expect(s.slashing.submitDoubleSign({ ...e, header: lib.encodeRlp(fields) }, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadHeader")
        .withArgs(e.a.height);
    });
  });

  describe("given evidence that was seen", () => {
    it("refuses the same fault again, whatever the order and the hashes of the votes", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await s.slashing.submitDoubleSign(e, SALT);
      const offence = lib.keccak256(
        lib.AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "uint64", "uint32", "uint8"],
          [lib.keccak256(e.key), e.a.height, 0, 1],
        ),
      );
      const swapped = { ...e, a: e.b, b: e.a, sigA: e.sigB, sigB: e.sigA };
      const third = await doubleSign(s, s.key, { height: e.a.height, b: { blockHash: lib.id("c") } });
      for (const again of [e, swapped, third])
        await expect(s.slashing.submitDoubleSign(again, SALT))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_EvidenceKnown")
          .withArgs(offence);
      expect(await s.slashing.evidenceDigest(e.key, e.b, e.a)).to.equal(
        await s.slashing.evidenceDigest(e.key, e.a, e.b),
      );
    });

    it("refuses it against who was barred", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      await s.validators.tombstone(s.validatorId);
      await expect(s.slashing.submitDoubleSign(e, SALT))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_Tombstoned")
        .withArgs(s.validatorId);
    });
  });

  describe("given a commitment", () => {
    it("rewards one that is a block old", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const commitment = await commitmentOf(s, e, s.erin.address);
      await expect(s.slashing.connect(s.erin).commitReport(commitment))
        .to.emit(s.slashing, "ReportCommitted")
        .withArgs(commitment, s.erin);
      expect(await s.slashing.commitmentBlock(commitment)).to.equal(await ethers.provider.getBlockNumber());
      await s.slashing.connect(s.erin).submitDoubleSign(e, SALT);
      expect((await s.slashing.caseOf(1)).rewarded).to.equal(true);
    });

    it("does not reward one of the same block", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const commitment = await commitmentOf(s, e, s.erin.address);
      await ethers.provider.send("evm_setAutomine", [false]);
      await s.slashing.connect(s.erin).commitReport(commitment, { gasLimit: 200_000 });
      await s.slashing.connect(s.erin).submitDoubleSign(e, SALT, { gasLimit: 2_000_000 });
      await ethers.provider.send("evm_mine", []);
      await ethers.provider.send("evm_setAutomine", [true]);
      const c = await s.slashing.caseOf(1);
      expect(c.reporter).to.equal(s.erin);
      expect(c.rewarded).to.equal(false);
    });

    it("keeps the first date of a commitment that somebody repeats", async () => {
      const s = await given(accused);
      const commitment = lib.id("commitment");
      await s.slashing.connect(s.erin).commitReport(commitment);
      await expect(s.slashing.connect(s.mallory).commitReport(commitment))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_AlreadyCommitted")
        .withArgs(commitment);
    });
  });

  it("counts each place of a fault by itself", async () => {
    const s = await given(accused);
    await s.slashing.submitDoubleSign(await doubleSign(s, s.key), SALT);
    await s.slashing.submitDoubleSign(await doubleSign(s, s.key, { a: { round: 1 }, b: { round: 1 } }), SALT);
    expect(await s.core.openCasesOf(s.validatorId)).to.equal(2);
    expect(await s.slashing.caseCount()).to.equal(2);
  });
});
