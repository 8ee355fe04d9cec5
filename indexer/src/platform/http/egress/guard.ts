import { lookup } from "node:dns/promises";
import { request as ask } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { connect as secure } from "node:tls";
import { CodedError } from "../../errors.ts";
import { isPublic, isRefusal, type Refusal, readNodeTarget, readWebTarget, type Target } from "./rules.ts";

/** For everything: looking up, connecting, asking and the whole answer. */
const PATIENCE_MS = 15_000;
const MOST_BYTES = 65_536;

export type EgressProblem = "ADDRESS_REFUSED" | "UNREACHABLE" | "TOO_SLOW" | "ANSWER_TOO_LARGE" | "ANSWER_BROKEN";

/** A call that came to nothing. Its message tells no more than its code: what a stranger's server said is nobody's here. */
export class EgressError extends CodedError {
  declare readonly code: EgressProblem;
  constructor(code: EgressProblem) {
    super(code, code);
  }
}

/** Addresses of a name, in the order in which they are tried. */
export type Resolve = (name: string) => Promise<string[]>;

const byThisMachine: Resolve = async (name) =>
  (await lookup(name, { all: true, order: "ipv4first" })).map(({ address }) => address);

/** What is told of an answer; its body is read to its end and told to nobody. */
export interface Answered {
  status: number;
  /** As it came: seconds, or a date. */
  retryAfter: string | undefined;
}

export interface EgressSettings {
  resolve?: Resolve;
  /** Loopback origins that a test opens; empty but under APP_ENV=test. */
  loopback?: readonly string[];
  patienceMs?: number;
}

/**
 * The one door by which this service calls an address that somebody else named. A name is looked up once; if one of its
 * addresses is not public, none is called; what was looked at is what is connected to. No redirect is followed.
 */
export class Egress {
  readonly #resolve: Resolve;
  readonly #loopback: readonly string[];
  readonly #patienceMs: number;

  constructor({ resolve = byThisMachine, loopback = [], patienceMs = PATIENCE_MS }: EgressSettings = {}) {
    this.#resolve = resolve;
    this.#loopback = loopback;
    this.#patienceMs = patienceMs;
  }

  /** Why an address is not taken from whoever names it; undefined if it may be called. Names are not looked up yet. */
  objection(kind: "web" | "node", text: string): Refusal | undefined {
    const read = this.#read(kind, text);
    return isRefusal(read) ? read : undefined;
  }

  /** Posts to an address of the web. @throws {EgressError} */
  post(url: string, headers: Record<string, string>, body: string): Promise<Answered> {
    return this.#call("web", url, (socket, target) => answerOf(socket, target, headers, body));
  }

  /** Sends a line to a node. @returns the line that it answers with @throws {EgressError} */
  exchange(endpoint: string, line: string): Promise<string> {
    return this.#call("node", endpoint, (socket) => {
      socket.write(`${line}\n`);
      return lineOf(socket);
    });
  }

  async #call<T>(kind: "web" | "node", text: string, talk: (socket: Socket, target: Target) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(this.#patienceMs);
    const target = this.#read(kind, text);
    if (isRefusal(target)) throw new EgressError("ADDRESS_REFUSED");
    try {
      const addresses = await Promise.race([this.#addressesOf(target), ended(signal)]);
      const socket = await firstOf(addresses, target, signal);
      return await talk(socket, target).finally(() => socket.destroy());
    } catch (error) {
      throw problemOf(error, signal);
    }
  }

  #read(kind: "web" | "node", text: string): Target | Refusal {
    return (kind === "web" ? readWebTarget : readNodeTarget)(text, this.#loopback);
  }

  async #addressesOf({ host, isTest }: Target): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    const addresses = await this.#resolve(host);
    // One that is not public beside others that are is how a name changes its mind between two looks.
    if (!isTest && !addresses.every(isPublic)) throw new EgressError("ADDRESS_REFUSED");
    return addresses;
  }
}

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

/** What went wrong, as a code of ours. */
function problemOf(error: unknown, signal: AbortSignal): EgressError {
  // What the end of our patience broke looks broken.
  if (signal.aborted) return new EgressError("TOO_SLOW");
  return error instanceof EgressError ? error : new EgressError("UNREACHABLE");
}

/** Connects to the first address that takes the connection. */
async function firstOf(addresses: string[], target: Target, signal: AbortSignal): Promise<Socket> {
  for (const address of addresses) {
    const socket = await reach(address, target, signal).catch(() => undefined);
    if (socket) return socket;
  }
  throw signal.reason ?? new EgressError("UNREACHABLE");
}

/** Connects to an address that was looked at; the name serves to check the certificate, and is not looked up again. */
function reach(address: string, { protocol, host, port }: Target, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const plain = connect({ host: address, port, signal });
    plain.on("error", reject);
    plain.once("connect", () => {
      if (protocol === "http:" || protocol === "tcp:") return resolve(plain);
      const name = host.replace(/\.$/, "");
      const safe = secure({ socket: plain, host: name, ...(isIP(name) === 0 && { servername: name }) });
      safe.on("error", reject);
      safe.once("close", () => reject(new EgressError("UNREACHABLE")));
      safe.once("secureConnect", () => resolve(safe));
    });
  });
}

const hostOf = ({ protocol, host, port }: Target): string => {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === (protocol === "https:" ? 443 : 80) ? name : `${name}:${port}`;
};

function answerOf(socket: Socket, target: Target, headers: Record<string, string>, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const full = {
      ...headers,
      host: hostOf(target),
      "content-length": String(Buffer.byteLength(body)),
      connection: "close",
    };
    const asked = ask({ createConnection: () => socket, method: "POST", path: target.path, headers: full });
    asked.once("error", reject);
    asked.once("response", (response) => {
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) reject(new EgressError("ANSWER_TOO_LARGE"));
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] }),
      );
    });
    asked.end(body);
  });
}

function lineOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      const end = chunk.indexOf(10);
      if (size > MOST_BYTES) return reject(new EgressError("ANSWER_TOO_LARGE"));
      if (end >= 0) resolve(Buffer.concat(chunks).toString("utf8").split("\n", 1)[0] ?? "");
    });
    socket.once("close", () => reject(new EgressError("ANSWER_BROKEN")));
  });
}
