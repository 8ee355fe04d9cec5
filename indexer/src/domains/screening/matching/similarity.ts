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

/** Letters of a text, counted: a to z one by one, all others together. */
export function lettersOf(text: string): Uint16Array {
  const counts = new Uint16Array(27);
  for (const letter of text) {
    const at = letter.charCodeAt(0) - 97;
    const slot = at >= 0 && at < 26 ? at : 26;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

interface Counted {
  letters: Uint16Array;
  length: number;
}

/** What `jaroWinkler` is at most, by the letters that two texts share: spares nearly all comparisons of a long list. */
export function likenessBound(a: Counted, b: Counted): number {
  if (a.length === 0 || b.length === 0) return 1;
  let shared = 0;
  for (let i = 0; i < 27; i++) shared += Math.min(a.letters[i] ?? 0, b.letters[i] ?? 0);
  const most = (shared / a.length + shared / b.length + 1) / 3;
  return most + PREFIX_MOST * PREFIX_WEIGHT * (1 - most);
}
