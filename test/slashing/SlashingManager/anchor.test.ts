import { expect } from "chai";
import { ethers as lib } from "ethers";
import { accused, headerOf } from "../../fixtures/double-sign.ts";
import { ethers, given, networkHelpers } from "../../fixtures/system.ts";

const HISTORY = "0x0000F90827F1C53a10cb7A02335B175320002935";
const HISTORY_CODE =
  "0x3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";

describe("SlashingManager.anchor", () => {
  it("stores the time of a block while its hash is known", async () => {
    const s = await given(accused);
    const block = await headerOf(await ethers.provider.getBlockNumber());
    await expect(s.slashing.connect(s.mallory).anchor(block.header))
      .to.emit(s.slashing, "HeightAnchored")
      .withArgs(block.height, block.timestamp);
    expect(await s.slashing.anchorOf(block.height)).to.equal(block.timestamp);
    expect(await s.slashing.anchorOf(block.height + 1n)).to.equal(0);
  });

  it("proves the oldest block that the opcode reaches", async () => {
    const s = await given(accused);
    const block = await headerOf(await ethers.provider.getBlockNumber());
    await networkHelpers.mine(255);
    await s.slashing.anchor(block.header);
    expect(await s.slashing.anchorOf(block.height)).to.equal(block.timestamp);
  });

  it("proves older blocks by the chain's history (EIP-2935)", async () => {
    const s = await given(accused);
    const block = await headerOf(await ethers.provider.getBlockNumber());
    await networkHelpers.mine(300);
    await expect(s.slashing.anchor(block.header)).to.be.revertedWithCustomError(
      s.slashing,
      "SlashingManager_BadHeader",
    );
    // The simulated chain keeps no history: its contract gets the code and the one slot that a real chain has.
    await networkHelpers.setCode(HISTORY, HISTORY_CODE);
    const slot = lib.toBeHex(block.height % 8_191n);
    await networkHelpers.setStorageAt(HISTORY, slot, lib.keccak256(block.header));
    await s.slashing.anchor(block.header);
    expect(await s.slashing.anchorOf(block.height)).to.equal(block.timestamp);
  });

  it("refuses a block that is too old to prove", async () => {
    const s = await given(accused);
    const block = await headerOf(await ethers.provider.getBlockNumber());
    await networkHelpers.mine(8_200);
    await expect(s.slashing.anchor(block.header))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadHeader")
      .withArgs(block.height);
  });

  it("refuses what is no header", async () => {
    const s = await given(accused);
    await expect(s.slashing.anchor("0x1234")).to.be.revert(ethers);
    await expect(s.slashing.anchor("0x")).to.be.revert(ethers);
  });
});
