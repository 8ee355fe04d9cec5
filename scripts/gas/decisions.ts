import { ethers as lib } from "ethers";
import { buildReport } from "../../test/fixtures/report.ts";
import { agree, item, nextEpoch, reported } from "../../test/fixtures/reports.ts";
import { deployed, networkHelpers } from "../../test/fixtures/system.ts";
import { governed, open, propose, setUnbonding } from "../../test/governance/voting.ts";
import { local } from "../deploy/config.ts";
import { gasOf } from "./receipt.ts";

/** Gas of votes: a delegate's, a delegator's over it, and a reporter's; and of a day of the audit trail. */
export async function decisions(): Promise<Record<string, number>> {
  const s = await governed();
  await s.votes.connect(s.bob).delegate(s.alice.address);
  await networkHelpers.time.increase(2);
  const call = await setUnbonding(s, local.parameters.unbondingSeconds + 1);
  const proposal = await propose(s, s.alice, [call]);
  await open(s, proposal);
  await s.governor.connect(s.carol).castVote(proposal.id, 1);
  const vote = await gasOf(async () => s.governor.connect(s.alice).castVote(proposal.id, 1));
  const override = await gasOf(async () => s.governor.connect(s.bob).castOverrideVote(proposal.id, 0, ""));
  return { "cast a vote": vote, "override a delegate": override, ...(await reporting()), ...(await anchoring()) };
}

async function reporting(): Promise<Record<string, number>> {
  const s = await reported();
  const past = await nextEpoch();
  await agree(s, buildReport(past, { from: 1n, to: 10n }, [item(s.first), item(s.second), item(s.third)]));
  const epoch = await nextEpoch();
  const report = buildReport(epoch, { from: 11n, to: 20n }, [item(s.first), item(s.second), item(s.third)]);
  await s.oracle.connect(s.a).submitReport(report.epoch, report.hash, report.version);
  const vote = await gasOf(async () => s.oracle.connect(s.b).submitReport(report.epoch, report.hash, report.version));
  return { "vote for a report": vote };
}

async function anchoring(): Promise<Record<string, number>> {
  const s = await deployed();
  await s.anchor.anchor(1, 40, lib.id("root 1"), lib.id("head 1"));
  return {
    "anchor an audit root": await gasOf(async () => s.anchor.anchor(41, 90, lib.id("root 2"), lib.id("head 2"))),
  };
}
