import { expect } from "chai";
import { ethers as lib } from "ethers";
import { local } from "../../scripts/deploy/config.ts";
import { deploy } from "../../scripts/deploy/deploy.ts";
import { deployed, ethers, given } from "../fixtures/system.ts";

describe("The deployed system", () => {
  it("is administered by the timelock alone", async () => {
    const s = await given(deployed);
    const held = async (account: string) => (await s.manager.hasRole(0, account))[0];
    expect(await held(s.record.contracts.TimelockController.address)).to.equal(true);
    expect(await held(s.deployer.address)).to.equal(false);
  });

  it("lets the oracle and the suspension manager act, and no person unless one is named", async () => {
    const [signer] = await ethers.getSigners();
    const record = await deploy({ signer, config: local });
    if (!record) throw new Error("nothing was deployed");
    const manager = await ethers.getContractAt("AccessManager", record.contracts.AccessManager.address);
    const held = async (role: number, account: string) => (await manager.hasRole(role, account))[0];
    expect(await held(5, record.contracts.PerformanceOracle.address)).to.equal(true);
    expect(await held(9, record.contracts.SuspensionManager.address)).to.equal(true);
    for (const role of [5, 9, 12]) expect(await held(role, signer?.address ?? "")).to.equal(false);
  });

  it("lets nobody upgrade, connect or initialise again", async () => {
    const s = await given(deployed);
    for (const contract of [s.members, s.kyc, s.validators, s.core, s.vault, s.oracle, s.tiers, s.suspensions]) {
      await expect(contract.upgradeToAndCall(await s.token.getAddress(), "0x")).to.be.revertedWithCustomError(
        contract,
        "AccessManagedUnauthorized",
      );
    }
    const connect = s.core.connect(s.deployer).getFunction("connect(address,address,address,address[])");
    await expect(connect.send(s.bob, s.votes, s.pause, [])).to.be.revertedWithCustomError(
      s.core,
      "AccessManagedUnauthorized",
    );
    const implementation = await ethers.getContractAt(
      "MemberRegistry",
      s.record.contracts.MemberRegistry.implementation ?? "",
    );
    await expect(implementation.initialize(s.bob.address, 1, 1)).to.be.revertedWithCustomError(
      implementation,
      "InvalidInitialization",
    );
  });

  it("refuses windows that break the rules", async () => {
    const [signer] = await ethers.getSigners();
    const parameters = { ...local.parameters, unbondingSeconds: 7 * local.parameters.epochSeconds - 1 };
    let problem = "";
    await deploy({ signer, config: { ...local, parameters } }).catch((error: Error) => (problem = error.message));
    expect(problem).to.include("at least 7 epochs");
    const late = { ...local.slashing, executionSeconds: local.slashing.executionSeconds + 1 };
    await deploy({ signer, config: { ...local, slashing: late } }).catch((error: Error) => (problem = error.message));
    expect(problem).to.include("must fit into unbondingSeconds");
    const short = { ...local.slashing, jailSeconds: local.slashing.evidenceMaxAgeSeconds - 1 };
    await deploy({ signer, config: { ...local, slashing: short } }).catch((error: Error) => (problem = error.message));
    expect(problem).to.include("jailSeconds must be at least evidenceMaxAgeSeconds");
  });

  it("upgrades by the timelock's decision, keeping state", async () => {
    const s = await given(deployed);
    const timelock = await ethers.getContractAt("TimelockController", s.record.contracts.TimelockController.address);
    await s.members.connect(s.alice).register(lib.ZeroHash);
    const next = await ethers.deployContract("MemberRegistry", [s.sponsored]);
    const upgrade = s.members.interface.encodeFunctionData("upgradeToAndCall", [await next.getAddress(), "0x"]);
    const call = [await s.members.getAddress(), 0n, upgrade, lib.ZeroHash, lib.ZeroHash] as const;
    await timelock.schedule(...call, 0);
    await timelock.execute(...call);
    expect(await s.members.memberNoOf(s.alice.address)).to.equal(1);
  });
});
