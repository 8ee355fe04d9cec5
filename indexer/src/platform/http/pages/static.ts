import { createReadStream, realpathSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".map": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Path of a regular file below `folder`, links resolved; undefined if there is none or it lies elsewhere. */
function fileBelow(folder: string, path: string): string | undefined {
  try {
    const root = realpathSync(folder);
    const found = realpathSync(join(root, decodeURIComponent(path)));
    return found.startsWith(root + sep) && statSync(found).isFile() ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Answers with a file below `folder`. Paths without an extension get index.html, so that the dApp's own addresses can
 * be opened; hidden files do not exist.
 * @param policy Content security policy of pages.
 */
export function serveStatic(folder: string, path: string, policy: string, response: ServerResponse): void {
  const isHidden = /(^|\/|%2f)\./i.test(path);
  const asked = isHidden ? undefined : fileBelow(folder, path);
  const file = asked ?? (extname(path) === "" && !isHidden ? fileBelow(folder, "index.html") : undefined);
  if (!file) return void response.writeHead(404, { "content-type": "text/plain" }).end("not found");
  // Vite names assets by their content, so they never change.
  const isHashed = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/.test(file);
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": statSync(file).size,
    "content-security-policy": policy,
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
  });
  // A reader who leaves early is no error.
  pipeline(createReadStream(file), response, () => undefined);
}
