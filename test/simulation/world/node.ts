import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Hex } from "../../../indexer/src/platform/chain/rpc.ts";
import type { Chains, Lineage, WireReceipt } from "./chain.ts";
import { concerns, type FaultKind, isTransport, type Question, type Reply, spoiled } from "./faults.ts";

interface Filter {
  fromBlock: Hex;
  toBlock: Hex;
  address: Hex[];
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}

/** A node of the network: a real HTTP server over a chain in memory, with a view of its own. */
export class SimulatedNode {
  readonly #server: Server;
  readonly #chainId: number;
  #chains: Chains | undefined;
  #lineage: Lineage = [];
  #armed: { kind: FaultKind; left: number }[] = [];
  /** Blocks by which its head lags behind. */
  lag = 0;
  /** Whether it has stopped listening to the network. */
  isStuck = false;
  /** Faults that took effect, by kind. */
  readonly done = new Map<FaultKind, number>();

  constructor(chainId: number) {
    this.#chainId = chainId;
    this.#server = createServer((request, response) => void this.#handle(request, response));
    // A connection that is kept would be closed under a question now and then, which is no fault of a schedule.
    this.#server.keepAliveTimeout = 60_000;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A new network with nothing wrong. */
  join(chains: Chains, lineage: Lineage): void {
    this.#chains = chains;
    this.#lineage = lineage;
    this.heal();
  }

  hear(lineage: Lineage): void {
    if (!this.isStuck) this.#lineage = lineage;
  }

  arm(kind: FaultKind, times: number): void {
    this.#armed.push({ kind, left: times });
  }

  heal(): void {
    this.#armed = [];
    this.lag = 0;
    this.isStuck = false;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #next(questions: Question[]): FaultKind | undefined {
    const found = this.#armed.find(({ kind }) => concerns(kind, questions));
    if (!found) return undefined;
    if (--found.left === 0) this.#armed.splice(this.#armed.indexOf(found), 1);
    this.done.set(found.kind, (this.done.get(found.kind) ?? 0) + 1);
    return found.kind;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = JSON.parse(await textOf(request)) as Question | Question[];
    const questions = [parsed].flat();
    const fault = this.#next(questions);
    const view = this.#lineage.slice(0, Math.max(1, this.#lineage.length - this.lag));
    let replies = questions.map((question) => {
      const reply: Reply = { jsonrpc: "2.0", id: question.id, result: this.#answer(question, view) };
      return fault && !isTransport(fault) && this.#chains ? spoiled(fault, reply, question, this.#chains) : reply;
    });
    // Without an answer it is the asker who gives up.
    if (fault === "timeout") return;
    if (fault === "reset") return void request.socket.destroy();
    if (fault === "busy") return void response.writeHead(429).end("slow down");
    if (fault === "missing") replies = replies.slice(0, -1);
    if (fault === "shuffled") replies.reverse();
    if (fault === "failing") {
      replies = replies.map(({ id }) => ({ jsonrpc: "2.0", id, error: { code: -32_603, message: "internal error" } }));
    }
    const text = JSON.stringify(Array.isArray(parsed) ? replies : (replies[0] ?? {}));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(fault === "truncated" ? text.slice(0, text.length >> 1) : text);
  }

  #answer({ method, params }: Question, view: Lineage): unknown {
    const byHash = (hash: unknown) => view.find((block) => block.hash === hash);
    switch (method) {
      case "eth_chainId":
        return `0x${this.#chainId.toString(16)}`;
      case "eth_getBlockByNumber":
        return (params[0] === "latest" ? view.at(-1) : view[Number(params[0])])?.header ?? null;
      case "eth_getBlockByHash":
        return byHash(params[0])?.header ?? null;
      case "eth_getBlockReceipts":
        return byHash(params[0])?.receipts ?? null;
      case "eth_getTransactionReceipt":
        return this.#receipt(params[0], view);
      case "eth_getLogs":
        return this.#logs(params[0] as Filter, view);
      default:
        throw new Error(`the simulated node knows no ${method}`);
    }
  }

  #receipt(hash: unknown, view: Lineage): WireReceipt | null {
    for (const { receipts } of view) {
      const found = receipts.find(({ transactionHash }) => transactionHash === hash);
      if (found) return found;
    }
    return null;
  }

  #logs({ fromBlock, toBlock, address }: Filter, view: Lineage) {
    const wanted = new Set(address.map((one) => one.toLowerCase()));
    return view
      .slice(Number(fromBlock), Number(toBlock) + 1)
      .flatMap(({ logs }) => logs.filter((log) => wanted.has(log.address.toLowerCase())));
  }
}
