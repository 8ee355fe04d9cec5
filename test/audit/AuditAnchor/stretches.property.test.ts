import { expect } from "chai";
import { ethers as lib } from "ethers";
import { dice } from "../../fixtures/dice.ts";
import { deployed, given } from "../../fixtures/system.ts";

describe("AuditAnchor, whatever it is asked to anchor", () => {
  it("holds one trail without gap or overlap, of which nothing ever changes", async () => {
    const seed = Number(process.env.SEED ?? 20_260_726);
    console.log(`      seed ${seed}`);
    const roll = dice(seed);
    const s = await given(deployed);
    const kept: { first: number; last: number; root: string; head: string }[] = [];
    for (let turn = 0; turn < 150; turn++) {
      const next = (kept.at(-1)?.last ?? 0) + 1;
      // Mostly right or just beside it: that is where a mistake would be.
      const first = Math.max(0, next + roll(5) - 2);
      const last = Math.max(0, first + roll(6) - 2);
      const [root, head] = [lib.id(`root ${turn}`), lib.id(`head ${turn}`)];
      const act = s.anchor.anchor(first, last, root, head);
      if (first !== next) {
        await expect(act).to.be.revertedWithCustomError(s.anchor, "AuditAnchor_NotNext").withArgs(first, next);
      } else if (last < first) {
        await expect(act).to.be.revertedWithCustomError(s.anchor, "AuditAnchor_Backwards").withArgs(first, last);
      } else {
        await act;
        kept.push({ first, last, root, head });
      }
      const told = (await s.anchor.anchors(0, lib.MaxUint256)).map((one) => ({
        ...{ first: Number(one.firstSeq), last: Number(one.lastSeq), root: one.root, head: one.head },
      }));
      expect(told, `turn ${turn}`).to.deep.equal(kept);
      expect(await s.anchor.lastSeq()).to.equal(kept.at(-1)?.last ?? 0);
    }
    expect(kept.length).to.be.greaterThan(10);
  });
});
