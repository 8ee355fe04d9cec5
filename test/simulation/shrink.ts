import { perform } from "./run.ts";
import type { Schedule } from "./schedule.ts";
import type { Stage } from "./stage.ts";

/** The schedule with these acts alone. */
export const keeping = (schedule: Schedule, kept: number[]): Schedule => ({
  ...schedule,
  acts: kept.flatMap((i) => schedule.acts[i] ?? []),
});

/**
 * Leaves out acts while the schedule still fails: halves first, then ever smaller parts.
 * @param runs How often it may be tried.
 * @returns numbers of the acts that are left.
 */
export async function shrink(schedule: Schedule, stage: Stage, runs: number): Promise<number[]> {
  let kept = schedule.acts.map((_, i) => i);
  let left = runs;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && left > 0; left--) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      const { problem } = await perform(keeping(schedule, fewer), stage);
      if (problem === undefined) from += size;
      else kept = fewer;
    }
  }
  return kept;
}
