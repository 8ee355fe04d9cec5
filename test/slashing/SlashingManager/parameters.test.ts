import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  doubleSign,
  Kind,
  nextAt,
  proposed,
  reported,
  termsWith,
  WINDOWS,
} from "../../fixtures/double-sign.ts";
import { DAY, given, networkHelpers, tburn, UNBONDING } from "../../fixtures/system.ts";

const shorter = { evidenceMaxAge: 60n, appeal: 40n, decision: 20n, execution: 20n };
const initial = [WINDOWS.evidence, WINDOWS.appeal, WINDOWS.decision, WINDOWS.execution].map(BigInt);
const whole = initial.reduce((sum, part) => sum + part);
const unbonding = BigInt(UNBONDING);

/** The initial windows with an appeal that makes them `sum` seconds in all. */
function lasting(sum: bigint) {
  const [evidenceMaxAge = 0n, appeal = 0n, decision = 0n, execution = 0n] = initial;
  return { evidenceMaxAge, appeal: appeal + sum - whole, decision, execution };
}

describe("SlashingManager.setWindows", () => {
  it("schedules windows, in force once the present unbonding has passed", async () => {
    const s = await given(accused);
    const now = (await networkHelpers.time.latest()) + 5;
    await nextAt(now);
    await expect(s.slashing.setWindows(shorter))
      .to.emit(s.slashing, "WindowsScheduled")
      .withArgs(Object.values(shorter), now + UNBONDING);
    expect((await s.slashing.scheduledWindows()).effectiveAt).to.equal(now + UNBONDING);
    await nextAt(now + UNBONDING - 1);
    await networkHelpers.mine();
    expect(await s.slashing.windows()).to.deep.equal(initial);
    await nextAt(now + UNBONDING);
    await networkHelpers.mine();
    expect(await s.slashing.windows()).to.deep.equal(Object.values(shorter));
    expect((await s.slashing.scheduledWindows()).effectiveAt).to.equal(0);
  });

  it("leaves a case that is open as it was", async () => {
    const s = await given(accused);
    const caseId = await reported(s, await doubleSign(s, s.key));
    const before = await s.slashing.deadlinesOf(caseId);
    await s.slashing.setWindows(shorter);
    await networkHelpers.time.increase(UNBONDING);
    expect(await s.slashing.deadlinesOf(caseId)).to.deep.equal(before);
    const next = await s.slashing.caseOf(await proposed(s));
    expect(next.appealBy - next.openedAt).to.equal(shorter.appeal);
    expect(next.executeBy - next.decideBy).to.equal(shorter.execution);
  });

  it("tells the longest of present and scheduled windows", async () => {
    const s = await given(accused);
    expect(await s.slashing.longestSeconds()).to.equal(whole);
    await s.slashing.setWindows(shorter);
    expect(await s.slashing.longestSeconds()).to.equal(whole);
    await networkHelpers.time.increase(UNBONDING);
    expect(await s.slashing.longestSeconds()).to.equal(140);
    await s.slashing.setWindows({ ...shorter, appeal: 110n });
    expect(await s.slashing.longestSeconds()).to.equal(210);
  });

  it("replaces what is scheduled and waits anew", async () => {
    const s = await given(accused);
    await s.slashing.setWindows(shorter);
    await networkHelpers.time.increase(UNBONDING - 50);
    await s.slashing.setWindows({ ...shorter, appeal: 41n });
    await networkHelpers.time.increase(60);
    expect(await s.slashing.windows()).to.deep.equal(initial);
  });

  it("refuses windows that outlast the unbonding, by one second", async () => {
    const s = await given(accused);
    await s.slashing.setWindows(lasting(unbonding));
    await expect(s.slashing.setWindows(lasting(unbonding + 1n)))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowsTooLong")
      .withArgs(unbonding + 1n, unbonding);
  });

  it("keeps the core from an unbonding that windows outlast, and windows from one that is scheduled", async () => {
    const s = await given(accused);
    const longer = lasting(unbonding + 40n);
    await s.core.setUnbonding(unbonding + 100n);
    await expect(s.slashing.setWindows(longer))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowsTooLong")
      .withArgs(unbonding + 40n, unbonding);
    await networkHelpers.time.increase(UNBONDING + DAY);
    await s.core.setUnbonding(unbonding + 30n);
    await expect(s.slashing.setWindows(longer))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowsTooLong")
      .withArgs(unbonding + 40n, unbonding + 30n);
    await s.core.setUnbonding(unbonding + 100n);
    await s.slashing.setWindows(longer);
    await expect(s.core.setUnbonding(unbonding + 39n))
      .to.be.revertedWithCustomError(s.core, "StakingCore_BondingTooShort")
      .withArgs(unbonding + 39n, unbonding + 40n);
  });

  it("refuses empty windows, and evidence older than jail terms last", async () => {
    const s = await given(accused);
    for (const part of Object.keys(shorter))
      await expect(s.slashing.setWindows({ ...shorter, [part]: 0n })).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_BadWindows",
      );
    await expect(
      s.slashing.setWindows({ evidenceMaxAge: BigInt(WINDOWS.jail) + 1n, appeal: 1n, decision: 1n, execution: 1n }),
    )
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_JailTooShort")
      .withArgs(WINDOWS.jail, WINDOWS.jail + 1);
  });
});

describe("SlashingManager.setTerms", () => {
  it("replaces the terms", async () => {
    const s = await given(accused);
    const before = await termsWith(s, {});
    const terms = await termsWith(s, {
      bountyBps: 1_000n,
      insuranceBps: 2_000n,
      slashJail: before.slashJail + 1n,
      downtimeJail: before.downtimeJail + 1n,
      bountyCap: before.bountyCap - 1n,
      bond: before.bond + 1n,
      compensation: before.compensation + 1n,
    });
    await expect(s.slashing.setTerms(terms)).to.emit(s.slashing, "TermsChanged").withArgs(Object.values(terms));
    expect(await s.slashing.terms()).to.deep.equal(Object.values(terms));
  });

  it("refuses what its constants forbid", async () => {
    const s = await given(accused);
    const terms = await termsWith(s, {});
    const longest = 90n * 86_400n;
    const bad = [
      { bountyBps: 1_001n },
      { insuranceBps: 2_001n },
      { bountyCap: tburn(1_000) + 1n },
      { slashJail: longest + 1n },
      { downtimeJail: 0n },
      { downtimeJail: longest + 1n },
    ];
    for (const change of bad)
      await expect(s.slashing.setTerms({ ...terms, ...change })).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_BadTerms",
      );
    await s.slashing.setTerms({ ...terms, slashJail: longest, downtimeJail: longest });
  });

  it("refuses jail terms shorter than evidence may be old, now or as scheduled", async () => {
    const s = await given(accused);
    const terms = await termsWith(s, {});
    const age = BigInt(WINDOWS.evidence);
    await expect(s.slashing.setTerms({ ...terms, slashJail: age - 1n }))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_JailTooShort")
      .withArgs(age - 1n, age);
    await s.slashing.setWindows({ evidenceMaxAge: age + 10n, appeal: 40n, decision: 20n, execution: 20n });
    await expect(s.slashing.setTerms({ ...terms, slashJail: age + 9n }))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_JailTooShort")
      .withArgs(age + 9n, age + 10n);
    await s.slashing.setTerms({ ...terms, slashJail: age + 10n });
  });
});

describe("SlashingManager.setFraction", () => {
  it("knows the highest of each kind: 10, 1, 5, 20 and 30 %", async () => {
    const s = await given(accused);
    const highest = await Promise.all(Object.values(Kind).map((kind) => s.slashing.highestFractionOf(kind)));
    expect(highest).to.deep.equal(["0.1", "0.01", "0.05", "0.2", "0.3"].map((one) => lib.parseEther(one)));
  });

  it("sets each kind up to its constant", async () => {
    const s = await given(accused);
    for (const kind of Object.values(Kind)) {
      const highest = await s.slashing.highestFractionOf(kind);
      await expect(s.slashing.setFraction(kind, highest)).to.emit(s.slashing, "FractionSet").withArgs(kind, highest);
      expect(await s.slashing.fractionOf(kind)).to.equal(highest);
      for (const fraction of [0n, highest + 1n])
        await expect(s.slashing.setFraction(kind, fraction))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadFraction")
          .withArgs(fraction, highest);
    }
  });

  it("leaves open cases as they are", async () => {
    const s = await given(accused);
    const caseId = await reported(s, await doubleSign(s, s.key));
    await s.slashing.setFraction(Kind.DoubleSign, lib.parseEther("0.1"));
    expect((await s.slashing.caseOf(caseId)).fraction).to.equal(lib.parseEther("0.05"));
  });
});

describe("SlashingManager's parameters", () => {
  it("belong to the parameter role", async () => {
    const s = await given(accused);
    const slashing = s.slashing.connect(s.mallory);
    const terms = await termsWith(s, {});
    for (const act of [
      () => slashing.setWindows(shorter),
      () => slashing.setTerms(terms),
      () => slashing.setFraction(0, 1),
    ])
      await expect(act()).to.be.revertedWithCustomError(s.slashing, "AccessManagedUnauthorized").withArgs(s.mallory);
  });
});
