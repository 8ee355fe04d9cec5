import { expect } from "chai";
import fc from "fast-check";
import { given } from "../fixtures/system.ts";
import { acts, type Choice, dust, refusalOf, sizes } from "./acts.ts";
import { modelEnv } from "./env.ts";
import { WAD } from "./model.ts";
import { prepared, World } from "./world.ts";

const { seed, acts: wanted } = modelEnv();
/** Acts of one sequence at most; half of them on average. */
const LONGEST = 120;

const weights = {
  delegate: 9,
  undelegate: 5,
  redelegate: 7,
  claim: 6,
  settleLien: 6,
  slash: 6,
  credit: 8,
  claimRewards: 3,
  compound: 3,
  claimCommission: 3,
  depositOwn: 2,
  exitOwn: 2,
  jail: 2,
  unjail: 6,
  pause: 1,
};
const kinds = Object.entries(weights).flatMap(([kind, times]) => Array.from({ length: times }, () => kind));
const between = (min: number, max: number) => fc.integer({ min, max });

const targets = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: (WAD * 90n) / 100n, max: WAD - 1n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: WAD / 3n, max: WAD - 1n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 10n ** 9n - 1n, 10n ** 9n, 10n ** 9n + 1n, WAD / 2n, WAD - 1n) },
);

const choices: fc.Arbitrary<Choice> = fc.record({
  who: fc.nat(1_000),
  where: fc.nat(1_000),
  amount: fc.oneof(fc.constantFrom(...dust), fc.constantFrom(...sizes), fc.bigInt({ min: 1n, max: 10n ** 23n })),
  eighths: fc.constantFrom(1n, 3n, 7n, 8n, 8n, 8n),
  target: targets,
  isRelative: fc.boolean(),
  retainedBps: fc.constantFrom(0n, 1n, 500n, 3_000n),
  ago: fc.oneof(between(0, 30), between(-100, 800)),
  seconds: between(1, 200),
  edge: fc.constantFrom(undefined, -1, 0, 0, 1, 60),
});
const steps = fc.record({
  kind: fc.constantFrom(...kinds),
  choice: choices,
  wait: fc.oneof(
    { weight: 12, arbitrary: between(1, 20) },
    { weight: 4, arbitrary: between(1, 400) },
    { weight: 1, arbitrary: fc.constantFrom(700, 31 * 86_400) },
  ),
});

describe("Contracts and exact fractions", () => {
  it(`agree after every act (TBURN_SEED=${seed}, ${wanted} acts)`, async function () {
    this.timeout(Math.max(120_000, wanted * 2_000));
    const done: Record<string, number> = {};
    const refused: Record<string, number> = {};
    let widest = 0n;
    const sequences = fc.asyncProperty(
      fc.array(steps, { maxLength: LONGEST, minLength: 1, size: "max" }),
      async (all) => {
        const world = await World.begin(await given(prepared));
        for (const { kind, choice, wait } of all) {
          const act = acts[kind as keyof typeof acts];
          if (!act) throw new Error(`no act ${kind}`);
          world.model.clock.now += wait;
          try {
            if (await act.run(world, choice)) done[kind] = (done[kind] ?? 0) + 1;
          } catch (error) {
            const refusal = refusalOf(error);
            if (refusal === undefined || !act.refusals.test(refusal)) throw error;
            refused[refusal] = (refused[refusal] ?? 0) + 1;
          }
          await world.compare();
          if (world.widest > widest) widest = world.widest;
        }
      },
    );
    await fc.assert(sequences, {
      seed,
      numRuns: Math.ceil(wanted / (LONGEST / 2)),
      interruptAfterTimeLimit: Math.max(100_000, wanted * 1_500),
      markInterruptAsFailure: true,
    });
    console.log(`      ${JSON.stringify({ seed, widest: String(widest), done, refused })}`);
    if (wanted >= 600) for (const kind of Object.keys(weights)) expect(done[kind], kind).to.be.greaterThan(0);
  });
});
