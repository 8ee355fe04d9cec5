// Writes indexer/schema.sql, the database that the migrations make, as its catalog tells it. `--check` only compares.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresDir, startPostgres } from "../../scripts/local/postgres.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { migrate } from "../src/platform/db/migrate.ts";
import { openPool } from "../src/platform/db/pool.ts";
import { describeSchema } from "./describe.ts";
import { type DistributionBreach, lintDistribution } from "./distribution.ts";

const path = join(import.meta.dirname, "../schema.sql");
const dir = mkdtempSync(join(tmpdir(), "tburn-schema-"));
const server = await startPostgres({ dir, port: await freePort(31_200), fast: true });
let text: string;
let breaches: DistributionBreach[];
try {
  await migrate(server.url);
  const pool = openPool(server.url, { max: 1 });
  text = await describeSchema(pool);
  breaches = await lintDistribution(pool);
  await pool.end();
} finally {
  await server.stop();
  for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
}

for (const { rule, object, message } of breaches) console.error(`${object}: ${message} (${rule})`);
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error("stale: indexer/schema.sql; run npm run build");
  process.exitCode = 1;
}
if (breaches.length > 0) process.exitCode = 1;
