import { expect } from "chai";
import fc from "fast-check";
import { accused } from "../../fixtures/double-sign.ts";
import { given, networkHelpers } from "../../fixtures/system.ts";

const seconds = fc.integer({ min: 1, max: 300 });
const step = fc.oneof(
  fc.record({ evidenceMaxAge: seconds, appeal: seconds, decision: seconds, execution: seconds }),
  fc.record({ unbonding: fc.integer({ min: 300, max: 1_200 }) }),
  fc.record({ wait: fc.integer({ min: 1, max: 1_200 }) }),
);

describe("SlashingManager and StakingCore", () => {
  it("keep a case shorter than the unbonding after any sequence of setters (protocol §8.12)", async () => {
    const s = await given(accused);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
        for (const one of steps) {
          if ("wait" in one) await networkHelpers.time.increase(one.wait);
          else if ("unbonding" in one) await s.core.setUnbonding(one.unbonding).catch(() => undefined);
          else await s.slashing.setWindows(one).catch(() => undefined);
          await networkHelpers.mine();
          expect(await s.slashing.longestSeconds()).to.be.at.most(await s.core.shortestUnbonding());
          const w = await s.slashing.windows();
          const now = await s.core.windows();
          expect(w.evidenceMaxAge + w.appeal + w.decision + w.execution).to.be.at.most(now.unbonding);
        }
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});
