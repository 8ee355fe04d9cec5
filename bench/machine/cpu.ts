import { readdirSync, readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat behind the name, which may hold blanks. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return undefined;
  }
}

/** CPU time of another process and its children, those that have ended among them, in milliseconds; 0 where there is no /proc. */
export function cpuMsOf(pid: number): number {
  const field = (stat: string[], n: number) => Number(stat[n] ?? 0);
  let pids: string[] = [];
  try {
    pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {}
  let ticks = 0;
  for (const one of pids) {
    const stat = statOf(one);
    if (!stat) continue;
    if (Number(one) === pid) ticks += field(stat, 11) + field(stat, 12) + field(stat, 13) + field(stat, 14);
    else if (field(stat, 1) === pid) ticks += field(stat, 11) + field(stat, 12);
  }
  return ticks * TICK_MS;
}

/** CPU time of this process alone, in milliseconds. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Reads the CPU time of whatever takes part, by its name. */
export type Watched = Record<string, () => number>;

/** CPU milliseconds that each of `watched` spends on one act of `work`. */
export async function spending<T extends { count: number }>(
  watched: Watched,
  work: () => Promise<T>,
): Promise<T & { cpuMsEach: Record<string, number> }> {
  const before = Object.entries(watched).map(([name, read]) => ({ name, read, from: read() }));
  const figures = await work();
  const spent = before.map(({ name, read, from }) => {
    return [name, Number(((read() - from) / Math.max(1, figures.count)).toFixed(3))];
  });
  return { ...figures, cpuMsEach: Object.fromEntries(spent) as Record<string, number> };
}
