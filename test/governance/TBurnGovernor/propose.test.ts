import { expect } from "chai";
import { ethers as lib } from "ethers";
import { given, join, networkHelpers, tburn } from "../../fixtures/system.ts";
import {
  argsOf,
  type Call,
  close,
  governed,
  open,
  propose,
  setUnbonding,
  VOTING_DELAY,
  VOTING_PERIOD,
} from "../voting.ts";

describe("TBurnGovernor.propose", () => {
  describe("given a proposer with the threshold", () => {
    it("opens a vote that starts after the delay and ends after the period", async () => {
      const s = await given(governed);
      const p = await propose(s, s.bob, [await setUnbonding(s, 640)]);
      const now = BigInt(await networkHelpers.time.latest());
      expect(await s.governor.proposalSnapshot(p.id)).to.equal(now + BigInt(VOTING_DELAY));
      expect(await s.governor.proposalDeadline(p.id)).to.equal(now + BigInt(VOTING_DELAY + VOTING_PERIOD));
      expect(await s.governor.state(p.id)).to.equal(0);
      expect(await s.governor.latestProposalOf(s.bob)).to.equal(p.id);
    });
  });

  describe("given a proposer one unit below the threshold", () => {
    it("is refused with what is missing", async () => {
      const s = await given(governed);
      await s.core.connect(s.bob).undelegate(s.bobs, tburn(10_000) + 1n, 0);
      await networkHelpers.time.increase(2);
      const args = argsOf([await setUnbonding(s, 640)]);
      await expect(s.governor.connect(s.bob).propose(...args, ""))
        .to.be.revertedWithCustomError(s.governor, "GovernorInsufficientProposerVotes")
        .withArgs(s.bob.address, tburn(10_000) - 1n, tburn(10_000));
    });
  });

  describe("given a proposer whose last proposal is not decided", () => {
    it("is refused until it is", async () => {
      const s = await given(governed);
      const first = await propose(s, s.bob, [await setUnbonding(s, 640)], "one");
      const next = argsOf([await setUnbonding(s, 641)]);
      const again = () => s.governor.connect(s.bob).propose(...next, "two");
      const live = () =>
        expect(again()).to.be.revertedWithCustomError(s.governor, "TBurnGovernor_LiveProposal").withArgs(first.id);
      await live();
      await open(s, first);
      await live();
      await propose(s, s.carol, [await setUnbonding(s, 642)], "of another proposer");
      await close(s, first);
      await again();
    });

    it("is free again once it cancelled", async () => {
      const s = await given(governed);
      const first = await propose(s, s.bob, [await setUnbonding(s, 640)], "one");
      await s.governor.connect(s.bob).cancel(...first.args, first.hash);
      await propose(s, s.bob, [await setUnbonding(s, 640)], "two");
    });
  });

  describe("given a description that names its proposer", () => {
    it("takes it from that wallet alone", async () => {
      const s = await given(governed);
      const args = argsOf([await setUnbonding(s, 640)]);
      const description = `# Mine\n#proposer=${s.bob.address}`;
      await expect(s.governor.connect(s.carol).propose(...args, description))
        .to.be.revertedWithCustomError(s.governor, "GovernorRestrictedProposer")
        .withArgs(s.carol.address);
      await s.governor.connect(s.bob).propose(...args, description);
    });
  });

  describe("given a call outside the allowed set", () => {
    const refused = async (
      make: (s: Awaited<ReturnType<typeof governed>>) => Promise<{ call: Call; at: string; selector: string }>,
    ) => {
      const s = await given(governed);
      const { call, at, selector } = await make(s);
      const args = argsOf([await setUnbonding(s, 640), call]);
      await expect(s.governor.connect(s.bob).propose(...args, ""))
        .to.be.revertedWithCustomError(s.rules, "ProposalRules_CallNotAllowed")
        .withArgs(at, selector);
    };

    it("is refused: a stranger's contract", () =>
      refused(async (s) => ({
        call: { target: s.mallory.address, data: "0x12345678" },
        at: s.mallory.address,
        selector: "0x12345678",
      })));

    it("is refused: ether to a stranger", () =>
      refused(async (s) => ({
        call: { target: s.mallory.address, data: "0x", value: 1n },
        at: s.mallory.address,
        selector: "0x00000000",
      })));

    for (const method of ["execute", "schedule"] as const) {
      it(`is refused: a stranger's contract through the access manager's ${method}`, () =>
        refused(async (s) => {
          const args = method === "execute" ? [s.mallory.address, "0x12345678"] : [s.mallory.address, "0x12345678", 0];
          const data = s.manager.interface.encodeFunctionData(method as "execute", args as [string, string]);
          return {
            call: { target: await s.manager.getAddress(), data },
            at: s.mallory.address,
            selector: "0x12345678",
          };
        }));
    }

    it("is refused: many calls of the access manager in one", () =>
      refused(async (s) => {
        const data = s.manager.interface.encodeFunctionData("multicall", [[]]);
        return {
          call: { target: await s.manager.getAddress(), data },
          at: await s.manager.getAddress(),
          selector: data.slice(0, 10),
        };
      }));

    it("is taken when it is the system's, through the access manager or not", async () => {
      const s = await given(governed);
      const core = await s.core.getAddress();
      const inner = (await setUnbonding(s, 640)).data;
      const data = s.manager.interface.encodeFunctionData("execute", [core, inner]);
      const grant = s.manager.interface.encodeFunctionData("labelRole", [20, "x"]);
      const transfer = s.token.interface.encodeFunctionData("transfer", [s.dave.address, 1]);
      await propose(s, s.bob, [
        { target: await s.manager.getAddress(), data },
        { target: await s.manager.getAddress(), data: grant },
        { target: await s.token.getAddress(), data: transfer },
      ]);
    });
  });

  describe("given a change of the timelock's delay", () => {
    it("must end with the governor's check of the bond", async () => {
      const s = await given(governed);
      const timelock = await s.timelock.getAddress();
      const delay = { target: timelock, data: s.timelock.interface.encodeFunctionData("updateDelay", [25]) };
      const check = {
        target: await s.governor.getAddress(),
        data: s.governor.interface.encodeFunctionData("requireBonded"),
      };
      const other = { ...check, data: s.governor.interface.encodeFunctionData("votingDelay") };
      const bob = s.governor.connect(s.bob);
      for (const calls of [[delay], [check, delay], [delay, other]]) {
        await expect(bob.propose(...argsOf(calls), "")).to.be.revertedWithCustomError(
          s.rules,
          "ProposalRules_DelayUnchecked",
        );
      }
      await bob.propose(...argsOf([delay, check]), "");
    });
  });

  describe("given lists that do not match", () => {
    it("is refused", async () => {
      const s = await given(governed);
      await expect(s.governor.connect(s.bob).propose([], [], [], "")).to.be.revertedWithCustomError(
        s.governor,
        "GovernorInvalidProposalLength",
      );
    });
  });
});

describe("ProposalRules.allowTarget", () => {
  it("is the administrator's", async () => {
    const s = await given(governed);
    await join(s, s.dave);
    await expect(s.rules.connect(s.dave).allowTarget(lib.ZeroAddress, true))
      .to.be.revertedWithCustomError(s.rules, "AccessManagedUnauthorized")
      .withArgs(s.dave.address);
    expect(await s.rules.isAllowed(s.core)).to.equal(true);
    expect(await s.rules.isAllowed(s.liquid)).to.equal(true);
    expect(await s.rules.isAllowed(s.governor)).to.equal(true);
    expect(await s.rules.isAllowed(s.dave)).to.equal(false);
  });
});
