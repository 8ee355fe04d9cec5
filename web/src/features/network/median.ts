/**
 * Median of the seconds between blocks that follow each other: a long pause or a jump of a clock does not move it.
 * @param times Unix seconds of the blocks, in either order.
 * @returns undefined for fewer than two blocks.
 */
export function medianInterval(times: readonly number[]): number | undefined {
  const ordered = times.toSorted((a, b) => a - b);
  const intervals = ordered.slice(1).map((time, index) => time - (ordered[index] ?? time));
  const sorted = intervals.sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
