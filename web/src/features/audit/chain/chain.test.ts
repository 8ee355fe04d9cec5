import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesToHex } from "viem";
import { describe, expect, it } from "vitest";
import type { Entry, Proof } from "../trail.ts";
import told from "../trail-of-three.json" with { type: "json" };
import { type Bytes, bytes, rootOf } from "../verify.ts";
import type { Anchor } from "./anchors.ts";
import { compareRange } from "./compare.ts";
import { judgeProof, leadsTo } from "./inclusion.ts";

const { entries, roots } = told as { entries: Entry[]; roots: { roots: { root: string; head: string }[] } };
const other = `0x${"11".repeat(32)}`;
const hashAt = (n: number) => bytes(entries[n - 1]?.hash ?? "0x");
const anchorOf = (firstSeq: number, lastSeq: number): Anchor => ({
  ...{ firstSeq, lastSeq, blockNumber: 70 + firstSeq, anchoredAt: 1_800_000_000 },
  root: bytesToHex(rootOf(Array.from({ length: lastSeq - firstSeq + 1 }, (_, i) => hashAt(firstSeq + i)))),
  head: bytesToHex(hashAt(lastSeq)),
});
const readFrom = (list: Entry[]) => async (from: number, first: number) =>
  list.filter(({ seq }) => seq >= from).slice(0, first);
const against = (anchors: Anchor[], list = entries, range = { from: 1, to: 3 }) =>
  compareRange({ block: 99, anchors }, readFrom(list), range);
const states = async (...args: Parameters<typeof against>) =>
  (await against(...args)).stretches.map(({ state, badSeq }) => [state, badSeq]);

describe("a range that the browser holds against the chain", () => {
  it("is what the server's own code rooted", () => {
    expect(anchorOf(1, 3)).toMatchObject(
      roots.roots[0] ? { root: roots.roots[0].root, head: roots.roots[0].head } : {},
    );
  });

  it("is fine where every stretch comes to its root, and names the block", async () => {
    const { block, stretches, unanchoredFrom } = await against([anchorOf(1, 2), anchorOf(3, 3)]);
    expect(stretches.map(({ state, recomputed, anchor }) => [state, recomputed === anchor.root])).toEqual([
      ["fine", true],
      ["fine", true],
    ]);
    expect([block, unanchoredFrom]).toEqual([99, null]);
  });

  it("asks for no more than the stretches that it touches", async () => {
    const asked: number[] = [];
    const read = async (from: number, first: number) => {
      asked.push(from);
      return readFrom(entries)(from, first);
    };
    const anchors = [anchorOf(1, 2), anchorOf(3, 3)];
    const { stretches } = await compareRange({ block: 99, anchors }, read, { from: 3, to: 3 });
    expect([stretches.map(({ state }) => state), asked]).toEqual([["fine"], [3]]);
  });

  it("is not anchored yet where the chain carries nothing of it", async () => {
    expect(await against([])).toEqual({ block: 99, stretches: [], unanchoredFrom: 1, areMore: true });
    expect(await against([anchorOf(1, 2)])).toMatchObject({ unanchoredFrom: 3, areMore: true });
    expect(await against([anchorOf(1, 3)], entries, { from: 1, to: 9 })).toMatchObject({
      ...{ unanchoredFrom: 4, areMore: false },
    });
  });

  it("differs where the chain carries another root or another head", async () => {
    expect(await states([{ ...anchorOf(1, 3), root: other }])).toEqual([["differs", 1]]);
    expect(await states([{ ...anchorOf(1, 3), head: other }])).toEqual([["differs", 1]]);
  });

  it("names the entry that was changed or removed within a stretch", async () => {
    const changed = entries.map((entry) => (entry.seq === 2 ? { ...entry, opening: other } : entry));
    expect(await states([anchorOf(1, 3)], changed)).toEqual([["broken", 2]]);
    const removed = entries.filter(({ seq }) => seq !== 2);
    expect(await states([anchorOf(1, 3)], removed)).toEqual([["broken", 2]]);
  });

  it("misses a tail that was cut off", async () => {
    expect(await states([anchorOf(1, 3)], entries.slice(0, 2))).toEqual([["missing", 3]]);
  });

  it("goes on from the seal that the chain carries, and not from the server's word", async () => {
    const anchors = [{ ...anchorOf(1, 2), head: other }, anchorOf(3, 3)];
    expect(await states(anchors, entries, { from: 3, to: 3 })).toEqual([["broken", 3]]);
  });
});

describe("an inclusion proof", () => {
  const file = join(import.meta.dirname, "../../../../../deployments/audit-proofs.json");
  const vectors = JSON.parse(readFileSync(file, "utf8")) as {
    size: number;
    root: string;
    proofs: { index: number; hash: string; siblings: string[] }[];
  }[];
  const paths = vectors.flatMap(({ size, root, proofs }) => proofs.map((proof) => ({ size, root, ...proof })));

  it.each(paths)("leads from hash $index of $size to the root, as the server's own does", (one) => {
    const [root, hash, path] = [bytes(one.root), bytes(one.hash), one.siblings.map(bytes)];
    expect(leadsTo(root, hash, one.index, one.size, path)).toBe(true);
    expect(leadsTo(bytes(other), hash, one.index, one.size, path)).toBe(false);
    expect(leadsTo(root, bytes(other), one.index, one.size, path)).toBe(false);
    expect(leadsTo(root, hash, one.index, one.size, [...path, bytes(other)])).toBe(false);
    expect(leadsTo(root, hash, one.size, one.size, path)).toBe(false);
    if (path.length > 0) expect(leadsTo(root, hash, one.index, one.size, path.slice(1))).toBe(false);
  });

  /** Of entry 2 under a root over two. */
  const proof: Proof = {
    ...{ seq: 2, leaf: entries[1]?.leaf ?? "", previous: entries[0]?.hash ?? "", hash: entries[1]?.hash ?? "" },
    siblings: [bytesToHex(rootOf([hashAt(1)] as Bytes[]))],
    root: { ...anchorOf(1, 2), madeAt: "", signature: "0x", anchor: null },
  };
  const judged = (change: Partial<Proof>, anchors: Anchor[]) =>
    judgeProof({ ...proof, ...change }, { block: 99, anchors }).state;

  it.each([
    ["fine", {}, [anchorOf(1, 2)]],
    ["unanchored", {}, []],
    ["unrooted", { root: null, siblings: [] }, []],
    ["differs", { root: null, siblings: [] }, [anchorOf(1, 2)]],
    ["differs", {}, [{ ...anchorOf(1, 2), root: other }]],
    ["differs", {}, [anchorOf(1, 3)]],
    ["unproven", { leaf: other }, [anchorOf(1, 2)]],
    ["unproven", { siblings: [other] }, [anchorOf(1, 2)]],
  ] as [string, Partial<Proof>, Anchor[]][])("is %s", (state, change, anchors) => {
    expect(judged(change, anchors)).toBe(state);
  });
});
