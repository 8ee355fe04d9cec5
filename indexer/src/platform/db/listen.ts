import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Commit } from "./checkpoint.ts";
import { MEMBER_CHANNEL } from "./outbox.ts";

const RETRY_MS = 1_000;
const PROBE_MS = 5_000;

/** Somebody who hears what changes of members. */
export interface MemberHearer {
  /** Something of this member changed. */
  hear(memberId: string): void;
  /** The connection was lost and is back: anything may have been missed. */
  missed(): void;
}

/**
 * Hears each commit of the follower, whichever process made it.
 * @param url Direct connection: a transaction pooler delivers nothing.
 */
export class Listener {
  readonly #url: string;
  readonly #hear: (commit: Commit) => void;
  readonly #members: MemberHearer | undefined;
  #client: pg.Client | undefined;
  #stopped = false;
  #probed: (() => void) | undefined;
  /** Whether a notification of its own has come back: the connection really delivers. */
  isHearing = false;

  /** @param members Hears what changes of members, where anybody wants to know. */
  constructor(url: string, hear: (commit: Commit) => void, members?: MemberHearer) {
    this.#url = url;
    this.#hear = hear;
    this.#members = members;
  }

  /** Listens; a lost connection is made again. @throws if the first attempt fails. */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: "tburn-listen", keepAlive: true });
    this.#client = client;
    client.on("notification", ({ channel, payload }) => this.#take(channel, payload ?? ""));
    client.on("error", () => undefined);
    client.once("end", () => {
      this.isHearing = false;
      if (!this.#stopped) void this.#again();
    });
    await client.connect();
    await client.query("listen tburn_block");
    if (this.#members) await client.query(`listen ${MEMBER_CHANNEL}`);
    await client.query("listen tburn_probe");
    const came = new Promise<void>((resolve) => (this.#probed = resolve));
    await client.query("select pg_notify('tburn_probe', '')");
    const slow = new AbortController();
    await Promise.race([came, pause(PROBE_MS, undefined, { signal: slow.signal }).then(() => this.#deaf())]);
    slow.abort();
    this.isHearing = true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end().catch(() => undefined);
  }

  #take(channel: string, payload: string): void {
    if (channel === "tburn_probe") this.#probed?.();
    else if (channel === MEMBER_CHANNEL) this.#members?.hear(payload);
    else this.#hear(JSON.parse(payload) as Commit);
  }

  async #again(): Promise<void> {
    while (!this.#stopped) {
      await pause(RETRY_MS);
      try {
        await this.start();
        return this.#members?.missed();
      } catch {
        // The server is still away.
      }
    }
  }

  #deaf(): never {
    throw new Error("notifications do not come back; DATABASE_DIRECT_URL must not lead through a transaction pooler");
  }
}
