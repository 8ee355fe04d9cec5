import { expect } from "chai";
import { accused, atDeadline, doubleSign, proposed, reported, STATEMENT, State } from "../../fixtures/double-sign.ts";
import { given } from "../../fixtures/system.ts";

async function opened() {
  const s = await accused();
  const caseId = await reported(s, await doubleSign(s, s.key));
  return { ...s, caseId };
}

describe("SlashingManager.appeal", () => {
  it("is open to the owner until the last second of the window", async () => {
    const s = await given(opened);
    await atDeadline(s, s.caseId, "appealBy", -1);
    await expect(s.slashing.connect(s.alice).appeal(s.caseId, STATEMENT))
      .to.emit(s.slashing, "CaseAppealed")
      .withArgs(s.caseId, STATEMENT, s.alice);
    expect(await s.slashing.stateOf(s.caseId)).to.equal(State.Appealed);
  });

  it("is open to the operator", async () => {
    const s = await given(opened);
    await s.members.connect(s.alice).setOperator(s.carol);
    await expect(s.slashing.connect(s.carol).appeal(s.caseId, STATEMENT))
      .to.emit(s.slashing, "CaseAppealed")
      .withArgs(s.caseId, STATEMENT, s.carol);
  });

  it("closes one second after", async () => {
    const s = await given(opened);
    const { appealBy } = await s.slashing.deadlinesOf(s.caseId);
    await atDeadline(s, s.caseId, "appealBy");
    await expect(s.slashing.connect(s.alice).appeal(s.caseId, STATEMENT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowClosed")
      .withArgs(s.caseId, appealBy);
  });

  it("refuses anybody else", async () => {
    const s = await given(opened);
    await expect(s.slashing.connect(s.bob).appeal(s.caseId, STATEMENT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotAccused")
      .withArgs(s.caseId, s.bob);
  });

  it("refuses a second appeal, and cases that do not exist", async () => {
    const s = await given(opened);
    await s.slashing.connect(s.alice).appeal(s.caseId, STATEMENT);
    await expect(s.slashing.connect(s.alice).appeal(s.caseId, STATEMENT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
      .withArgs(s.caseId, State.Appealed);
    await expect(s.slashing.connect(s.alice).appeal(77, STATEMENT))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchCase")
      .withArgs(77);
  });

  it("is open to the accused of an argued case", async () => {
    const s = await given(accused);
    const caseId = await proposed(s);
    await s.slashing.connect(s.alice).appeal(caseId, STATEMENT);
    expect(await s.slashing.stateOf(caseId)).to.equal(State.Appealed);
  });
});
