import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  cookies: string[];
  body: string;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

interface Found {
  body: string;
  /** Where it ends. */
  to: number;
}

const ofLength = (read: Buffer, from: number, length: number): Found | undefined =>
  read.length < from + length ? undefined : { body: read.toString("utf8", from, from + length), to: from + length };

/** A body whose parts say how long they are; undefined before the last has come. */
function inChunks(read: Buffer, from: number): Found | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const end = read.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const length = Number.parseInt(read.toString("latin1", at, end), 16);
    const to = end + 2 + length + 2;
    if (read.length < to) return undefined;
    if (length === 0) return { body: Buffer.concat(parts).toString(), to };
    parts.push(read.subarray(end + 2, end + 2 + length));
    at = to;
  }
}

/**
 * A kept connection that asks one thing at a time, by HTTP/1.1 and no more of it than our API and its peers speak: answers of a
 * known length, or in chunks. The load must cost little where it shares its cores with what it measures.
 */
class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #read: Buffer = Buffer.alloc(0);
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  constructor({ hostname, port, host }: URL) {
    this.#host = host;
    this.#socket = connect(Number(port), hostname).setNoDelay(true);
    this.#socket.on("data", (part: Buffer) => this.#take(part));
    const fail = (error = new Error("the connection ended")) => this.#waiting?.reject(error);
    this.#socket.on("error", fail).on("close", () => fail());
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  ask(method: string, path: string, headers: Record<string, string>, body = ""): Promise<Answer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = method === "POST" ? `content-length: ${Buffer.byteLength(body)}\r\n` : "";
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${lines.join("")}${length}\r\n${body}`);
    });
  }

  #take(part: Buffer): void {
    this.#read = this.#read.length === 0 ? part : Buffer.concat([this.#read, part]);
    const end = this.#read.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = this.#read.toString("latin1", 0, end);
    const from = end + END_OF_HEAD.length;
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    const found = length ? ofLength(this.#read, from, Number(length[1])) : inChunks(this.#read, from);
    if (!found) return;
    const { body, to } = found;
    this.#read = this.#read.subarray(to);
    const cookies = [...head.matchAll(/\r\nset-cookie: ([^\r]*)/gi)].map(([, cookie]) => cookie ?? "");
    this.#waiting?.resolve({ status: Number(head.slice(9, 12)), cookies, body });
  }
}

/** Connections that are kept, to each server as many as ask it at once. */
export class Connections {
  readonly #free = new Map<string, Connection[]>();

  async ask(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const target = new URL(url);
    const free = this.#free.get(target.host) ?? [];
    this.#free.set(target.host, free);
    let connection = free.pop();
    while (connection && !connection.isOpen) connection = free.pop();
    connection ??= new Connection(target);
    const answer = await connection.ask(method, target.pathname + target.search, headers, body);
    free.push(connection);
    return answer;
  }
}
