import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { binaries, postgresDir, servant, startPostgres } from "../../../scripts/local/postgres.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { until } from "./until.ts";

/** What belongs to the running server and not to its data. */
const LEFT_BEHIND = new Set(["postmaster.pid", "postmaster.opts", "pg_wal"]);

async function asked<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // It may be killed while it is asked.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Copies a running server's data, as a base backup does: the embedded package has no pg_basebackup. */
async function copyData(url: string, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select pg_backup_start('replica', fast => true)");
  cpSync(from, to, { recursive: true, filter: (path) => !LEFT_BEHIND.has(basename(path)) });
  const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
  await client.end();
  writeFileSync(join(to, "backup_label"), rows[0]?.labelfile ?? "");
  mkdirSync(join(to, "pg_wal"));
}

function giveTo(user: { uid?: number; gid?: number }, data: string): void {
  chmodSync(data, 0o700);
  if (user.uid === undefined) return;
  for (const path of ["", ...(readdirSync(data, { recursive: true }) as string[])]) {
    chownSync(join(data, path), user.uid, user.gid ?? user.uid);
  }
}

/** A primary of a test's own with a real streaming replica of all of it. */
export async function startPair() {
  const dir = mkdtempSync(join(tmpdir(), "tburn-pair-"));
  const [port, replicaPort] = [
    await freePort(32_100 + (process.pid % 400)),
    await freePort(32_600 + (process.pid % 300)),
  ];
  const primary = await startPostgres({ dir: join(dir, "primary"), port, fast: true });
  await asked(primary.url, "alter system set wal_keep_size = '512MB'");
  await asked(primary.url, "select pg_reload_conf()");
  const data = postgresDir(join(dir, "replica"));
  const user = servant();
  const programs = await binaries();
  const replicaUrl = new URL(primary.url);
  replicaUrl.port = String(replicaPort);
  let child: ChildProcess | undefined;

  function run(): void {
    const output = openSync(join(dir, "replica.log"), "a");
    const settings = [
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
      "fsync=off",
      "wal_retrieve_retry_interval=50ms",
    ];
    const flags = settings.flatMap((setting) => ["-c", setting]);
    const stdio = ["ignore", output, output] as const;
    child = spawn(programs.postgres, ["-D", data, "-p", String(replicaPort), ...flags], {
      ...user,
      cwd: data,
      stdio: [...stdio],
    });
  }
  const answers = () =>
    asked(replicaUrl.href, "select 1").then(
      () => true,
      () => false,
    );
  const started = () =>
    until(() => `the replica:\n${readFileSync(join(dir, "replica.log"), "utf8").slice(-2_000)}`, answers);

  return {
    url: primary.url,
    /** Address of the replica's copy of a database. */
    copyOf: (url: string): string => {
      const address = new URL(url);
      address.port = String(replicaPort);
      return address.href;
    },
    /** Makes the replica of what the primary has now, and starts it. */
    replicate: async () => {
      mkdirSync(data, { recursive: true });
      await copyData(primary.url, postgresDir(join(dir, "primary")), data);
      writeFileSync(join(data, "standby.signal"), "");
      const conninfo = `host=127.0.0.1 port=${port} user=tburn password=tburn application_name=replica`;
      writeFileSync(join(data, "postgresql.auto.conf"), `primary_conninfo = '${conninfo}'\n`);
      giveTo(user, data);
      run();
      await started();
    },
    pause: () => asked(replicaUrl.href, "select pg_wal_replay_pause()"),
    resume: () => asked(replicaUrl.href, "select pg_wal_replay_resume()"),
    promote: () => asked(replicaUrl.href, "select pg_promote()"),
    /** Waits until the replica has all that the primary has written by now. */
    caughtUp: async () => {
      const [now] = await asked<{ lsn: string }>(primary.url, "select pg_current_wal_insert_lsn()::text as lsn");
      await until("the replica's replay", async () => {
        const [row] = await asked<{ has: boolean }>(
          replicaUrl.href,
          `select pg_last_wal_replay_lsn() >= '${now?.lsn}' as has`,
        );
        return row?.has;
      });
    },
    kill: async () => {
      const ended = new Promise((resolve) => child?.once("exit", resolve));
      child?.kill("SIGKILL");
      await ended;
    },
    restart: async () => {
      rmSync(join(data, "postmaster.pid"), { force: true });
      run();
      await started();
    },
    stop: async () => {
      child?.kill("SIGINT");
      await primary.stop();
      for (const path of [data, postgresDir(join(dir, "primary")), dir]) rmSync(path, { recursive: true, force: true });
    },
  };
}

export type Pair = Awaited<ReturnType<typeof startPair>>;
