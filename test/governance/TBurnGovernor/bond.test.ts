import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { local } from "../../../scripts/deploy/config.ts";
import { deploy } from "../../../scripts/deploy/deploy.ts";
import { deployedWith, ethers, given, networkHelpers, type System, UNBONDING } from "../../fixtures/system.ts";
import {
  type Call,
  carry,
  enact,
  governed,
  governedWith,
  LATE_QUORUM,
  setUnbonding,
  TIMELOCK,
  VOTING_DELAY,
  VOTING_PERIOD,
} from "../voting.ts";

const SUM = BigInt(VOTING_DELAY + VOTING_PERIOD + LATE_QUORUM + TIMELOCK);
const ROOM = BigInt(UNBONDING) - SUM;

const own = async (s: System, method: string, args: unknown[] = []): Promise<Call> => ({
  target: await s.governor.getAddress(),
  data: s.governor.interface.encodeFunctionData(method as "setVotingDelay", args as [number]),
});

describe("TBurnGovernor.longestSeconds", () => {
  it("adds voting delay, period, extension and the timelock's delay", async () => {
    const s = await given(governed);
    expect(await s.governor.longestSeconds()).to.equal(SUM);
    await s.governor.requireBonded();
  });

  it("keeps the core from a shorter unbonding", async () => {
    const s = await deployedWith({
      parameters: { ...local.parameters, unbondingSeconds: 900 },
      governance: { ...local.governance, votingPeriodSeconds: 850 - 20 - 30 - local.timelockSeconds },
      holders: { param: (await ethers.getSigners())[0].address },
      timelockSeconds: local.timelockSeconds,
    });
    const core = s.core.connect(s.deployer);
    await expect(core.setUnbonding(849))
      .to.be.revertedWithCustomError(s.core, "StakingCore_BondingTooShort")
      .withArgs(849, 850);
    await core.setUnbonding(850);
    await expect(s.governor.requireBonded()).not.to.be.revert(ethers);
  });
});

describe("TBurnGovernor.setVotingDelay, setVotingPeriod, setLateQuorumVoteExtension", () => {
  const setters: [string, number][] = [
    ["setVotingDelay", VOTING_DELAY],
    ["setVotingPeriod", VOTING_PERIOD],
    ["setLateQuorumVoteExtension", LATE_QUORUM],
  ];
  for (const [method, now] of setters) {
    describe(`given ${method}`, () => {
      it("goes up to the unbonding and no second further", async () => {
        const s = await given(governed);
        const p = await carry(s, [await own(s, method, [BigInt(now) + ROOM + 1n])], "too far");
        await networkHelpers.time.increase(TIMELOCK);
        await expect(s.governor.execute(...p.args, p.hash))
          .to.be.revertedWithCustomError(s.governor, "TBurnGovernor_BondingTooShort")
          .withArgs(UNBONDING + 1, UNBONDING);
        await networkHelpers.time.increase(VOTING_PERIOD);
        await enact(s, [await own(s, method, [BigInt(now) + ROOM])], "as far as it goes");
        expect(await s.governor.longestSeconds()).to.equal(UNBONDING);
      });

      it("is refused to everybody but a proposal", async () => {
        const s = await given(governed);
        const { data } = await own(s, method, [1]);
        await expect(s.alice.sendTransaction({ to: s.governor, data }))
          .to.be.revertedWithCustomError(s.governor, "GovernorOnlyExecutor")
          .withArgs(s.alice.address);
      });
    });
  }

  it("keeps the extension inside the period", async () => {
    const s = await given(governed);
    const p = await carry(s, [await own(s, "setVotingPeriod", [LATE_QUORUM - 1])]);
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash))
      .to.be.revertedWithCustomError(s.governor, "GovernorPreventLateQuorumVoteExtensionTooLarge")
      .withArgs(30, 29);
  });
});

describe("TBurnGovernor.updateTimelock", () => {
  it("refuses a timelock that waits too long", async () => {
    const s = await given(governed);
    const slow = await ethers.deployContract("TimelockController", [TIMELOCK + Number(ROOM) + 1, [], [], ZeroAddress]);
    const p = await carry(s, [await own(s, "updateTimelock", [await slow.getAddress()])]);
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash))
      .to.be.revertedWithCustomError(s.governor, "TBurnGovernor_BondingTooShort")
      .withArgs(UNBONDING + 1, UNBONDING);
  });
});

describe("TimelockController.updateDelay", () => {
  const change = async (s: System, seconds: bigint) => [
    {
      target: await s.timelock.getAddress(),
      data: s.timelock.interface.encodeFunctionData("updateDelay", [seconds]),
    },
    await own(s, "requireBonded"),
  ];

  it("fails as a whole if it would outlast the bond, whoever executes it", async () => {
    const s = await given(governed);
    const p = await carry(s, await change(s, BigInt(TIMELOCK) + ROOM + 1n));
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
      s.governor,
      "TBurnGovernor_BondingTooShort",
    );
    const salt = ethers.toBeHex((BigInt(await s.governor.getAddress()) << 96n) ^ BigInt(p.hash), 32);
    const direct = s.timelock.connect(s.mallory).executeBatch(...p.args, ethers.ZeroHash, salt);
    await expect(direct).to.be.revertedWithCustomError(s.governor, "TBurnGovernor_BondingTooShort");
    expect(await s.timelock.getMinDelay()).to.equal(TIMELOCK);
  });

  it("goes as far as the bond does", async () => {
    const s = await given(governed);
    await enact(s, await change(s, BigInt(TIMELOCK) + ROOM));
    expect(await s.timelock.getMinDelay()).to.equal(BigInt(TIMELOCK) + ROOM);
  });
});

describe("TBurnGovernor.initialize", () => {
  it("refuses terms that outlast the unbonding", async () => {
    const s = await given(governed);
    const implementation = await ethers.deployContract("TBurnGovernor", [s.core, s.rules]);
    const terms = {
      votingDelay: VOTING_DELAY,
      votingPeriod: BigInt(VOTING_PERIOD) + ROOM + 1n,
      lateQuorumExtension: LATE_QUORUM,
      proposalThreshold: 0,
      quorumPercent: 10,
    };
    const init = implementation.interface.encodeFunctionData("initialize", [
      await s.manager.getAddress(),
      await s.votes.getAddress(),
      await s.timelock.getAddress(),
      terms,
      ZeroAddress,
    ]);
    await expect(ethers.deployContract("ERC1967Proxy", [implementation, init]))
      .to.be.revertedWithCustomError(implementation, "TBurnGovernor_BondingTooShort")
      .withArgs(UNBONDING + 1, UNBONDING);
    await expect(
      implementation.initialize(s.manager, s.votes, s.timelock, terms, ZeroAddress),
    ).to.be.revertedWithCustomError(implementation, "InvalidInitialization");
  });

  it("is kept from such terms by the configuration already", async () => {
    const [signer] = await ethers.getSigners();
    const governance = { ...local.governance, votingPeriodSeconds: UNBONDING };
    let problem = "";
    await deploy({ signer, config: { ...local, governance } }).catch((error: Error) => (problem = error.message));
    expect(problem).to.include("must not outlast the unbonding");
  });
});

describe("TBurnGovernor.relay", () => {
  it("is refused, to proposals as well", async () => {
    const s = await given(governed);
    const p = await carry(s, [await own(s, "relay", [s.mallory.address, 0, "0x"])]);
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
      s.governor,
      "TBurnGovernor_NoRelay",
    );
  });
});

describe("TBurnGovernor.execute", () => {
  it("changes a parameter through the timelock, which holds the role", async () => {
    const s = await given(governed);
    await enact(s, [await setUnbonding(s, 640)]);
    await networkHelpers.time.increase(2 * UNBONDING);
    expect((await s.core.windows()).unbonding).to.equal(640);
  });

  it("sends what the timelock holds", async () => {
    const s = await given(governed);
    await s.token.connect(s.deployer).transfer(s.timelock, 5n);
    const data = s.token.interface.encodeFunctionData("transfer", [s.dave.address, 5n]);
    await enact(s, [{ target: await s.token.getAddress(), data }]);
    expect(await s.token.balanceOf(s.dave)).to.equal(5n);
  });

  it("opens the set of targets for the next proposal", async () => {
    const s = await given(governed);
    const data = s.rules.interface.encodeFunctionData("allowTarget", [s.dave.address, true]);
    await expect(enact(s, [{ target: await s.rules.getAddress(), data }]))
      .to.emit(s.rules, "TargetAllowed")
      .withArgs(s.dave.address, true);
    expect(await s.rules.isAllowed(s.dave)).to.equal(true);
  });
});

describe("An upgrade by proposal", () => {
  const DELAY = 100;
  const slow = async () => {
    const [deployer] = await ethers.getSigners();
    const holders = { slasher: deployer.address, standing: deployer.address, param: deployer.address };
    return governedWith({ holders, upgradeDelaySeconds: DELAY, timelockSeconds: TIMELOCK });
  };

  it("is scheduled at the access manager by one proposal and executed by another, after the upgrader's delay", async () => {
    const s = await given(slow);
    const manager = await s.manager.getAddress();
    const members = await s.members.getAddress();
    const next = await (await ethers.deployContract("MemberRegistry", [s.sponsored])).getAddress();
    const upgrade = s.members.interface.encodeFunctionData("upgradeToAndCall", [next, "0x"]);
    const schedule = s.manager.interface.encodeFunctionData("schedule", [members, upgrade, 0]);
    const execute = s.manager.interface.encodeFunctionData("execute", [members, upgrade]);

    const direct = await carry(s, [{ target: members, data: upgrade }], "without a delay");
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...direct.args, direct.hash)).to.be.revertedWithCustomError(
      s.manager,
      "AccessManagerNotScheduled",
    );

    await enact(s, [{ target: manager, data: schedule }], "schedule");
    const readyAt = BigInt((await networkHelpers.time.latest()) + DELAY);
    const then = await carry(s, [{ target: manager, data: execute }], "execute");
    await networkHelpers.time.increase(TIMELOCK);
    if (BigInt(await networkHelpers.time.latest()) < readyAt) await networkHelpers.time.increaseTo(readyAt);
    await expect(s.governor.execute(...then.args, then.hash))
      .to.emit(s.members, "Upgraded")
      .withArgs(next);
  });

  it("is not ready before the upgrader's delay has passed", async () => {
    const s = await given(slow);
    const manager = await s.manager.getAddress();
    const members = await s.members.getAddress();
    const next = await (await ethers.deployContract("MemberRegistry", [s.sponsored])).getAddress();
    const upgrade = s.members.interface.encodeFunctionData("upgradeToAndCall", [next, "0x"]);
    const schedule = s.manager.interface.encodeFunctionData("schedule", [members, upgrade, 0]);
    const execute = s.manager.interface.encodeFunctionData("execute", [members, upgrade]);
    const both = [
      { target: manager, data: schedule },
      { target: manager, data: execute },
    ];
    const p = await carry(s, both);
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
      s.manager,
      "AccessManagerNotReady",
    );
  });
});

describe("TBurnGovernor.cancel", () => {
  const guarded = async () => {
    const [deployer, , , , , erin] = await ethers.getSigners();
    const persons = { slasher: deployer.address, standing: deployer.address, param: deployer.address };
    return governedWith({ holders: { ...persons, guardian: erin?.address ?? "" }, timelockSeconds: TIMELOCK });
  };

  it("is the guardian's, even when the proposal is queued", async () => {
    const s = await given(guarded);
    const p = await carry(s, [await setUnbonding(s, 640)]);
    await expect(s.governor.connect(s.mallory).cancel(...p.args, p.hash))
      .to.be.revertedWithCustomError(s.governor, "GovernorUnableToCancel")
      .withArgs(p.id, s.mallory.address);
    const guardian = await s.governor.proposalGuardian();
    await s.governor.connect(await ethers.getSigner(guardian)).cancel(...p.args, p.hash);
    expect(await s.governor.state(p.id)).to.equal(2);
    await networkHelpers.time.increase(TIMELOCK);
    await expect(s.governor.execute(...p.args, p.hash)).to.be.revertedWithCustomError(
      s.governor,
      "GovernorUnexpectedProposalState",
    );
  });
});
