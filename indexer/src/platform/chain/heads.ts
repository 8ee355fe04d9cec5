import { WebSocket } from "ws";

const RETRY_MS = 2_000;
const SILENCE_MS = 30_000;

/**
 * Calls `wake` whenever a node announces a block over WebSocket. Only a hint: the follower polls as well, so a
 * connection that is refused, lost or silent costs time and nothing else.
 */
export function watchHeads(url: string, wake: () => void): { stop(): void } {
  let stopped = false;
  let socket: WebSocket | undefined;
  let retry: NodeJS.Timeout | undefined;
  let ping: NodeJS.Timeout | undefined;

  function open(): void {
    if (stopped) return;
    const made = new WebSocket(url, { handshakeTimeout: 10_000, maxPayload: 10_000_000 });
    socket = made;
    let heard = true;
    made.on("open", () => {
      made.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] }));
      ping = setInterval(() => {
        if (!heard) return made.terminate();
        heard = false;
        made.ping();
      }, SILENCE_MS);
    });
    made.on("pong", () => (heard = true));
    made.on("message", () => {
      heard = true;
      wake();
    });
    made.on("error", () => undefined);
    made.on("close", () => {
      clearInterval(ping);
      if (!stopped) retry = setTimeout(open, RETRY_MS);
    });
  }

  open();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(retry);
      clearInterval(ping);
      socket?.terminate();
    },
  };
}
