// npm run indexer -- <command>
import { type Env, EnvInvalid, readEnv } from "./env.ts";
import { run } from "./main.ts";
import { migrate } from "./platform/db/migrate.ts";
import { openPool } from "./platform/db/pool.ts";
import { clearChain, digest } from "./platform/db/tables.ts";

const help = `npm run indexer -- <command>

  run       start the roles named in ROLES (default: sync, api and worker)
  migrate   bring the database to the newest schema
  replay    empty chain.* so that the next run tells it again from the chain
  digest    print a digest of each chain.* table as JSON; equal chains give equal digests`;

async function withPool<T>(env: Env, work: (pool: ReturnType<typeof openPool>) => Promise<T>): Promise<T> {
  await migrate(env.databaseDirectUrl);
  const pool = openPool(env.databaseDirectUrl, { max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

const commands: Record<string, (env: Env) => Promise<unknown>> = {
  run,
  migrate: async (env) => console.log(JSON.stringify({ applied: await migrate(env.databaseDirectUrl) })),
  replay: async (env) => {
    await withPool(env, clearChain);
    console.log("chain.* is empty; start the indexer to tell it again");
  },
  digest: async (env) => console.log(JSON.stringify(await withPool(env, digest), null, 2)),
};

const name = process.argv[2] ?? "run";
const command = commands[name];
if (!command || name === "--help") {
  console.log(help);
  process.exit(name === "--help" ? 0 : 1);
}
try {
  await command(readEnv());
  process.exit(0);
} catch (error) {
  const code = (error as { code?: string }).code ?? "UNEXPECTED";
  console.error(
    error instanceof EnvInvalid ? error.message : `${code}: ${error instanceof Error ? error.message : error}`,
  );
  process.exit(1);
}
