import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { layOut } from "../../indexer/contestants/peer.ts";
import { bareEnvironment, ponder } from "../../indexer/contestants/ponder.ts";
import type { Yard } from "../ground.ts";
import { Running } from "../servers/running.ts";
import { Watch } from "./clock.ts";
import type { Live } from "./live.ts";
import { POSITION } from "./miner.ts";
import { Rows } from "./rows.ts";

const api = join(import.meta.dirname, "peers/ponder/api.ts");

const HEADERS_MS = 2_000;

/**
 * Hears of each change of a row by Ponder's live queries: events of the server, each with the row.
 * @param isNews Whether these shares are those of the block that is waited for: an event may come late.
 * @returns what ends it; undefined while Ponder offers no live queries yet
 */
function hear(url: string, heard: Watch, isNews: (shares: bigint) => boolean): Promise<(() => void) | undefined> {
  const sql = `select shares from positions where position_id = ${POSITION}`;
  const query = encodeURIComponent(JSON.stringify({ json: { sql, params: [] } }));
  return new Promise((resolve) => {
    const asked = request(`${url}/sql/live?sql=${query}`, (response) => {
      response.on("error", () => undefined);
      if (response.statusCode !== 200) {
        response.resume();
        return resolve(undefined);
      }
      response.on("data", (part: Buffer) => {
        const found = /"rows":[^}\]]*?(\d{18,})/.exec(String(part))?.[1];
        if (found !== undefined && isNews(BigInt(found))) heard.note();
      });
      resolve(() => void asked.destroy());
    });
    asked.on("error", () => resolve(undefined));
    // The headers of a stream that has nothing to tell yet may wait for its first event.
    asked.setTimeout(HEADERS_MS, () => resolve(() => void asked.destroy()));
    asked.end();
  });
}

/** Ponder, following the chain. @param isPolling Without a WebSocket: asks as often as by default. */
export async function startPonder(yard: Yard, isPolling: boolean): Promise<Live> {
  const name = isPolling ? "ponder_polling" : "ponder";
  const ground = yard.groundOf(name);
  const { folder } = await layOut("ponder", ground, console.error, true);
  cpSync(api, join(folder, "src/api/index.ts"));
  rmSync(join(folder, ".ponder"), { recursive: true, force: true });
  if (isPolling) {
    const path = join(folder, "bench.json");
    const { wsUrl: _, ...settings } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify(settings));
  }
  const port = await freePort(24_600);
  const options = ["start", "--schema", "public", "--port", String(port), "--log-format", "json"];
  const start = {
    file: process.execPath,
    args: [join(folder, "node_modules/ponder/dist/esm/bin/ponder.js"), ...options],
    cwd: folder,
    env: { ...bareEnvironment, NODE_ENV: "production", PONDER_TELEMETRY_DISABLED: "true" },
  };
  const running = new Running(name, start, ground.folder);
  const sql = await yard.connect(name);
  await running.until("its last row", async () => (await ponder.isDone?.(sql, ground)) === true);
  await sql.end();
  const url = `http://127.0.0.1:${port}`;
  await running.until("its API", async () => (await fetch(`${url}/ready`)).ok);
  const rows = await Rows.of(yard.serverUrl, ground.databaseName, "public.positions");
  const heard = new Watch();
  let hush: (() => void) | undefined;
  await running.until("its live queries", async () => {
    hush = await hear(url, heard, (shares) => rows.isNews(shares));
    return hush !== undefined;
  });
  return {
    name: name.replace("_", "-"),
    says: isPolling ? "asks the node, as often as by default" : "hears new heads over WebSocket",
    ...{ row: rows.committed, heard, page: undefined },
    next: () => rows.next(),
    stop: async () => {
      hush?.();
      await rows.close();
      await running.stop();
    },
  };
}
