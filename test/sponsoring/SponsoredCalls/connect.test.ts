import { expect } from "chai";
import { administrator } from "../../fixtures/grades.ts";
import { deployed, given } from "../../fixtures/system.ts";

describe("SponsoredCalls.connect", () => {
  it("happens once, and by the administrator alone", async () => {
    const s = await given(deployed);
    const connect = "connect(address,address)";
    const sponsored = s.sponsored.connect(await administrator(s));
    await expect(sponsored.getFunction(connect).send(s.members, s.core)).to.be.revertedWithCustomError(
      s.sponsored,
      "SponsoredCalls_AlreadyConnected",
    );
    await expect(s.sponsored.getFunction(connect).send(s.members, s.core)).to.be.revertedWithCustomError(
      s.sponsored,
      "AccessManagedUnauthorized",
    );
  });
});
