import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import type { Contestant } from "./contestant.ts";
import { layOut } from "./peer.ts";

/** What a peer's process needs to find of this machine; registries and their keys are none of it. */
export const bareEnvironment = { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: "/tmp" };

export const ponder: Contestant = {
  name: "ponder",
  says: "Ponder 0.17.7 with @ponder/utils 0.2.18, node over RPC, nothing cached",
  prepare: async (ground) => {
    const { folder } = await layOut("ponder", ground, console.error);
    rmSync(join(folder, ".ponder"), { recursive: true, force: true });
    const port = await freePort(36_000);
    const options = ["start", "--schema", "public", "--port", String(port), "--log-format", "json"];
    return {
      file: process.execPath,
      args: [join(folder, "node_modules/ponder/dist/esm/bin/ponder.js"), ...options],
      cwd: folder,
      env: { ...bareEnvironment, NODE_ENV: "production", PONDER_TELEMETRY_DISABLED: "true" },
    };
  },
  // Set once all rows stand, and the indexes with them.
  isDone: async (sql) => {
    const { rows } = await sql.query<{ ready: boolean }>(
      `select (value->>'is_ready')::int = 1 as ready from public._ponder_meta where key = 'app'`,
    );
    return rows[0]?.ready === true;
  },
  table: (name) => `public.${name}`,
};
