import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Somebody at the door: with which headers, and from which address. Fastify's requests are such, too. */
export interface Arrival {
  headers: IncomingHttpHeaders;
  /** Address behind as many proxies as are ours. */
  ip: string;
}

/**
 * @param proxyHops Proxies of ours before this process, each of which appends to X-Forwarded-For.
 * @param authorization In place of the header, where a socket brings its own.
 */
export function arrivalOf(request: IncomingMessage, proxyHops: number, authorization?: string): Arrival {
  const told = String(request.headers["x-forwarded-for"] ?? "").split(",");
  // From the nearest on; what stands beyond our proxies is anybody's word.
  const way = [request.socket.remoteAddress ?? "", ...told.map((address) => address.trim()).reverse()].filter(Boolean);
  const headers = authorization === undefined ? request.headers : { ...request.headers, authorization };
  return { headers, ip: way[Math.min(proxyHops, way.length - 1)] ?? "" };
}
