import { expect } from "chai";
import { deployed, ethers, given, tburn } from "../../fixtures/system.ts";

async function token() {
  const [owner, alice] = await ethers.getSigners();
  const manager = await ethers.deployContract("AccessManager", [owner.address]);
  const token = await ethers.deployContract("TBurnToken", [manager, owner.address, tburn(10), tburn(15)]);
  return { owner, alice, token };
}

describe("TBurnToken", () => {
  it("mints up to the cap and not one unit more", async () => {
    const s = await given(token);
    await s.token.mint(s.alice.address, tburn(5));
    expect(await s.token.totalSupply()).to.equal(await s.token.cap());
    await expect(s.token.mint(s.alice.address, 1))
      .to.be.revertedWithCustomError(s.token, "TBurnToken_CapExceeded")
      .withArgs(1, tburn(15), tburn(15));
  });

  it("lets nobody mint without the role", async () => {
    const s = await given(deployed);
    await expect(s.token.connect(s.mallory).mint(s.mallory.address, 1)).to.be.revertedWithCustomError(
      s.token,
      "AccessManagedUnauthorized",
    );
  });

  it("burns what its holder burns", async () => {
    const s = await given(token);
    await s.token.burn(tburn(1));
    expect(await s.token.totalSupply()).to.equal(tburn(9));
  });
});
