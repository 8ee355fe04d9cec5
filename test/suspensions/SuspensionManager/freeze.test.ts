import { expect } from "chai";
import { ZeroHash } from "ethers";
import { administrator, at, now } from "../../fixtures/grades.ts";
import { days, order, orderly } from "../../fixtures/sanctions.ts";
import { given, networkHelpers } from "../../fixtures/system.ts";

/** Alice frozen for 90 days. */
async function frozen() {
  const s = await orderly();
  await s.suspensions.freeze(1, days(90), order(1));
  return { ...s, until: (await now()) + days(90) };
}

describe("SuspensionManager.freeze", () => {
  describe("given a legal order", () => {
    it("holds payments back until its end, and no longer", async () => {
      const s = await given(orderly);
      const sent = await s.suspensions.freeze(1, days(90), order(1));
      const until = (await now()) + days(90);
      await expect(sent).to.emit(s.suspensions, "MemberFrozen").withArgs(1, until, order(1), s.deployer);
      expect(await s.members.frozenUntil(1)).to.equal(until);
      await at(until - 1);
      await s.token.transfer(s.alice, 0);
      await expect(s.members.payableTo(1))
        .to.be.revertedWithCustomError(s.members, "MemberRegistry_Frozen")
        .withArgs(1, until);
      await networkHelpers.time.increaseTo(until);
      expect(await s.members.payableTo(1)).to.equal(s.alice);
    });

    it("works once", async () => {
      const s = await given(frozen);
      await expect(s.suspensions.freeze(1, 1, order(2)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_AlreadyFrozen")
        .withArgs(1, s.until);
      await at(s.until);
      await expect(s.suspensions.freeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OrderUsed")
        .withArgs(order(1));
      await s.suspensions.freeze(1, 1, order(2));
    });

    it("refuses more than 90 days, no time, no order, and who is not compliance", async () => {
      const s = await given(orderly);
      for (const duration of [0, days(90) + 1]) {
        await expect(s.suspensions.freeze(1, duration, order(1)))
          .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadDuration")
          .withArgs(duration, days(90));
      }
      await expect(s.suspensions.freeze(1, 1, ZeroHash)).to.be.revertedWithCustomError(
        s.suspensions,
        "SuspensionManager_NoEvidence",
      );
      await expect(s.suspensions.freeze(99, 1, order(1)))
        .to.be.revertedWithCustomError(s.members, "MemberRegistry_NoSuchMember")
        .withArgs(99);
      await expect(s.council.freeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
        .withArgs(s.judge);
    });
  });
});

describe("SuspensionManager.renewFreeze", () => {
  describe("given a freeze", () => {
    it("is the council's, for the same order or a new one", async () => {
      const s = await given(frozen);
      await networkHelpers.time.increase(days(80));
      for (const n of [1, 2]) {
        const sent = await s.council.renewFreeze(1, days(90), order(n));
        const until = (await now()) + days(90);
        await expect(sent).to.emit(s.suspensions, "FreezeRenewed").withArgs(1, until, order(n), s.judge);
        expect(await s.members.frozenUntil(1)).to.equal(until);
      }
      expect([...(await s.suspensions.freezeOf(1))]).to.deep.equal([s.deployer.address, order(2)]);
      await expect(s.council.renewFreeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OrderUsed")
        .withArgs(order(1));
      await expect(s.council.renewFreeze(1, days(90) + 1, order(2)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadDuration")
        .withArgs(days(90) + 1, days(90));
    });

    it("is refused to who froze, after its end, and to others", async () => {
      const s = await given(frozen);
      await expect(s.suspensions.renewFreeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OwnDecision")
        .withArgs(s.deployer);
      await expect(s.mine.renewFreeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
        .withArgs(s.alice);
      await at(s.until);
      await expect(s.council.renewFreeze(1, 1, order(1)))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotFrozen")
        .withArgs(1);
    });
  });
});

describe("SuspensionManager.unfreeze", () => {
  describe("given a freeze", () => {
    it("is lifted by compliance or the council, and by nobody else", async () => {
      const s = await given(frozen);
      await expect(s.mine.unfreeze(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotAllowed")
        .withArgs(s.alice);
      await expect(s.council.unfreeze(1)).to.emit(s.suspensions, "FreezeLifted").withArgs(1, s.judge);
      expect(await s.members.payableTo(1)).to.equal(s.alice);
      await expect(s.council.unfreeze(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotFrozen")
        .withArgs(1);
      await s.suspensions.freeze(1, 100, order(2));
      await expect(s.suspensions.unfreeze(1)).to.emit(s.suspensions, "FreezeLifted").withArgs(1, s.deployer);
    });
  });
});

describe("SuspensionManager parameters", () => {
  describe("given the parameter role", () => {
    it("stay inside constants", async () => {
      const s = await given(orderly);
      await expect(s.suspensions.setCap(0, days(180)))
        .to.emit(s.suspensions, "CapChanged")
        .withArgs(0, days(180));
      for (const cap of [0, days(180) + 1]) {
        await expect(s.suspensions.setCap(0, cap))
          .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OutOfRange")
          .withArgs(cap, 1, days(180));
      }
      await expect(s.suspensions.setCap(6, 1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadReason")
        .withArgs(6);
      expect(await s.suspensions.capOf(6)).to.equal(days(1));
      await expect(s.suspensions.setWindows({ appeal: days(30), decision: 1 }))
        .to.emit(s.suspensions, "WindowsChanged")
        .withArgs(days(30), 1);
      expect([...(await s.suspensions.windows())]).to.deep.equal([BigInt(days(30)), 1n]);
      for (const value of [0, days(30) + 1]) {
        await expect(s.suspensions.setWindows({ appeal: value, decision: 1 }))
          .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OutOfRange")
          .withArgs(value, 1, days(30));
        await expect(s.suspensions.setWindows({ appeal: 1, decision: value }))
          .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OutOfRange")
          .withArgs(value, 1, days(30));
      }
    });

    it("obey nobody else", async () => {
      const s = await given(orderly);
      for (const call of [() => s.mine.setCap(0, 1), () => s.mine.setWindows({ appeal: 1, decision: 1 })]) {
        await expect(call())
          .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
          .withArgs(s.alice);
      }
    });
  });
});

describe("SuspensionManager.connect", () => {
  describe("given connected votes", () => {
    it("refuses others", async () => {
      const s = await given(orderly);
      const connect = s.suspensions.connect(await administrator(s)).getFunction("connect(address)");
      await expect(connect.send(s.bob)).to.be.revertedWithCustomError(
        s.suspensions,
        "SuspensionManager_AlreadyConnected",
      );
    });
  });
});
