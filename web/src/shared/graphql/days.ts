/** Base units as a number that can be drawn; drawings do not need all digits. */
export const drawable = (base: string) => Number(BigInt(base) / 10n ** 12n) / 1e6;

/** Fills days without a change: a level goes on, a flow is nothing. */
export function everyDay<Day extends { day: number }>(
  days: Day[],
  last: number,
  gap: (before: Day, day: number) => Day,
): Day[] {
  const filled: Day[] = [];
  for (const one of days) {
    for (let before = filled.at(-1); before && before.day + 1 < one.day; before = filled.at(-1))
      filled.push(gap(before, before.day + 1));
    filled.push(one);
  }
  for (let before = filled.at(-1); before && before.day < last; before = filled.at(-1))
    filled.push(gap(before, before.day + 1));
  return filled;
}
