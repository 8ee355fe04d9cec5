import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

interface Pair {
  client: Socket;
  server: Socket;
  /** Whether it holds the writer's lock, as its first message says. */
  isLock: boolean;
}

/** Counts whole messages of PostgreSQL's protocol in a stream of bytes. */
class Messages {
  #rest = Buffer.alloc(0);
  /** The first message of a client has no type. */
  #isFirst: boolean;

  constructor(isClient: boolean) {
    this.#isFirst = isClient;
  }

  /** Ends of the messages that these bytes complete, as offsets into them. */
  ends(bytes: Buffer): number[] {
    const held = this.#rest.length;
    const all = Buffer.concat([this.#rest, bytes]);
    const found: number[] = [];
    let at = 0;
    for (;;) {
      const prefix = this.#isFirst ? 0 : 1;
      if (all.length < at + prefix + 4) break;
      const end = at + prefix + all.readUInt32BE(at + prefix);
      if (end > all.length) break;
      this.#isFirst = false;
      at = end;
      found.push(end - held);
    }
    this.#rest = all.subarray(at);
    return found;
  }
}

export type Direction = "asked" | "answered";

/** The only way of one process to PostgreSQL; closing it is what the database sees when a process dies. */
export class Gate {
  readonly #server: Server;
  readonly #target: URL;
  readonly #pairs = new Set<Pair>();
  #cut: { direction: Direction; left: number; then: () => void } | undefined;
  #isClosed = false;

  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => this.#join(client));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    const url = new URL(this.#target);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Lets so many more messages of the working connections pass in one direction, and then calls `then`. */
  after(left: number, direction: Direction, then: () => void): void {
    this.#cut = { left, direction, then };
  }

  /** Breaks connections that are open. */
  cut(which: "all" | "lock" = "all"): void {
    for (const pair of this.#pairs) {
      if (which === "lock" && !pair.isLock) continue;
      pair.client.destroy();
      pair.server.destroy();
      this.#pairs.delete(pair);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.cut();
    this.#server.close();
  }

  #join(client: Socket): void {
    if (this.#isClosed) return void client.destroy();
    const server = connect(Number(this.#target.port), this.#target.hostname);
    const pair = { client, server, isLock: false };
    this.#pairs.add(pair);
    const end = () => {
      client.destroy();
      server.destroy();
      this.#pairs.delete(pair);
    };
    for (const socket of [client, server]) socket.setNoDelay(true).on("error", end).on("close", end);
    const [asked, answered] = [new Messages(true), new Messages(false)];
    client.once("data", (bytes: Buffer) => {
      pair.isLock = bytes.includes("tburn-writer");
    });
    client.on("data", (bytes: Buffer) => this.#pass(bytes, asked, "asked", pair, server));
    server.on("data", (bytes: Buffer) => this.#pass(bytes, answered, "answered", pair, client));
  }

  #pass(bytes: Buffer, messages: Messages, direction: Direction, pair: Pair, to: Socket): void {
    const ends = messages.ends(bytes);
    const cut = this.#cut;
    if (!cut || cut.direction !== direction || pair.isLock) return void to.write(bytes);
    if (ends.length < cut.left) {
      cut.left -= ends.length;
      return void to.write(bytes);
    }
    this.#cut = undefined;
    // What was let through arrives before the connection breaks.
    to.write(bytes.subarray(0, ends[cut.left - 1] ?? bytes.length), () => cut.then());
  }
}
