import { expect } from "chai";
import { Kind, State } from "../../fixtures/double-sign.ts";
import { buildReport } from "../../fixtures/report.ts";
import { agree, confirm, item, nextEpoch, type Reported, reported, reveal } from "../../fixtures/reports.ts";
import { EPOCH, given, networkHelpers, tburn } from "../../fixtures/system.ts";

/** A quorum reports, twice, an epoch in which the first of three validators did `attested` of a hundred duties. */
async function epochWith(s: Reported, attested: bigint) {
  const items = [item(s.first, { attested, missed: 100n - attested }), item(s.second), item(s.third)];
  const report = buildReport(await nextEpoch(), { from: 1n, to: 10n }, items, items.length);
  await agree(s, report);
  await confirm(s, report);
  await reveal(s, report);
  return report;
}

describe("SlashingManager.reportDowntime, by the oracle's own reports", () => {
  it("sees nothing in an epoch of which half was done", async () => {
    const s = await given(reported);
    const { epoch } = await epochWith(s, 50n);
    await expect(s.slashing.reportDowntime(s.first))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotDown")
      .withArgs(s.first, epoch);
  });

  it("jails at first, and opens a case for an outage after it came back", async () => {
    const s = await given(reported);
    const { epoch } = await epochWith(s, 49n);
    expect(await s.oracle.downtimeOf(s.first)).to.deep.equal([1n, epoch]);
    await expect(s.slashing.connect(s.mallory).reportDowntime(s.first)).to.emit(s.slashing, "DowntimeJailed");
    expect(await s.validators.isEarning(s.first)).to.equal(false);
    expect(await s.slashing.caseCount()).to.equal(0);

    await networkHelpers.time.increase(2 * EPOCH);
    await s.validators.connect(s.alice).unjail(s.first);
    const again = await epochWith(s, 0n);
    await s.slashing.connect(s.mallory).reportDowntime(s.first);
    const found = await s.slashing.caseOf(1);
    expect([found.validatorId, found.kind, found.tau]).to.deep.equal([
      s.first,
      BigInt(Kind.Downtime),
      again.epoch * BigInt(EPOCH),
    ]);

    await networkHelpers.time.increaseTo((await s.slashing.deadlinesOf(1)).appealBy);
    await s.slashing.execute(1);
    expect(await s.slashing.stateOf(1)).to.equal(State.Executed);
    // A tenth of a percent of 100,000.
    expect(await s.core.selfStakeOf(s.first)).to.equal(tburn(99_900));
  });
});
