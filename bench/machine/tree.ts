import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;
const PAGE_BYTES = 4_096;

interface One {
  parent: number;
  /** Of itself, and of its children that have ended. */
  cpuMs: number;
  residentBytes: number;
}

function look(pid: string): One | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(stat[at] ?? 0), 0);
    return { parent: Number(stat[1]), cpuMs: ticks * TICK_MS, residentBytes: Number(stat[21]) * PAGE_BYTES };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** A process with all that it started, alive now: CPU time in milliseconds, memory in bytes. Linux alone tells. */
export function treeOf(pid: number): { cpuMs: number; residentBytes: number } {
  const all = new Map<number, One>();
  for (const name of readdirSync("/proc")) {
    const found = /^\d+$/.test(name) ? look(name) : undefined;
    if (found) all.set(Number(name), found);
  }
  const isBelow = (one: number): boolean => one === pid || (all.has(one) && isBelow(all.get(one)?.parent ?? 0));
  let [cpuMs, residentBytes] = [0, 0];
  for (const [id, one] of all) {
    if (id <= 1 || !isBelow(id)) continue;
    cpuMs += one.cpuMs;
    residentBytes += one.residentBytes;
  }
  return { cpuMs, residentBytes };
}
