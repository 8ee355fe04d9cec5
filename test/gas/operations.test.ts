import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { measure } from "../../scripts/gas/record.ts";
import { type GasRecord, MAX_BYTES, MAX_CROWD_DRIFT } from "../../scripts/gas/table.ts";

const committed = JSON.parse(readFileSync(join(import.meta.dirname, "../gas.json"), "utf8")) as GasRecord;
/** Signatures and times differ from run to run, and their zero bytes are cheaper. */
const tolerance = 0.01;

describe("gas", () => {
  let now: GasRecord;
  before(async () => {
    now = await measure();
  });

  it("is what test/gas.json says (hardhat run scripts/gas/main.ts writes it anew)", () => {
    expect(Object.keys(now.operations)).to.deep.equal(Object.keys(committed.operations));
    for (const [name, { gas }] of Object.entries(now.operations)) {
      const before = committed.operations[name]?.gas ?? 0;
      expect(Math.abs(gas - before), `${name}: ${before} → ${gas}`).to.be.lessThanOrEqual(before * tolerance);
    }
  });

  it("does not depend on the number of delegators (protocol §8.24)", () => {
    for (const [name, { one, thousand }] of Object.entries(now.crowd))
      expect(Math.abs(thousand / one - 1), `${name}: ${one} → ${thousand}`).to.be.lessThan(MAX_CROWD_DRIFT);
  });

  it("comes with code that the chain takes, as large as recorded", () => {
    expect(now.bytes).to.deep.equal(committed.bytes);
    for (const size of Object.values(now.bytes)) expect(size).to.be.lessThanOrEqual(MAX_BYTES);
  });
});
