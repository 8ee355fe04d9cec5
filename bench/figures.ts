import { cpus, totalmem } from "node:os";

/** How long something took, in milliseconds: how often, how fast, and for the slowest hundredth. */
export interface Figures {
  count: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  failed: number;
}

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

/** @param durations In milliseconds, in any order. */
function figuresOf(durations: number[], seconds: number, failed: number): Figures {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (part: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 2);
  return { count: sorted.length, perSecond: rounded(sorted.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99), failed };
}

/**
 * Does `one` again and again for so many seconds, so many at once.
 * @param one Rejects for a failure, which is counted and not timed.
 */
export async function measure(
  seconds: number,
  connections: number,
  one: (n: number) => Promise<void>,
): Promise<Figures> {
  const durations: number[] = [];
  let [asked, failed] = [0, 0];
  const end = performance.now() + seconds * 1_000;
  const began = performance.now();
  const worker = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      try {
        await one(asked++);
        durations.push(performance.now() - started);
      } catch {
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return figuresOf(durations, (performance.now() - began) / 1_000, failed);
}

/** What the figures were measured on. */
export const machine = () => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? "unknown",
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});
