import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Question {
  id: number;
  method: string;
  params: unknown[];
}

interface Reply {
  id: number;
  result?: unknown;
  error?: { code: number; message: string };
}

/** What a node does to an answer: changes it, or refuses with an HTTP status. */
export type Fault = (question: Question, reply: Reply) => Reply | number;

/** A node that stands before a real one and lies as told. */
export class FaultProxy {
  readonly url: string;
  readonly #close: () => Promise<void>;
  fault: Fault | undefined;
  /** Answers changed so far. */
  faults = 0;

  constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  close(): Promise<void> {
    return this.#close();
  }

  apply(question: Question, reply: Reply): Reply | number {
    if (!this.fault) return reply;
    const before = JSON.stringify(reply);
    const after = this.fault(question, structuredClone(reply));
    if (JSON.stringify(after) !== before) this.faults++;
    return after;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}

export async function startProxy(target: string): Promise<FaultProxy> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const answered = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    }).catch(() => undefined);
    if (!answered) return void response.writeHead(502).end();
    const questions = [JSON.parse(body) as Question | Question[]].flat();
    const parsed = (await answered.json()) as Reply | Reply[];
    const replies = [parsed].flat().map((reply) => {
      const question = questions.find(({ id }) => id === reply.id);
      return question ? proxy.apply(question, reply) : reply;
    });
    const status = replies.find((reply) => typeof reply === "number");
    if (status !== undefined) return void response.writeHead(status).end("slow down");
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(Array.isArray(parsed) ? replies : replies[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = new FaultProxy(`http://127.0.0.1:${port}`, async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return proxy;
}
