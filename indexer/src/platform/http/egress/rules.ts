import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Longest address that is taken from anybody. */
export const MOST_LETTERS = 2_048;

/** A place that somebody named, taken apart. */
export interface Target {
  protocol: "https:" | "http:" | "tls:" | "tcp:";
  /** A name, or an IP literal without brackets. */
  host: string;
  port: number;
  /** With its query; empty for nodes. */
  path: string;
  /** A loopback address that a test's environment opens; no other is let through. */
  isTest: boolean;
}

/** Why an address is not called. */
export type Refusal = "MALFORMED" | "NOT_HTTPS" | "CREDENTIALS" | "PORT" | "NOT_PUBLIC";

export const isRefusal = (read: Target | Refusal): read is Refusal => typeof read === "string";

/** What no public network routes to us, though its registry calls it unicast: services that clouds put beside a machine. */
const BESIDE_MACHINES = new Set(["168.63.129.16"]);
const GLOBAL = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

const v4 = (bytes: number[]): string => bytes.join(".");

/** IPv4 addresses that an IPv6 address is a wrapping of; undefined if it wraps none. */
function wrapped(address: ipaddr.IPv6): string[] | undefined {
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === "ipv4Mapped") return [v4(bytes.slice(12))];
  // RFC 6052's well-known prefix; other lengths of it are for networks of somebody's own.
  if (range === "rfc6052" && bytes.slice(4, 12).every((byte) => byte === 0)) return [v4(bytes.slice(12))];
  if (range === "6to4") return [v4(bytes.slice(2, 6))];
  // RFC 4380: the server, and the client with its bits turned over.
  if (range === "teredo") return [v4(bytes.slice(4, 8)), v4(bytes.slice(12).map((byte) => byte ^ 0xff))];
  return undefined;
}

/**
 * Whether an address is one of the public internet's: unicast, also after what wraps an IPv4 address is taken off.
 * Danger: whatever is not understood is not public.
 * @param text As a resolver gives it: four decimal parts, or IPv6 without brackets
 */
export function isPublic(text: string): boolean {
  if (isIP(text) === 0 || text.includes("%")) return false;
  const address = ipaddr.parse(text);
  if (address.kind() === "ipv4") return address.range() === "unicast" && !BESIDE_MACHINES.has(address.toString());
  const inner = wrapped(address as ipaddr.IPv6);
  if (inner) return inner.every(isPublic);
  return address.range() === "unicast" && (address as ipaddr.IPv6).match(GLOBAL);
}

const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, "$1");

function parsed(text: string): URL | undefined {
  // What browsers drop from an address, a reader of ours must not have to guess.
  if (text.length > MOST_LETTERS || /[\s\\\p{Cc}]/u.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function targetOf(url: URL, protocol: Target["protocol"], port: number, loopback: readonly string[]): Target | Refusal {
  if (url.username !== "" || url.password !== "") return "CREDENTIALS";
  const host = bare(url.hostname);
  const isTest = loopback.includes(`${protocol}//${url.hostname}:${port}`);
  // Names are looked up when they are called; a literal is judged here, for nothing looks it up.
  if (!isTest && isIP(host) !== 0 && !isPublic(host)) return "NOT_PUBLIC";
  return { protocol, host, port, path: `${url.pathname}${url.search}`, isTest };
}

/**
 * Reads where webhooks go: https on its own port, without credentials.
 * @param loopback Origins that a test opens beside, such as `http://127.0.0.1:4010`
 */
export function readWebTarget(text: string, loopback: readonly string[] = []): Target | Refusal {
  const url = parsed(text);
  if (!url || url.hostname === "") return "MALFORMED";
  const { protocol } = url;
  if (protocol !== "https:" && protocol !== "http:") return "NOT_HTTPS";
  const port = Number(url.port || (protocol === "https:" ? 443 : 80));
  const read = targetOf(url, protocol, port, loopback);
  if (isRefusal(read) || read.isTest) return read;
  if (protocol !== "https:") return "NOT_HTTPS";
  return port === 443 ? read : "PORT";
}

/**
 * Reads where a node listens: `host:port` or `tcp://host:port`, or `tls://host:port`. Ports below 1024 are other
 * services', but for 443.
 * @param loopback As for `readWebTarget`, such as `tcp://127.0.0.1:4011`
 */
export function readNodeTarget(text: string, loopback: readonly string[] = []): Target | Refusal {
  const [, scheme = "tcp", rest = ""] = /^(?:(tcp|tls):\/\/)?([^/]+)$/.exec(text) ?? [];
  // Read as an address of https: for other schemes a parser leaves 2130706433 as it is.
  const url = /:\d{1,5}$/.test(rest) ? parsed(`https://${rest}`) : undefined;
  if (!url || url.hostname === "" || url.search !== "" || url.hash !== "") return "MALFORMED";
  const port = Number(url.port || 443);
  const read = targetOf(url, scheme === "tls" ? "tls:" : "tcp:", port, loopback);
  if (isRefusal(read) || read.isTest) return read;
  return port === 443 || port >= 1_024 ? { ...read, path: "" } : "PORT";
}
