import { expect } from "chai";
import { given, tburn, WAD } from "../fixtures/system.ts";
import { acts, type Choice } from "./acts.ts";
import { Amount } from "./amount.ts";
import { Fraction } from "./fraction.ts";
import { Model } from "./model.ts";
import { prepared, World } from "./world.ts";

const plain: Choice = {
  who: 0,
  where: 0,
  amount: tburn(1_000) + 1n,
  eighths: 8n,
  target: (WAD * 9n) / 10n - 1n,
  isRelative: false,
  retainedBps: 500n,
  ago: 0,
  seconds: 10,
};
type Step = [kind: keyof typeof acts, choice?: Partial<Choice>];

/** Runs `steps` one second apart against a model of the given kind. */
async function play(kind: typeof Model, steps: Step[]): Promise<void> {
  const world = await World.begin(await given(prepared), kind);
  for (const [name, choice] of steps) {
    world.model.clock.now += 1;
    await acts[name]?.run(world, { ...plain, ...choice });
    await world.compare();
  }
}

const story: Step[] = [
  ["delegate"],
  ["delegate", { who: 1, where: 1 }],
  ["credit", { amount: tburn(100) }],
  ["slash"],
  ["slash", { target: (WAD * 8n) / 10n }],
  ["redelegate", { where: 2 }],
  ["slash", { target: WAD / 2n, ago: 1 }],
  ["undelegate", { who: 0 }],
  ["claim", { edge: -1 }],
  ["claim", { edge: 0 }],
];

class RoundsUp extends Model {
  override left(tokens: bigint, target: bigint, keep: bigint): bigint {
    const exact = tokens * target;
    return exact / keep + (exact % keep === 0n ? 0n : 1n);
  }
}

class Multiplies extends Model {
  override ratio(target: bigint): Fraction {
    return new Fraction(target, WAD);
  }
}

class ForgetsLiens extends Model {
  override owed(): Amount {
    return Amount.zero;
  }
}

class LetsGoEarly extends Model {
  override maturity(...what: Parameters<Model["maturity"]>): number {
    return super.maturity(...what) - 1;
  }
}

class CreditsUnitMore extends Model {
  override credit(validator: bigint, amount: bigint, commissionBps: bigint): void {
    super.credit(validator, amount + 10n, commissionBps);
  }
}

class SparesExits extends Model {
  override reached(...what: Parameters<Model["reached"]>) {
    return super.reached(...what).filter(({ day }) => day === undefined);
  }
}

class PaysUnitMore extends Model {
  override depositOwn(validator: bigint, tokens: bigint): void {
    super.depositOwn(validator, tokens + 1n);
  }
}

describe("A wrong model", () => {
  it("is told from the right one, which agrees with the whole story", () => play(Model, story));

  const wrong: [what: string, kind: typeof Model, complaint: RegExp][] = [
    ["rounds a slash the other way", RoundsUp, /^slash: burned/],
    ["multiplies faults of one jail period", Multiplies, /own stake of 1/],
    ["forgets what a redelegation owes", ForgetsLiens, /owed by lien/],
    ["lets exits go a second early", LetsGoEarly, /NotMature/],
    ["credits ten units too many", CreditsUnitMore, /rewards of/],
    ["spares exits of the day of the fault", SparesExits, /slash: burned|fraction, day/],
    ["counts a unit of own stake too many", PaysUnitMore, /own stake of/],
  ];
  for (const [what, kind, complaint] of wrong) {
    it(`is caught when it ${what}`, async () => {
      const error = await play(kind, story).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect((error as Error | undefined)?.message).to.match(complaint);
    });
  }
});
