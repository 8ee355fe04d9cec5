import { expect } from "chai";
import { ethers as lib, ZeroAddress } from "ethers";
import {
  DAY,
  delegation,
  ethers,
  exit,
  given,
  networkHelpers,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

describe("ProtocolLens", () => {
  async function looked() {
    const s = await staked();
    const dst = await validatorOf(s, s.erin, { self: tburn(60_000), level: 2 });
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const carols = await delegation(s, s.carol, s.validatorId, tburn(800));
    const requestId = await exit(s, s.carol, carols);
    await s.core.connect(s.bob).redelegate(positionId, dst, 0);
    const moved = carols + 1n;
    const view = await ethers.getContractAt("ProtocolLens", s.record.contracts.ProtocolLens.address);
    return { ...s, view, dst, moved, requestId };
  }

  it("shows a stranger's balance and nothing else", async () => {
    const s = await given(looked);
    await s.token.connect(s.deployer).transfer(s.mallory, 5n);
    const seen = await s.view.memberOf(s.mallory);
    expect([seen.memberNo, seen.balance, seen.member.owner]).to.deep.equal([0n, 5n, ZeroAddress]);
  });

  it("shows a member as each contract does", async () => {
    const s = await given(looked);
    const memberNo = await s.members.memberNoOf(s.alice);
    const seen = await s.view.memberOf(s.alice);
    expect(seen.member).to.deep.equal(await s.members.member(memberNo));
    expect(seen.validatorId).to.equal(s.validatorId);
    expect(seen.kyc).to.equal(await s.kyc.levelOf(memberNo));
    expect([seen.tier, seen.shownTier, seen.supportedTier]).to.deep.equal([
      await s.tiers.tierOf(memberNo),
      await s.tiers.shownTierOf(memberNo),
      await s.tiers.supportedTierOf(memberNo),
    ]);
    expect(seen.grade).to.deep.equal(await s.tiers.gradeOf(memberNo));
    expect(seen.facts).to.deep.equal(await s.tiers.factsOf(memberNo));
    expect(seen.capabilities).to.deep.equal(await s.tiers.capabilitiesOf(memberNo));
    expect([seen.units, seen.votes, seen.delegate]).to.deep.equal([
      await s.votes.balanceOf(s.alice),
      await s.votes.getVotes(s.alice),
      s.alice.address,
    ]);
  });

  it("shows the suspension that a member is under", async () => {
    const s = await given(looked);
    await s.suspensions.suspend(await s.members.memberNoOf(s.alice), 0, lib.id("evidence"), DAY);
    expect((await s.view.memberOf(s.alice)).suspensionId).to.equal(1);
  });

  it("shows a validator as each contract does, and nothing of one that is not", async () => {
    const s = await given(looked);
    const seen = await s.view.validatorOf(s.validatorId);
    expect(seen.validator).to.deep.equal(await s.validators.validator(s.validatorId));
    expect(seen.stake).to.deep.equal(await s.core.validatorStake(s.validatorId));
    expect(seen.acceptance).to.deep.equal(await s.validators.acceptance(s.validatorId));
    expect([seen.commissionBps, seen.earning]).to.deep.equal([await s.validators.commissionOf(s.validatorId), true]);
    expect([seen.uptimeBps, seen.reports]).to.deep.equal([...(await s.oracle.uptimeOf(s.validatorId))]);
    expect((await s.view.validatorOf(99)).validator.memberNo).to.equal(0);
  });

  it("shows what a position's lien owes after a slash of the source, and when it can be settled", async () => {
    const s = await given(looked);
    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    const [seen] = await s.view.positions([s.moved]);
    const { lien } = await s.core.position(s.moved);
    const { src, day } = await s.core.lien(lien);
    expect(seen?.lienOwed).to.equal(await s.core.lienOwed(lien));
    expect(seen?.lienOwed).to.equal(tburn(100));
    expect(seen?.lienMaturesAt).to.equal((await s.core.cohort(src, day)).maturesAt);
    expect([seen?.value, seen?.pendingRewards]).to.deep.equal([
      await s.core.positionValue(s.moved),
      await s.core.pendingRewards(s.moved),
    ]);
  });

  it("shows a position without a lien beside one that has one", async () => {
    const s = await given(looked);
    const free = await delegation(s, s.carol, s.validatorId, tburn(300));
    const [bare, liened] = await s.view.positions([free, s.moved]);
    expect([bare?.value, bare?.lienOwed, bare?.lienMaturesAt]).to.deep.equal([tburn(300), 0n, 0n]);
    expect(liened?.lienMaturesAt).to.not.equal(0);
  });

  it("shows what a request is worth and when it matures, pauses counted", async () => {
    const s = await given(looked);
    await s.pause.pause(3, DAY, lib.id("why"));
    await networkHelpers.time.increase(DAY);
    const [seen] = await s.view.requests([s.requestId]);
    expect(seen?.request).to.deep.equal(await s.core.request(s.requestId));
    expect([seen?.value, seen?.maturesAt]).to.deep.equal([
      await s.core.requestValue(s.requestId),
      await s.core.maturesAt(s.requestId),
    ]);
  });

  it("shows every scope's latest stop", async () => {
    const s = await given(looked);
    await s.pause.pause(0, 60, lib.id("why"));
    const stops = await s.view.stops();
    expect(stops).to.have.length(6);
    expect(stops[0]).to.deep.equal(await s.pause.stopOf(0));
    expect(stops[1]?.until).to.equal(0);
  });

  it("shows a proposal as an account sees it, before its snapshot and after", async () => {
    const s = await given(looked);
    const call = s.rules.interface.encodeFunctionData("allowTarget", [s.bob.address, true]);
    const proposer = s.governor.connect(s.alice);
    // The threshold is asked of the second before.
    await networkHelpers.time.increase(1);
    await proposer.propose([s.rules], [0], [call], "# Let it in");
    const id = await s.governor.latestProposalOf(s.alice);
    const before = await s.view.proposal(id, s.alice);
    expect([before.state, before.units, before.quorum]).to.deep.equal([0n, 0n, 0n]);
    await networkHelpers.time.increase(Number(await s.governor.votingDelay()) + 1);
    await proposer.castVote(id, 1);
    const seen = await s.view.proposal(id, s.alice);
    const snapshot = await s.governor.proposalSnapshot(id);
    expect([seen.state, seen.hasVoted, seen.hasOverridden, seen.delegate]).to.deep.equal([
      1n,
      true,
      false,
      s.alice.address,
    ]);
    expect([seen.units, seen.votes, seen.quorum]).to.deep.equal([
      await s.votes.getPastBalanceOf(s.alice, snapshot),
      await s.votes.getPastVotes(s.alice, snapshot),
      await s.governor.quorum(snapshot),
    ]);
    expect(seen.weightBps).to.equal(10_000);
    expect((await s.view.proposal(id, s.mallory)).weightBps).to.equal(0);
    expect([seen.againstVotes, seen.forVotes, seen.abstainVotes]).to.deep.equal([
      ...(await s.governor.proposalVotes(id)),
    ]);
  });

  it("shows a case with its deadlines and what can be done", async () => {
    const s = await given(looked);
    await s.token.connect(s.deployer).approve(s.slashing, tburn(10_000));
    const tau = await networkHelpers.time.latest();
    await s.slashing.connect(s.deployer).proposeSlash(s.validatorId, 2, tau, WAD / 100n, lib.id("evidence"));
    const seen = await s.view.slashCase(1);
    expect(seen.slashCase).to.deep.equal(await s.slashing.caseOf(1));
    expect(seen.deadlines).to.deep.equal(await s.slashing.deadlinesOf(1));
    expect(seen.actions).to.deep.equal(await s.slashing.actionsOf(1));
  });
});
