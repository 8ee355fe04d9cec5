/** How far apart two equal letters may stand and still count as the same one. */
const reach = (a: number, b: number) => Math.max(0, Math.floor(Math.max(a, b) / 2) - 1);

/** Letters of `a` that stand in `b` within reach, in the order of `a`; and those of `b`, in its own. */
function matches(a: string[], b: string[]): [string[], string[]] {
  const taken = new Set<number>();
  const near = reach(a.length, b.length);
  const inA = a.filter((letter, i) => {
    for (let at = Math.max(0, i - near); at <= Math.min(b.length - 1, i + near); at++) {
      if (taken.has(at) || b[at] !== letter) continue;
      taken.add(at);
      return true;
    }
    return false;
  });
  return [inA, b.filter((_, at) => taken.has(at))];
}

function jaro(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const [inA, inB] = matches(a, b);
  if (inA.length === 0) return 0;
  const moved = inA.filter((letter, i) => letter !== inB[i]).length / 2;
  return (inA.length / a.length + inA.length / b.length + (inA.length - moved) / inA.length) / 3;
}

/** Weight of a common beginning, and how long one counts (Winkler 1990). */
const PREFIX_WEIGHT = 0.1;
const PREFIX_MOST = 4;

/**
 * Likeness of two texts by Jaro and Winkler, 0 to 1; 1 for equal ones alone. The longer text goes first, so that the order
 * of the arguments does not matter.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [[...one], [...other]].sort((x, y) => y.length - x.length || (x.join("") < y.join("") ? -1 : 1)) as [
    string[],
    string[],
  ];
  const likeness = jaro(a, b);
  const differs = b.findIndex((letter, i) => letter !== a[i]);
  const prefix = Math.min(PREFIX_MOST, differs === -1 ? b.length : differs);
  return Math.min(likeness + prefix * PREFIX_WEIGHT * (1 - likeness), 0.9999);
}

/** What `jaroWinkler` is at most, by lengths alone: spares most comparisons of a long list. */
export function likenessBound(a: number, b: number): number {
  const [short, long] = a < b ? [a, b] : [b, a];
  if (long === 0) return 1;
  const most = (short / long + 2) / 3;
  return most + PREFIX_MOST * PREFIX_WEIGHT * (1 - most);
}
