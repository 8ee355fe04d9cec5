import { createReadStream, existsSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Answers with a file below `folder`; paths without one get index.html, so that the dApp's addresses can be opened. */
export function serveStatic(folder: string, path: string, response: ServerResponse): void {
  const wanted = normalize(join(folder, decodeURIComponent(path)));
  const inside = wanted.startsWith(normalize(folder + sep)) && existsSync(wanted) && statSync(wanted).isFile();
  if (!inside && extname(path) !== "") {
    response.writeHead(404).end();
    return;
  }
  const file = inside ? wanted : join(folder, "index.html");
  if (!existsSync(file)) {
    response.writeHead(404).end("the dApp is not built");
    return;
  }
  // Vite names assets by their content, so they never change.
  const cache = file.includes(`${sep}assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache";
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "cache-control": cache,
  });
  createReadStream(file).pipe(response);
}
