import { expect } from "chai";
import { ethers, freshCore, given, staked } from "../../fixtures/system.ts";

describe("StakingCore.initialize", () => {
  async function bare() {
    const s = await given(staked);
    const core = await freshCore(s);
    const manager = await s.manager.getAddress();
    const start = async (unbonding: number, cohort: number, epoch: number) =>
      ethers.deployContract("ERC1967Proxy", [
        core,
        core.interface.encodeFunctionData("initialize", [manager, { unbonding, cohort, epoch }]),
      ]);
    return { core, start };
  }

  it("refuses windows of nothing, and unbonding shorter than seven epochs", async () => {
    const { core, start } = await bare();
    for (const [unbonding, cohort, epoch] of [
      [70, 0, 10],
      [70, 10, 0],
      [69, 10, 10],
    ] as const) {
      await expect(start(unbonding, cohort, epoch)).to.be.revertedWithCustomError(core, "StakingCore_BadWindows");
    }
    await start(70, 10, 10);
  });

  it("refuses more cohorts than a slash should walk", async () => {
    const { core, start } = await bare();
    await start(280, 10, 10);
    await expect(start(281, 10, 10)).to.be.revertedWithCustomError(core, "StakingCore_BadWindows");
  });

  it("never happens twice, nor on the implementation", async () => {
    const s = await given(staked);
    const windows = { unbonding: 70, cohort: 10, epoch: 10 };
    await expect(s.core.initialize(s.manager, windows)).to.be.revertedWithCustomError(s.core, "InvalidInitialization");
    const { core } = await bare();
    await expect(core.getFunction("initialize")(s.manager, windows)).to.be.revertedWithCustomError(
      core,
      "InvalidInitialization",
    );
  });

  it("names what stands above once", async () => {
    const s = await given(staked);
    const connect = (who: typeof s.bob) =>
      s.core.connect(who).getFunction("connect(address,address,address,address[])")(s.bob, s.votes, s.pause, []);
    await expect(connect(s.deployer)).to.be.revertedWithCustomError(s.core, "AccessManagedUnauthorized");
  });
});
