import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { examine, moved } from "../../scripts/deploy/release/layouts.ts";
import { contractOf, keep, releases } from "../../scripts/deploy/release/release.ts";

const last = releases().at(-1) ?? "";
const layoutOf = (name: string) => {
  const { layout } = contractOf(last, name);
  if (!layout) throw new Error(`release ${last} has no layout of ${name}`);
  return layout;
};
const insurance = "contracts/slashing/InsuranceFund.sol";
const source = () => readFileSync(join(import.meta.dirname, "../..", insurance), "utf8");

describe("Upgradeable contracts", () => {
  it(`are safe to upgrade to, and append to what release ${last} stored`, () => {
    for (const [name, { layout, complaint }] of Object.entries(examine())) {
      expect(complaint, name).to.equal("");
      expect(moved(layoutOf(name), layout), name).to.equal("");
    }
  }).timeout(300_000);

  it("may not move a slot", () => {
    const swapped = source().replace(/( +Caps caps;\n)( +mapping\(uint256 caseId => bool\) compensated;\n)/, "$2$1");
    const found = examine({ [insurance]: swapped }, ["InsuranceFund"]);
    expect(moved(layoutOf("InsuranceFund"), found.InsuranceFund?.layout ?? { storage: [], types: {} })).not.to.equal(
      "",
    );
  }).timeout(300_000);

  it("may not keep state that a proxy does not see", () => {
    const stateful = source().replace("IERC20 private immutable _token;", "$&\n    uint256 public tax = 5;");
    expect(examine({ [insurance]: stateful }, ["InsuranceFund"]).InsuranceFund?.complaint).to.include("tax");
  }).timeout(300_000);
});

describe("A release", () => {
  it("is never overwritten", () => {
    expect(() => keep(last, {})).to.throw(`release ${last} exists`);
  });
});
