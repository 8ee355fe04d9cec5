// What row-level security costs: one read by key in a loop, by an asker and by nobody. npm run bench -- walls
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asVisitor, letIn } from "../../indexer/src/platform/access/scope.ts";
import { migrate } from "../../indexer/src/platform/db/migrate.ts";
import { openPool, transaction } from "../../indexer/src/platform/db/pool.ts";
import { asRole, postgresDir, startPostgres } from "../../scripts/local/postgres.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";

const TIMES = 3_000;
const MEMBERS = 10_000;
const read = "select sealed from app.member_personal where member_id = $1";

const dir = mkdtempSync(join(tmpdir(), "tburn-walls-"));
const server = await startPostgres({ dir, port: await freePort(34_300), fast: true });
try {
  await migrate(server.url);
  const [owner, app] = [openPool(server.url, { max: 1 }), openPool(asRole(server.url, "tburn_app"), { max: 1 })];
  await owner.query(
    `insert into app.member_personal (member_id, field, sealed, updated_at)
     select gen_random_uuid(), 'email', decode(md5(n::text), 'hex'), now() from generate_series(1, ${MEMBERS}) n`,
  );
  const memberId = randomUUID();
  const timed = async (name: string, work: () => Promise<unknown>) => {
    for (let n = 0; n < 200; n++) await work();
    const before = performance.now();
    for (let n = 0; n < TIMES; n++) await work();
    console.log(`${name}: ${(((performance.now() - before) / TIMES) * 1_000).toFixed(0)} µs`);
  };
  await timed("a read by the owner, past the walls", () => owner.query(read, [memberId]));
  await timed("a read by nobody in particular", () => app.query(read, [memberId]));
  await asVisitor(async () => {
    letIn({ memberId, levels: new Set(), roles: new Set() });
    await timed("a read by a member", () => app.query(read, [memberId]));
    await timed("four reads by a member in one transaction", () =>
      transaction(app, async (sql) => {
        for (let n = 0; n < 4; n++) await sql.query(read, [memberId]);
      }),
    );
  });
  await timed("four reads by the owner in one transaction", () =>
    transaction(owner, async (sql) => {
      for (let n = 0; n < 4; n++) await sql.query(read, [memberId]);
    }),
  );
  await Promise.all([owner.end(), app.end()]);
} finally {
  await server.stop();
  for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
}
