import { expect } from "chai";
import { ethers as lib } from "ethers";
import { deployed, given, networkHelpers } from "../../fixtures/system.ts";

const hash = (word: string) => lib.id(word);
const LAST = 2n ** 64n - 1n;
const { time } = networkHelpers;

describe("AuditAnchor.anchor", () => {
  it("keeps a stretch with its time and block, and announces it", async () => {
    const s = await given(deployed);
    const at = (await time.latest()) + 1;
    await time.setNextBlockTimestamp(at);
    await expect(s.anchor.anchor(1, 40, hash("root"), hash("head")))
      .to.emit(s.anchor, "AuditRootAnchored")
      .withArgs(1, 40, hash("root"), hash("head"), s.deployer.address);
    const block = await time.latestBlock();
    expect(await s.anchor.anchorAt(1)).to.deep.equal([1n, 40n, BigInt(at), BigInt(block), hash("root"), hash("head")]);
    expect(await s.anchor.lastSeq()).to.equal(40);
    expect(await s.anchor.anchorCount()).to.equal(1);
  });

  it("begins at the first entry, and goes on where it ended", async () => {
    const s = await given(deployed);
    const refused = (first: number, next: number) =>
      expect(s.anchor.anchor(first, 99, hash("root"), hash("head")))
        .to.be.revertedWithCustomError(s.anchor, "AuditAnchor_NotNext")
        .withArgs(first, next);
    await refused(0, 1);
    await refused(2, 1);
    await s.anchor.anchor(1, 5, hash("root"), hash("head"));
    await refused(5, 6);
    await refused(7, 6);
    await s.anchor.anchor(6, 6, hash("root 2"), hash("head 2"));
    expect(await s.anchor.lastSeq()).to.equal(6);
  });

  it("overwrites nothing: not even with the same", async () => {
    const s = await given(deployed);
    await s.anchor.anchor(1, 5, hash("root"), hash("head"));
    for (const root of ["root", "another"]) {
      await expect(s.anchor.anchor(1, 5, hash(root), hash("head")))
        .to.be.revertedWithCustomError(s.anchor, "AuditAnchor_NotNext")
        .withArgs(1, 6);
    }
    expect((await s.anchor.anchorAt(1)).root).to.equal(hash("root"));
  });

  it("refuses a stretch that runs backwards, and hashes of zeros", async () => {
    const s = await given(deployed);
    await expect(s.anchor.anchor(1, 0, hash("root"), hash("head")))
      .to.be.revertedWithCustomError(s.anchor, "AuditAnchor_Backwards")
      .withArgs(1, 0);
    for (const [root, head] of [
      [lib.ZeroHash, hash("head")],
      [hash("root"), lib.ZeroHash],
    ] as const) {
      await expect(s.anchor.anchor(1, 2, root, head)).to.be.revertedWithCustomError(s.anchor, "AuditAnchor_Nothing");
    }
  });

  it("is for whoever holds the role, and for nobody else", async () => {
    const s = await given(deployed);
    await expect(s.anchor.connect(s.mallory).anchor(1, 2, hash("root"), hash("head")))
      .to.be.revertedWithCustomError(s.anchor, "AccessManagedUnauthorized")
      .withArgs(s.mallory.address);
  });

  it("ends at the last number there is, and overflows into no first one", async () => {
    const s = await given(deployed);
    await s.anchor.anchor(1, LAST, hash("root"), hash("head"));
    for (const first of [0n, 1n, LAST]) {
      await expect(s.anchor.anchor(first, LAST, hash("root"), hash("head"))).to.be.revertedWithPanic(0x11);
    }
  });
});

describe("AuditAnchor's stretches", () => {
  it("are found by their first number, their place and their page", async () => {
    const s = await given(deployed);
    for (const [first, last] of [
      [1, 3],
      [4, 4],
      [5, 9],
    ] as const) {
      await s.anchor.anchor(first, last, hash(`root ${first}`), hash(`head ${last}`));
    }
    expect((await s.anchor.anchorByIndex(2)).root).to.equal(hash("root 5"));
    const ends = async (from: number, count: bigint | number) =>
      (await s.anchor.anchors(from, count)).map(({ lastSeq }) => Number(lastSeq));
    expect(await ends(0, 2)).to.deep.equal([3, 4]);
    expect(await ends(1, lib.MaxUint256)).to.deep.equal([4, 9]);
    expect(await ends(3, 5)).to.deep.equal([]);
    expect(await ends(0, 0)).to.deep.equal([]);
  });

  it("are not invented where there is none", async () => {
    const s = await given(deployed);
    await s.anchor.anchor(1, 3, hash("root"), hash("head"));
    for (const first of [0, 2, 4]) {
      await expect(s.anchor.anchorAt(first))
        .to.be.revertedWithCustomError(s.anchor, "AuditAnchor_Unknown")
        .withArgs(first);
    }
    await expect(s.anchor.anchorByIndex(1))
      .to.be.revertedWithCustomError(s.anchor, "AuditAnchor_OutOfRange")
      .withArgs(1, 1);
  });
});
