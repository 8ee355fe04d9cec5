import { CodedError, FatalError } from "../errors.ts";
import { rpcCalls, rpcLies } from "../telemetry/metrics.ts";

export type Hex = `0x${string}`;

/** What one endpoint has done so far. */
export interface EndpointHealth {
  endpoint: string;
  calls: number;
  failures: number;
  /** Answers that contradicted the chain's own hashes and filters. */
  lies: number;
  lastError: string | null;
}

interface Endpoint extends EndpointHealth {
  url: string;
  restUntil: number;
  /** Whether it has said since its last failure that it serves the right chain. */
  isOfOurChain: boolean;
}

interface Reply {
  id: number;
  result?: unknown;
  error?: { code: number; message: string };
}

export type Call = [method: string, params: unknown[]];

const ATTEMPTS = 5;
const REST_MS = 2_000;
const LIE_REST_MS = 30_000;
const HOPELESS = new Set(["RPC_RANGE_TOO_LARGE", "RPC_METHOD_UNKNOWN"]);
/** Code of JSON-RPC for a method that a node does not know. */
const UNKNOWN_METHOD = -32_601;

/** An endpoint refused or failed; another one may answer. */
export class RpcError extends CodedError {}

/** An endpoint's answer contradicts the chain; names the block. */
export class RpcLie extends RpcError {}

/** Time as questions know it, in milliseconds; a simulation brings one of its own. */
export interface Pace {
  now(): number;
  pause(ms: number): Promise<void>;
  /** How long an endpoint may think. */
  timeoutMs: number;
}

const realPace: Pace = {
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 2 + Math.random() * ms)),
  timeoutMs: 15_000,
};

/** Several endpoints of one chain as one: batches, retries with jitter, and turns to the next when one fails or lies. */
export class Rpc {
  readonly #chainId: number;
  readonly #endpoints: Endpoint[];
  readonly #pace: Pace;
  #nextId = 1;
  /** Told of each failure, with the endpoint's name. */
  onTrouble: (endpoint: string, error: Error) => void = () => undefined;

  constructor(urls: string[], chainId: number, pace = realPace) {
    this.#chainId = chainId;
    this.#pace = pace;
    this.#endpoints = urls.map((url) => ({
      url,
      endpoint: new URL(url).host,
      calls: 0,
      failures: 0,
      lies: 0,
      lastError: null,
      restUntil: 0,
      isOfOurChain: false,
    }));
  }

  health(): EndpointHealth[] {
    return this.#endpoints.map(({ endpoint, calls, failures, lies, lastError }) => ({
      endpoint,
      calls,
      failures,
      lies,
      lastError,
    }));
  }

  /**
   * Asks each endpoint for its chain.
   * @throws {FatalError} `WRONG_CHAIN` naming each one that serves another chain.
   */
  async requireChain(): Promise<void> {
    const found = await Promise.all(this.#endpoints.map((one) => this.#chainOf(one).catch(() => undefined)));
    const wrong = this.#endpoints.flatMap(({ endpoint }, i) =>
      found[i] === undefined || found[i] === this.#chainId ? [] : [`${endpoint} serves chain ${found[i]}`],
    );
    if (wrong.length > 0) {
      throw new FatalError(
        "WRONG_CHAIN",
        `${wrong.join(", ")}, but the deployment is of chain ${this.#chainId}; correct RPC_URL or CHAIN_ID`,
      );
    }
  }

  /** Waits before it is asked again. */
  pause(ms: number): Promise<void> {
    return this.#pace.pause(ms);
  }

  /** Reports a lie that was found out after the answer, so that the next question goes elsewhere. */
  blame(endpoint: string, error: RpcError): void {
    const found = this.#endpoints.find((one) => one.endpoint === endpoint);
    if (found) this.#blame(found, error);
  }

  /**
   * Asks several questions at once, of one endpoint; `check` may reject what it answers.
   * @throws {RpcError} after the last attempt, with the last problem.
   */
  async ask<T>(
    calls: Call[],
    check: (results: unknown[], endpoint: string) => T,
  ): Promise<{ value: T; endpoint: string }> {
    let last: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const one = this.#pick(attempt);
      try {
        return { value: check(await this.#post(one, calls), one.endpoint), endpoint: one.endpoint };
      } catch (error) {
        last = error;
        this.#blame(one, error instanceof Error ? error : new Error(String(error)));
        // A range that is too large, or a method that is unknown, does not get better by asking again.
        if (error instanceof RpcError && HOPELESS.has(error.code)) throw error;
        await this.#pace.pause(Math.min(50 * 2 ** attempt, 1_000));
      }
    }
    throw last;
  }

  /** Asks each endpoint once. @returns what each said; no results of those that failed. */
  askEach(calls: Call[]): Promise<{ endpoint: string; results: unknown[] | undefined }[]> {
    return Promise.all(
      this.#endpoints.map(async (one) => {
        const results = await this.#post(one, calls).catch((error: Error) => this.#blame(one, error));
        return { endpoint: one.endpoint, results: results ?? undefined };
      }),
    );
  }

  #blame(one: Endpoint, error: Error): void {
    const isLie = error instanceof RpcLie;
    one.failures++;
    if (isLie) {
      one.lies++;
      rpcLies.inc({ endpoint: one.endpoint, code: error.code });
    } else {
      // Whoever answers there next may be another node.
      one.isOfOurChain = false;
    }
    one.lastError = error.message;
    one.restUntil = this.#pace.now() + (isLie ? LIE_REST_MS : REST_MS);
    this.onTrouble(one.endpoint, error);
  }

  /** The first rested endpoint, else each in its turn. */
  #pick(attempt: number): Endpoint {
    const rested = this.#endpoints.find(({ restUntil }) => restUntil <= this.#pace.now());
    const found = rested ?? this.#endpoints[attempt % this.#endpoints.length];
    if (!found) throw new FatalError("ENV_INVALID", "RPC_URL names no endpoint");
    return found;
  }

  async #chainOf(one: Endpoint): Promise<number> {
    const [reply] = await this.#send(one, [["eth_chainId", []]]);
    return Number(reply);
  }

  async #post(one: Endpoint, calls: Call[]): Promise<unknown[]> {
    if (!one.isOfOurChain) {
      const chainId = await this.#chainOf(one);
      if (chainId !== this.#chainId) {
        throw new RpcLie("RPC_WRONG_CHAIN", `${one.endpoint} serves chain ${chainId}, not ${this.#chainId}`);
      }
      one.isOfOurChain = true;
    }
    return this.#send(one, calls);
  }

  async #send(one: Endpoint, calls: Call[]): Promise<unknown[]> {
    one.calls += calls.length;
    try {
      const results = await this.#exchange(one, calls);
      for (const [method] of calls) rpcCalls.inc({ endpoint: one.endpoint, method, outcome: "ok" });
      return results;
    } catch (error) {
      for (const [method] of calls) rpcCalls.inc({ endpoint: one.endpoint, method, outcome: "failed" });
      throw error;
    }
  }

  async #exchange({ url, endpoint }: Endpoint, calls: Call[]): Promise<unknown[]> {
    const first = this.#nextId;
    this.#nextId += calls.length;
    const body = calls.map(([method, params], i) => ({ jsonrpc: "2.0", id: first + i, method, params }));
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body.length === 1 ? body[0] : body),
      signal: AbortSignal.timeout(this.#pace.timeoutMs),
    }).catch((error: Error) => {
      const why = error.cause instanceof Error ? error.cause.message : error.message;
      throw new RpcError("RPC_UNREACHABLE", `${endpoint}: ${why}`);
    });
    if (!response.ok) throw new RpcError("RPC_HTTP", `${endpoint} answered ${response.status}`);
    const parsed = (await response.json().catch(() => undefined)) as Reply | Reply[] | undefined;
    const replies = new Map([parsed ?? []].flat().map((reply) => [reply.id, reply]));
    return calls.map(([method], i) => {
      const reply = replies.get(first + i);
      if (reply && !reply.error && reply.result !== undefined) return reply.result;
      const why = reply?.error?.message ?? [parsed ?? []].flat()[0]?.error?.message ?? "no answer";
      const tooLarge = method === "eth_getLogs" && /range|limit|too many|more than|exceed|too large/i.test(why);
      const code = reply?.error?.code === UNKNOWN_METHOD ? "RPC_METHOD_UNKNOWN" : "RPC_FAILED";
      throw new RpcError(tooLarge ? "RPC_RANGE_TOO_LARGE" : code, `${endpoint} ${method}: ${why}`);
    });
  }
}
