import { codeSizes, crowded, operations } from "./measure.ts";
import { budgets, type GasRecord } from "./table.ts";

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Measures everything anew. */
export async function measure(): Promise<GasRecord> {
  const figures = Object.entries(await operations()).map(([name, gas]) => {
    const budget = budgets[name];
    return [name, budget === undefined ? { gas } : { gas, budget, ratio: round(gas / budget, 2) }] as const;
  });
  const crowd = Object.entries(await crowded()).map(
    ([name, { one, thousand }]) => [name, { one, thousand, ratio: round(thousand / one, 3) }] as const,
  );
  return {
    operations: Object.fromEntries(figures),
    crowd: Object.fromEntries(crowd),
    bytes: await codeSizes(),
  };
}
