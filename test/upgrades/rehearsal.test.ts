import { expect } from "chai";
import type { UpgradeCall } from "../../scripts/deploy/release/upgrader.ts";
import { upgradeable } from "../../scripts/deploy/roles.ts";
import { status } from "../fixtures/sanctions.ts";
import { ethers, given, networkHelpers } from "../fixtures/system.ts";
import { carriedOut, goOn, type Living, living, prepared, questions, RELEASE } from "./living.ts";
import { answers, differences } from "./views.ts";

/** Views whose answers may change with this version, each with its reason. */
const changed: Record<string, string> = {};

async function compared(s: Living, calls: UpgradeCall[]) {
  const asked = await questions(s);
  const names = upgradeable as (keyof Living["record"]["contracts"])[];
  const before = await answers(s, RELEASE, names, asked);
  await carriedOut(s, calls);
  const after = await answers(s, RELEASE, names, asked);
  return { before, different: differences(before, after).filter((key) => !((key.split("(")[0] ?? "") in changed)) };
}

describe(`The upgrade from release ${RELEASE}`, () => {
  it("by the timelock leaves every view as it was", async () => {
    const s = await given(living);
    const { calls } = await prepared(s);
    const { before, different } = await compared(s, calls);
    expect(different).to.deep.equal([]);
    expect(Object.values(before).filter((answer) => !answer.startsWith("refused")).length).to.be.greaterThan(500);
  });

  it("ends what was under way as the released code would have", async () => {
    const s = await given(living);
    const snapshot = await networkHelpers.takeSnapshot();
    const unchanged = await goOn(s);
    await snapshot.restore();
    await carriedOut(s, (await prepared(s)).calls);
    expect(await goOn(s)).to.deep.equal(unchanged);
    expect(unchanged.case).to.equal(4);
    expect(unchanged.status).to.equal(status.active);
    expect(unchanged.caps).to.deep.equal([77n, 5n]);
  });

  it("links each implementation to the libraries of its own version", async () => {
    const s = await given(living);
    const upgrader = await prepared(s);
    const core = upgrader.calls.find(({ name }) => name === "StakingCore")?.implementation ?? "";
    const bytes = (await ethers.provider.getCode(core)).toLowerCase();
    for (const library of ["StakeExits", "StakeSlashing"] as const) {
      expect(bytes).to.include(upgrader.address(library).slice(2).toLowerCase());
      expect(bytes).not.to.include(s.record.contracts[library].address.slice(2).toLowerCase());
    }
  });

  it("is refused to everybody but the timelock", async () => {
    const s = await given(living);
    const [first] = (await prepared(s)).calls;
    const sent = s.deployer.sendTransaction({ to: first?.target, data: first?.data });
    await expect(sent).to.be.revertedWithCustomError(s.members, "AccessManagedUnauthorized");
  });

  it("is found out if an implementation moved a slot", async () => {
    const s = await given(living);
    const broken = await (await ethers.deployContract("MovedSlots__Mock")).getAddress();
    const target = s.record.contracts.InsuranceFund.address;
    const data = s.core.interface.encodeFunctionData("upgradeToAndCall", [broken, "0x"]);
    const { different } = await compared(s, [{ name: "InsuranceFund", target, implementation: broken, data }]);
    expect(different).to.include("InsuranceFund.caps()");
  });
});
