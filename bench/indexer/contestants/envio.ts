import { execFile } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import type { Contestant } from "./contestant.ts";
import { layOut, type PeerSettings } from "./peer.ts";
import { bareEnvironment } from "./ponder.ts";

/** Its project's configuration: YAML, of which JSON is a part. */
function configOf({ abis, addresses, chainId, first, head, range, rpcUrl }: PeerSettings): string {
  const signature = ({ name, inputs }: PeerSettings["abis"][string][number]) =>
    `${name}(${inputs.map((input) => `${input.type}${input.indexed ? " indexed" : ""} ${input.name}`).join(", ")})`;
  const contracts = Object.entries(abis).map(([name, items]) => ({
    name,
    handler: "src/handlers.js",
    events: items.map((item) => ({ event: signature(item) })),
  }));
  const rpc = { url: rpcUrl, for: "sync", initial_block_interval: range, interval_ceiling: range };
  const deployed = Object.entries(addresses).map(([name, address]) => ({ name, address }));
  const chain = { id: chainId, start_block: first, end_block: head, rpc: [rpc], contracts: deployed };
  const settings = { name: "bench", address_format: "lowercase", rollback_on_reorg: true };
  return JSON.stringify({ ...settings, contracts, chains: [chain] }, null, 2);
}

export const envio: Contestant = {
  name: "envio",
  says: "Envio HyperIndex 3.0.0-alpha.21, source RPC, without Hasura",
  prepare: async (ground) => {
    const { folder, settings } = await layOut("envio", ground, console.error);
    writeFileSync(join(folder, "config.yaml"), configOf(settings));
    const program = join(folder, "node_modules/.bin/envio");
    // Its own pnpm comes first: without one it would install one for the whole machine.
    const path = `${join(folder, "node_modules/.bin")}:${bareEnvironment.PATH}`;
    const inherited = { cwd: folder, env: { ...bareEnvironment, PATH: path } };
    await promisify(execFile)(program, ["codegen"], { ...inherited, maxBuffer: 2 ** 26 });
    const link = join(folder, "node_modules/generated");
    if (!existsSync(link)) symlinkSync(join(folder, "generated"), link);
    const { hostname, port, username, password, pathname } = new URL(settings.databaseUrl);
    const env = {
      ...inherited.env,
      TUI_OFF: "true",
      ENVIO_HASURA: "false",
      ENVIO_PG_HOST: hostname,
      ENVIO_PG_PORT: port,
      ENVIO_PG_USER: username,
      ENVIO_PG_PASSWORD: password,
      ENVIO_PG_DATABASE: pathname.slice(1),
      ENVIO_PG_SSL_MODE: "false",
      ENVIO_INDEXER_PORT: String(await freePort(37_000)),
    };
    return { file: program, args: ["start"], cwd: folder, env };
  },
  isDone: async (sql, { chain }) => {
    const { rows } = await sql.query<{ progress_block: number }>("select progress_block from public.envio_chains");
    return (rows[0]?.progress_block ?? -1) >= chain.head;
  },
  // Its entities begin with a capital.
  table: (name) => `public."${name.charAt(0).toUpperCase()}${name.slice(1)}"`,
};
