/** For every answer. */
export const commonHeaders: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin-allow-popups",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

function origins(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(origins);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(origins);
  if (typeof value !== "string" || !URL.canParse(value)) return [];
  const url = new URL(value);
  return /^(https?|wss?):$/.test(url.protocol)
    ? [url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin]
    : [];
}

/** Where the wallet protocol relays messages and shows whom it talks to. */
const walletConnect = {
  connect: [
    "https://*.walletconnect.org",
    "wss://*.walletconnect.org",
    "https://*.walletconnect.com",
    "wss://*.walletconnect.com",
  ],
  frame: ["https://verify.walletconnect.org", "https://verify.walletconnect.com"],
};

/**
 * Content security policy of the dApp: code and data of its own origin, and the nodes and services that its
 * configuration names.
 */
export function contentSecurityPolicy(webConfig: Record<string, unknown>): string {
  const { rpcUrls, wsUrls, demo, walletConnectProjectId } = webConfig;
  const named = origins([rpcUrls, wsUrls, demo]);
  const sockets = named.map((origin) => origin.replace(/^http/, "ws"));
  const wallet = walletConnectProjectId ? walletConnect : { connect: [], frame: [] };
  const connect = [...new Set(["'self'", ...named, ...sockets, ...wallet.connect])];
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    `connect-src ${connect.join(" ")}`,
    `frame-src ${wallet.frame.join(" ") || "'none'"}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Policy of the playground: its own three files and the API. */
export const playgroundPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
