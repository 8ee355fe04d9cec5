import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type People, startPeople } from "../people.ts";
import { crowd, invented } from "./screened.ts";

const cli = join(import.meta.dirname, "../../../src/cli.ts");
const folder = mkdtempSync(join(tmpdir(), "tburn-command-"));
let people: People;
beforeAll(async () => {
  people = await startPeople();
  people.chain.writeRecord(join(folder, "deployment.json"));
});
afterAll(async () => {
  await people?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a real process. */
function screening(...args: string[]): Promise<{ code: number; output: string; said: string }> {
  const env = {
    ...{ DATABASE_URL: people.database.url, RPC_URL: people.chain.url, CHAIN_ID: String(people.chain.record.chainId) },
    ...{ ...people.settings, DEPLOYMENT_FILE: join(folder, "deployment.json") },
  };
  return new Promise((resolve) => {
    const done = (error: { code?: unknown } | null, output: string, said: string) =>
      resolve({ code: error ? Number(error.code) : 0, output, said });
    execFile(process.execPath, [cli, "screening", ...args], { env }, done);
  });
}
function file(name: string, people: number): string {
  const path = join(folder, name);
  writeFileSync(path, invented(crowd(people)));
  return path;
}

describe("the command line", () => {
  it("loads a list, shows it, and leaves it in force when another file is held or refused", async () => {
    const loaded = await screening("load", "--list", "ofac-sdn", "--file", file("first.json", 50));
    expect([loaded.code, JSON.parse(loaded.output)]).toMatchObject([0, { outcome: "in_force", entries: 50 }]);

    const held = await screening("load", "--list", "ofac-sdn", "--file", file("second.json", 20));
    expect([held.code, held.said]).toEqual([1, expect.stringContaining("LIST_SHRUNK")]);
    const broken = file("third.json", 60);
    writeFileSync(broken, "cut");
    const refused = await screening("load", "--list", "ofac-sdn", "--file", broken);
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/^LIST_(BROKEN|TRUNCATED): /)]);

    const status = await screening("status");
    expect(JSON.parse(status.output)).toMatchObject([{ list: "ofac-sdn", entries: 50, format: "ftm-json" }]);
  });

  it("says how it is used", async () => {
    const { code, output } = await screening("--help");
    expect([code, output]).toEqual([0, expect.stringContaining("screening load --list NAME --file FILE")]);
    expect((await screening("load", "--list", "UPPER")).said).toMatch(/^COMMAND_INVALID: --list/);
  });
});
