import { execFileSync } from "node:child_process";

const PAUSE_MS = 50;
const PATIENCE_MS = 10_000;

/** Whether process `pid` runs `program` (a part of its command line); a number may have passed to somebody else. */
export function isRunning(pid: number, program: string): boolean {
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).includes(program);
  } catch {
    return false;
  }
}

/** Asks a process to end with `signal`, and makes it end if it does not within ten seconds. */
export async function endProcess(pid: number, program: string, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(pid, program)) return;
  process.kill(pid, signal);
  for (let waited = 0; isRunning(pid, program); waited += PAUSE_MS) {
    if (waited === PATIENCE_MS) process.kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
