import { describe, expect, it } from "vitest";
import type { Entry, Root, Roots } from "./trail.ts";
import told from "./trail-of-three.json" with { type: "json" };
import { Check } from "./verify.ts";

/** Three entries and a root, as the server's own code made them under a known seed. */
const { entries, roots } = told as { entries: Entry[]; roots: Roots };

async function found(of: Entry[] = entries, against: Roots = roots) {
  const check = new Check();
  await check.take(of);
  return check.against(against);
}
const withEntry = (seq: number, change: Partial<Entry>) =>
  entries.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry));
const withRoot = (change: Partial<Root>): Roots => ({
  ...roots,
  roots: roots.roots.map((root) => ({ ...root, ...change })),
});
const other = `0x${"11".repeat(32)}`;
const fine = { checked: 3, firstBad: null, badRoots: [], roots: 1, unrooted: 0 };

describe("a trail that the browser recomputes", () => {
  it("holds as the server wrote it", async () => {
    expect(await found()).toEqual(fine);
  });

  it("holds with entries after its last root", async () => {
    expect(await found(entries, { ...roots, roots: [] })).toEqual({ ...fine, roots: 0, unrooted: 3 });
  });

  it.each([
    ["changed", withEntry(2, { body: { ...entries[1]?.body, action: "other.act" } as NonNullable<Entry["body"]> })],
    ["changed", withEntry(2, { opening: other })],
    ["broken", withEntry(2, { hash: other })],
    ["gone", withEntry(2, { leaf: null })],
    ["missing", entries.filter(({ seq }) => seq !== 2)],
  ])("is %s at its second entry, and says nothing of a root beyond it", async (problem, of) => {
    expect(await found(of)).toEqual({ ...fine, checked: 1, firstBad: { seq: 2, problem } });
  });

  it.each([
    ["root", withRoot({ root: other })],
    ["head", withRoot({ head: other })],
    ["signature", withRoot({ signature: `0x${"11".repeat(64)}` })],
    ["beginning", withRoot({ firstSeq: 2 })],
  ])("has a root that does not fit when its %s is another", async (_part, against) => {
    expect(await found(entries, against)).toEqual({ ...fine, badRoots: [3] });
  });

  it("misses a tail that was cut off", async () => {
    expect(await found(entries.slice(0, 2))).toEqual({ ...fine, checked: 2, badRoots: [3], unrooted: -1 });
  });
});
