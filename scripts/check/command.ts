import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import type { Breach } from "./rule.ts";

/** Runs a tool below `root` with this Node and the project's binaries in front. */
export function run(root: string, file: string, args: string[], cwd = root): Promise<{ code: number; output: string }> {
  const path = [dirname(process.execPath), join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, PATH: path, NO_COLOR: "1", FORCE_COLOR: "0" },
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a tool and turns each line of a refusal that `wanted` accepts into a breach, at most 40. */
export async function complaints(
  root: string,
  file: string,
  args: string[],
  wanted = /\S/,
  cwd = root,
): Promise<Breach[]> {
  const { code, output } = await run(root, file, args, cwd);
  if (code === 0) return [];
  const lines = output.split("\n").filter((line) => wanted.test(line));
  const shown = (lines.length > 0 ? lines : output.split("\n").filter((line) => line.trim() !== "")).slice(0, 40);
  return (shown.length > 0 ? shown : [`ended with ${code}`]).map((message) => ({ file, message: message.trimEnd() }));
}
