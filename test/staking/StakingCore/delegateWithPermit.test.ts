import { expect } from "chai";
import { ethers as lib } from "ethers";
import { given, networkHelpers, type System, staked, tburn } from "../../fixtures/system.ts";

async function permit(s: System, value: bigint) {
  const deadline = (await networkHelpers.time.latest()) + 3600;
  const types = {
    Permit: [
      { name: "owner", type: "address" },
      { name: "spender", type: "address" },
      { name: "value", type: "uint256" },
      { name: "nonce", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const domain = {
    name: "TBURN",
    version: "1",
    chainId: s.record.chainId,
    verifyingContract: await s.token.getAddress(),
  };
  const spender = await s.core.getAddress();
  const nonce = await s.token.nonces(s.bob.address);
  const signature = await s.bob.signTypedData(domain, types, { owner: s.bob.address, spender, value, nonce, deadline });
  const { v, r, s: sValue } = lib.Signature.from(signature);
  return { value, deadline, v, r, s: sValue };
}

async function withoutAllowance() {
  const s = await staked();
  await s.token.connect(s.bob).approve(s.core, 0);
  return s;
}

describe("StakingCore.delegateWithPermit", () => {
  it("delegates on a signed allowance in one transaction", async () => {
    const s = await given(withoutAllowance);
    await s.core.connect(s.bob).delegateWithPermit(s.validatorId, tburn(1000), 0, await permit(s, tburn(1000)));
    expect(await s.core.positionValue(1)).to.equal(tburn(1000));
    expect(await s.token.nonces(s.bob.address)).to.equal(1);
  });

  it("survives a permit that somebody submitted first", async () => {
    const s = await given(withoutAllowance);
    const signed = await permit(s, tburn(1000));
    await s.token
      .connect(s.mallory)
      .permit(s.bob.address, s.core, signed.value, signed.deadline, signed.v, signed.r, signed.s);
    await s.core.connect(s.bob).delegateWithPermit(s.validatorId, tburn(1000), 0, signed);
    expect(await s.core.positionValue(1)).to.equal(tburn(1000));
  });

  it("refuses when neither permit nor allowance covers the amount", async () => {
    const s = await given(withoutAllowance);
    const signed = await permit(s, tburn(999));
    await expect(
      s.core.connect(s.bob).delegateWithPermit(s.validatorId, tburn(1000), 0, signed),
    ).to.be.revertedWithCustomError(s.token, "ERC20InsufficientAllowance");
  });
});
