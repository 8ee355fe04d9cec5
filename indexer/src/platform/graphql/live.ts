import pg from "pg";

/** Wakes subscribers after each commit, whichever process made it. */
export class Live {
  readonly #url: string;
  readonly #listeners = new Set<(block: number) => void>();
  #client: pg.Client | undefined;
  #stopped = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Listens; a lost connection is made again. */
  async start(): Promise<void> {
    if (this.#stopped) return;
    const client = new pg.Client({ connectionString: this.#url, application_name: "tburn-live" });
    this.#client = client;
    client.on("notification", ({ payload }) => {
      for (const listener of this.#listeners) listener(Number(payload));
    });
    client.on("error", () => void setTimeout(() => void this.start().catch(() => undefined), 1_000));
    await client.connect();
    await client.query("listen tburn_block");
  }

  /** Numbers of newly indexed blocks, until the consumer leaves. Blocks that come together are told as the last. */
  async *blocks(): AsyncGenerator<number> {
    let latest: number | undefined;
    let wake: () => void = () => undefined;
    const listener = (block: number) => {
      latest = block;
      wake();
    };
    this.#listeners.add(listener);
    try {
      while (!this.#stopped) {
        if (latest === undefined) await new Promise<void>((resolve) => (wake = resolve));
        const block = latest;
        latest = undefined;
        if (block !== undefined) yield block;
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const listener of this.#listeners) listener(Number.NaN);
    await this.#client?.end().catch(() => undefined);
  }
}
