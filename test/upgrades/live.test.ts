import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import {
  delegation,
  ethers,
  exit,
  freshCore,
  given,
  mature,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../fixtures/system.ts";

describe("an upgrade of StakingCore", () => {
  async function living() {
    const s = await staked();
    const dst = await validatorOf(s, s.erin);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const leaver = await delegation(s, s.carol, s.validatorId, tburn(500));
    const requestId = await exit(s, s.carol, leaver);
    await s.core.connect(s.bob).redelegate(positionId, dst, 0);
    const newId = leaver + 1n;
    const implementation = await freshCore(s);
    const data = s.core.interface.encodeFunctionData("upgradeToAndCall", [await implementation.getAddress(), "0x"]);
    const timelock = await ethers.getContractAt("TimelockController", s.record.contracts.TimelockController.address);
    return { ...s, dst, newId, requestId, implementation, data, timelock };
  }

  it("by the timelock keeps positions, requests and liens, which then go on", async () => {
    const s = await given(living);
    const state = async () => [
      await s.core.position(s.newId),
      await s.core.request(s.requestId),
      await s.core.lien(1),
      await s.core.validatorStake(s.validatorId),
      await s.core.windows(),
    ];
    const before = await state();
    const call = [s.core, 0, s.data, ZeroHash, ZeroHash] as const;
    await s.timelock.connect(s.deployer).schedule(...call, 0);
    await expect(s.timelock.connect(s.deployer).execute(...call))
      .to.emit(s.core, "Upgraded")
      .withArgs(await s.implementation.getAddress());
    expect(await state()).to.deep.equal(before);

    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    await mature();
    await s.core.settleLien(s.newId);
    expect(await s.core.positionValue(s.newId)).to.equal(tburn(900));
    await s.core.claim([s.requestId]);
    expect((await s.core.request(s.requestId)).owner).to.equal(0);
  });

  it("is refused to everybody else, the deployer included", async () => {
    const s = await given(living);
    const upgrade = s.core.connect(s.deployer).upgradeToAndCall(s.implementation, "0x");
    await expect(upgrade).to.be.revertedWithCustomError(s.core, "AccessManagedUnauthorized");
    await expect(s.core.connect(s.deployer).upgradeToAndCall(ZeroAddress, "0x")).to.be.revert(ethers);
  });
});
