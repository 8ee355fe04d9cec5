import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { writeReport } from "../../src/platform/db/mirror/state.ts";
import { startTestApi } from "./api.ts";
import { startTestChain } from "./chain.ts";
import { freshDatabase } from "./database.ts";
import { catchUp, engine } from "./engine.ts";
import { sequence, traffic } from "./traffic.ts";

/** A dApp's build: a page, a hashed asset, a hidden file, and something beside it. */
function buildOf(): string {
  const dist = mkdtempSync(join(tmpdir(), "tburn-dist-"));
  mkdirSync(join(dist, "assets"));
  writeFileSync(join(dist, "index.html"), "<!doctype html>dApp");
  writeFileSync(join(dist, "assets/app-0123abcd.js"), "1");
  writeFileSync(join(dist, ".secret"), "no");
  writeFileSync(join(dist, "..", "tburn-outside.txt"), "no");
  return dist;
}

/** A chain with a history, mirrored and served; `follow` brings the mirror to the chain's head. */
export async function startServed(server: string, seed: number) {
  const chain = await startTestChain(inject("world"));
  const random = sequence(seed);
  await traffic(chain, random, 60);
  const database = await freshDatabase(server);
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record, proof: "bloom" });
  await catchUp(sync);
  await writeReport(database.pool, { head: await chain.height(), problem: null, endpoints: [] });
  const dist = buildOf();
  const WEB_CONFIG = JSON.stringify({ rpcUrls: ["http://127.0.0.1:8545"], demo: { url: "http://127.0.0.1:9000/x" } });
  const api = await startTestApi(chain, database.url, { WEB_DIST: dist, WEB_CONFIG });
  return {
    chain,
    database,
    api,
    random,
    follow: () => catchUp(sync),
    stop: async () => {
      await api.stop();
      await database.drop();
      await chain.stop();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}

export type Served = Awaited<ReturnType<typeof startServed>>;
