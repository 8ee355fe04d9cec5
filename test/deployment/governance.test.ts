import { expect } from "chai";
import { ethers as lib } from "ethers";
import { deployedWith, ethers, given } from "../fixtures/system.ts";
import { governed } from "../governance/voting.ts";

describe("The deployed governance", () => {
  it("lets the governor alone propose and cancel, everybody execute, and nobody but the timelock administer", async () => {
    const s = await given(governed);
    const held = (role: string, account: lib.AddressLike) => s.timelock.hasRole(lib.id(role), account);
    for (const role of ["PROPOSER_ROLE", "CANCELLER_ROLE"]) {
      expect(await held(role, s.governor)).to.equal(true);
      expect(await held(role, s.deployer)).to.equal(false);
    }
    expect(await held("EXECUTOR_ROLE", lib.ZeroAddress)).to.equal(true);
    expect(await s.timelock.hasRole(lib.ZeroHash, s.timelock)).to.equal(true);
    expect(await s.timelock.hasRole(lib.ZeroHash, s.deployer)).to.equal(false);
  });

  it("keeps a proposer that the configuration names", async () => {
    const s = await given(named);
    expect(await s.timelock.hasRole(lib.id("PROPOSER_ROLE"), s.deployer)).to.equal(true);
  });

  it("mints to the timelock if the configuration says so", async () => {
    const s = await given(endowed);
    expect(await s.token.balanceOf(s.timelock)).to.equal(await s.token.totalSupply());
  });

  it("can call each contract that was deployed", async () => {
    const s = await given(governed);
    for (const { address } of Object.values(s.record.contracts))
      expect(await s.rules.isAllowed(address)).to.equal(true);
  });
});

async function named() {
  const [deployer] = await ethers.getSigners();
  return deployedWith({ holders: { proposer: deployer.address } });
}

async function endowed() {
  return deployedWith({ treasuryInTimelock: true });
}
