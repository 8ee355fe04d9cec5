import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

const LOOK_MS = 100;

interface Backend {
  port: number;
  isReady: boolean;
}

/** What stands before several servers: it asks who is ready, and repeats nothing that failed. */
export async function startBalancer() {
  const backends: Backend[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let turn = 0;
  const look = async (backend: Backend) => {
    const answer = await fetch(`http://127.0.0.1:${backend.port}/readyz`).catch(() => undefined);
    backend.isReady = answer?.ok === true;
  };
  const looking = setInterval(() => void Promise.all(backends.map(look)), LOOK_MS);
  const server = createServer((incoming, outgoing) => {
    const ready = backends.filter(({ isReady }) => isReady);
    const backend = ready[turn++ % ready.length];
    if (!backend) return void outgoing.writeHead(503).end("nobody is ready");
    const { method, url: path, headers } = incoming;
    const onward = request({ port: backend.port, host: "127.0.0.1", method, path, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once("error", (error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(error.message);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (port: number) => void backends.push({ port, isReady: false }),
    remove: (port: number) =>
      void backends.splice(
        backends.findIndex((backend) => backend.port === port),
        1,
      ),
    isReady: (port: number) => backends.some((backend) => backend.port === port && backend.isReady),
    stop: async () => {
      clearInterval(looking);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

export type Balancer = Awaited<ReturnType<typeof startBalancer>>;
