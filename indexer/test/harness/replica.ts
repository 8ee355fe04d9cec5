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

/** A real streaming replica of a test's primary. */
class TestReplica {
  readonly #programs: Awaited<ReturnType<typeof binaries>>;
  readonly #dir: string;
  readonly #ports: TestPorts;
  readonly #user = servant();
  readonly data: string;
  #child: ChildProcess | undefined;

  constructor(dir: string, ports: TestPorts, programs: Awaited<ReturnType<typeof binaries>>) {
    this.#dir = dir;
    this.#ports = ports;
    this.#programs = programs;
    this.data = postgresDir(join(dir, "replica"));
  }

  get url(): string {
    return `postgresql://tburn:tburn@127.0.0.1:${this.#ports.replica}/tburn`;
  }

  /** Makes it of what the primary has now, and starts it. @param from The primary's data. */
  async make(primaryUrl: string, from: string): Promise<void> {
    mkdirSync(this.data, { recursive: true });
    await copyData(primaryUrl, from, this.data);
    writeFileSync(join(this.data, "standby.signal"), "");
    const conninfo = `host=127.0.0.1 port=${this.#ports.primary} user=tburn password=tburn application_name=replica`;
    writeFileSync(join(this.data, "postgresql.auto.conf"), `primary_conninfo = '${conninfo}'\n`);
    giveTo(this.#user, this.data);
    await this.start();
  }

  async start(): Promise<void> {
    const log = join(this.#dir, "replica.log");
    const output = openSync(log, "a");
    const quick = ["fsync=off", "wal_retrieve_retry_interval=50ms"];
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", ...quick];
    const flags = ["-D", this.data, "-p", String(this.#ports.replica), ...settings.flatMap((one) => ["-c", one])];
    const options = { ...this.#user, cwd: this.data, stdio: ["ignore" as const, output, output] };
    this.#child = spawn(this.#programs.postgres, flags, options);
    const answers = () =>
      asked(this.url, "select 1").then(
        () => true,
        () => false,
      );
    await until(() => `the replica:\n${readFileSync(log, "utf8").slice(-2_000)}`, answers);
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
    rmSync(join(this.data, "postmaster.pid"), { force: true });
  }
}

interface TestPorts {
  primary: number;
  replica: number;
}

/** A primary of a test's own with a real streaming replica of all of it. */
export async function startPair() {
  const dir = mkdtempSync(join(tmpdir(), "tburn-pair-"));
  const ports = {
    primary: await freePort(32_100 + (process.pid % 400)),
    replica: await freePort(32_600 + (process.pid % 300)),
  };
  const primary = await startPostgres({ dir: join(dir, "primary"), port: ports.primary, fast: true });
  await asked(primary.url, "alter system set wal_keep_size = '512MB'");
  await asked(primary.url, "select pg_reload_conf()");
  const replica = new TestReplica(dir, ports, await binaries());
  const from = postgresDir(join(dir, "primary"));
  return {
    url: primary.url,
    /** Address of the replica's copy of a database. */
    copyOf: (url: string): string => {
      const address = new URL(url);
      address.port = String(ports.replica);
      return address.href;
    },
    /** Makes the replica of what the primary has now, and starts it. */
    replicate: () => replica.make(primary.url, from),
    pause: () => asked(replica.url, "select pg_wal_replay_pause()"),
    resume: () => asked(replica.url, "select pg_wal_replay_resume()"),
    promote: () => asked(replica.url, "select pg_promote()"),
    /** Waits until the replica has all that the primary has written by now. */
    caughtUp: async () => {
      const [now] = await asked<{ lsn: string }>(primary.url, "select pg_current_wal_insert_lsn()::text as lsn");
      const query = `select pg_last_wal_replay_lsn() >= '${now?.lsn}' as has`;
      await until("the replica's replay", async () => (await asked<{ has: boolean }>(replica.url, query))[0]?.has);
    },
    kill: () => replica.kill(),
    restart: () => replica.start(),
    stop: async () => {
      await replica.kill("SIGINT");
      await primary.stop();
      for (const path of [replica.data, from, dir]) rmSync(path, { recursive: true, force: true });
    },
  };
}

export type Pair = Awaited<ReturnType<typeof startPair>>;
