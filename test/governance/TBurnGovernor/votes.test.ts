import { expect } from "chai";
import { exit, given, networkHelpers, slash, tburn, WAD } from "../../fixtures/system.ts";
import { carry, close, governed, open, type Proposal, propose, setUnbonding } from "../voting.ts";

type Governed = Awaited<ReturnType<typeof governed>>;

/** A vote that is open; carol's units are with bob. */
async function voting() {
  const s = await governed();
  await s.votes.connect(s.carol).delegate(s.bob);
  await networkHelpers.time.increase(2);
  const proposal = await propose(s, s.alice, [await setUnbonding(s, 640)]);
  await open(s, proposal);
  return { ...s, proposal };
}

const tally = async (s: Governed, p: Proposal) => [...(await s.governor.proposalVotes(p.id))];

describe("TBurnGovernor", () => {
  it("signs votes under its own name", async () => {
    const s = await given(governed);
    const domain = await s.governor.eip712Domain();
    expect([domain.name, domain.version, await s.governor.name()]).to.deep.equal([
      "TBURN Governor",
      "1",
      "TBURN Governor",
    ]);
  });
});

describe("TBurnGovernor.castVote", () => {
  describe("given units at the snapshot", () => {
    it("counts them, delegated ones included, in Bravo's order", async () => {
      const s = await given(voting);
      await s.governor.connect(s.bob).castVote(s.proposal.id, 0);
      await s.governor.connect(s.alice).castVote(s.proposal.id, 2);
      expect(await tally(s, s.proposal)).to.deep.equal([tburn(50_000), 0n, tburn(100_000)]);
      expect(await s.governor.COUNTING_MODE()).to.equal("support=bravo,override&quorum=for,abstain&overridable=true");
      await expect(s.governor.connect(s.bob).castVote(s.proposal.id, 1))
        .to.be.revertedWithCustomError(s.governor, "GovernorAlreadyCastVote")
        .withArgs(s.bob.address);
      await expect(s.governor.connect(s.carol).castVote(s.proposal.id, 3)).to.be.revertedWithCustomError(
        s.governor,
        "GovernorInvalidVoteType",
      );
    });

    it("counts what was there at the snapshot, whatever was unstaked, slashed or lapsed since", async () => {
      const s = await given(voting);
      await exit(s, s.bob, s.bobs);
      await slash(s, s.validatorId, WAD / 2n);
      await s.members.connect(s.deployer).setStatus(await s.members.memberNoOf(s.bob.address), 4);
      await s.votes.refresh(await s.members.memberNoOf(s.bob.address));
      await s.votes.sync([s.carols]);
      await s.governor.connect(s.bob).castVote(s.proposal.id, 1);
      expect(await tally(s, s.proposal)).to.deep.equal([0n, tburn(50_000), 0n]);
    });
  });

  describe("given a vote that is not open", () => {
    it("is refused, to the second", async () => {
      const s = await given(governed);
      const p = await propose(s, s.bob, [await setUnbonding(s, 640)]);
      const snapshot = await s.governor.proposalSnapshot(p.id);
      const deadline = await s.governor.proposalDeadline(p.id);
      const vote = () => s.governor.connect(s.carol).castVote(p.id, 1);
      await networkHelpers.time.setNextBlockTimestamp(snapshot);
      await expect(vote()).to.be.revertedWithCustomError(s.governor, "GovernorUnexpectedProposalState");
      await networkHelpers.time.setNextBlockTimestamp(deadline + 1n);
      await expect(vote()).to.be.revertedWithCustomError(s.governor, "GovernorUnexpectedProposalState");
    });

    it("is taken in the first and in the last second", async () => {
      const s = await given(governed);
      const p = await propose(s, s.bob, [await setUnbonding(s, 640)]);
      await networkHelpers.time.setNextBlockTimestamp((await s.governor.proposalSnapshot(p.id)) + 1n);
      await s.governor.connect(s.carol).castVote(p.id, 1);
      await networkHelpers.time.setNextBlockTimestamp(await s.governor.proposalDeadline(p.id));
      await s.governor.connect(s.bob).castVote(p.id, 1);
    });
  });

  describe("given ballots with parameters and a signature", () => {
    it("is refused: nothing reads them", async () => {
      const s = await given(voting);
      await expect(
        s.governor.castVoteWithReasonAndParamsBySig(s.proposal.id, 1, s.bob, "", "0x", "0x"),
      ).to.be.revertedWithCustomError(s.governor, "TBurnGovernor_NoParams");
    });
  });
});

describe("TBurnGovernor.castOverrideVote", () => {
  describe("given a delegate and a delegator", () => {
    const bob = (s: Governed & { proposal: Proposal }) => s.governor.connect(s.bob).castVote(s.proposal.id, 1);
    const carol = (s: Governed & { proposal: Proposal }) =>
      s.governor.connect(s.carol).castOverrideVote(s.proposal.id, 0, "");
    const alice = (s: Governed & { proposal: Proposal }) => s.governor.connect(s.alice).castVote(s.proposal.id, 2);
    const acts = { bob, carol, alice };
    type Name = keyof typeof acts;
    const orders: Name[][] = [
      ["bob", "carol", "alice"],
      ["bob", "alice", "carol"],
      ["carol", "bob", "alice"],
      ["carol", "alice", "bob"],
      ["alice", "bob", "carol"],
      ["alice", "carol", "bob"],
    ];
    for (const order of orders) {
      it(`gives one tally: ${order.join(", ")}`, async () => {
        const s = await given(voting);
        for (const name of order) await acts[name](s);
        const votes = await tally(s, s.proposal);
        expect(votes).to.deep.equal([tburn(30_000), tburn(20_000), tburn(100_000)]);
        const supply = await s.votes.getPastTotalSupply(await s.governor.proposalSnapshot(s.proposal.id));
        expect(votes.reduce((sum, n) => sum + n, 0n) <= supply).to.equal(true);
      });
    }

    it("says by how much the delegate was reduced, and takes it once", async () => {
      const s = await given(voting);
      await bob(s);
      const act = carol(s);
      await expect(act).to.emit(s.governor, "VoteReduced").withArgs(s.bob.address, s.proposal.id, 1, tburn(30_000));
      await expect(act)
        .to.emit(s.governor, "OverrideVoteCast")
        .withArgs(s.carol.address, s.proposal.id, 0, tburn(30_000), "");
      expect(await s.governor.hasVotedOverride(s.proposal.id, s.carol)).to.equal(true);
      await expect(carol(s))
        .to.be.revertedWithCustomError(s.governor, "GovernorAlreadyOverriddenVote")
        .withArgs(s.carol.address);
    });
  });

  describe("given a delegator that is slashed and synced, or leaves, after the snapshot", () => {
    it("overrides with what it had", async () => {
      const s = await given(voting);
      await exit(s, s.carol, s.carols);
      await bobThenCarol(s);
      expect(await tally(s, s.proposal)).to.deep.equal([tburn(30_000), tburn(20_000), 0n]);
    });
  });
});

async function bobThenCarol(s: Governed & { proposal: Proposal }) {
  await s.governor.connect(s.bob).castVote(s.proposal.id, 1);
  await s.governor.connect(s.carol).castOverrideVote(s.proposal.id, 0, "");
}

describe("TBurnGovernor.state", () => {
  describe("given a quorum of a tenth", () => {
    it("is defeated one unit short of it, and counts those who abstain", async () => {
      const s = await given(governed);
      expect(await s.governor.quorum((await networkHelpers.time.latest()) - 1)).to.equal(tburn(15_000));
      await s.core.connect(s.bob).undelegate(s.bobs, tburn(5_556), 0);
      await networkHelpers.time.increase(2);
      const p = await propose(s, s.alice, [await setUnbonding(s, 640)]);
      await open(s, p);
      await s.governor.connect(s.bob).castVote(p.id, 1);
      expect(await s.governor.quorum(await s.governor.proposalSnapshot(p.id))).to.equal(tburn(144_444) / 10n);
      await close(s, p);
      expect(await s.governor.state(p.id)).to.equal(3);
    });
  });

  describe("given a quorum reached late", () => {
    it("lasts the extension longer, once", async () => {
      const s = await given(governed);
      const p = await propose(s, s.bob, [await setUnbonding(s, 640)]);
      const deadline = await s.governor.proposalDeadline(p.id);
      await networkHelpers.time.setNextBlockTimestamp(deadline - 5n);
      await expect(s.governor.connect(s.alice).castVote(p.id, 1))
        .to.emit(s.governor, "ProposalExtended")
        .withArgs(p.id, deadline + 25n);
      await networkHelpers.time.setNextBlockTimestamp(deadline + 25n);
      await expect(s.governor.connect(s.carol).castVote(p.id, 0)).not.to.emit(s.governor, "ProposalExtended");
      expect(await s.governor.proposalDeadline(p.id)).to.equal(deadline + 25n);
    });
  });
});

describe("TBurnGovernor.execute", () => {
  describe("given a queued proposal", () => {
    it("is refused before the timelock's delay has passed, to the second", async () => {
      const s = await given(governed);
      const p = await carry(s, [await setUnbonding(s, 640)]);
      const eta = await s.governor.proposalEta(p.id);
      expect(eta).to.equal(BigInt(await networkHelpers.time.latest()) + (await s.timelock.getMinDelay()));
      await networkHelpers.time.setNextBlockTimestamp(eta - 1n);
      await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
        s.timelock,
        "TimelockUnexpectedOperationState",
      );
      await networkHelpers.time.setNextBlockTimestamp(eta);
      await expect(s.governor.connect(s.mallory).execute(...p.args, p.hash))
        .to.emit(s.governor, "ProposalExecuted")
        .withArgs(p.id);
      expect(await s.governor.state(p.id)).to.equal(7);
    });

    it("is refused before it is queued", async () => {
      const s = await given(governed);
      const p = await propose(s, s.alice, [await setUnbonding(s, 640)]);
      await open(s, p);
      await s.governor.connect(s.alice).castVote(p.id, 1);
      await close(s, p);
      await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
        s.governor,
        "GovernorUnexpectedProposalState",
      );
    });
  });
});
