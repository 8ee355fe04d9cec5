import { createHash, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

const REFRESH_SECONDS = 7 * 86_400;
const BROWSER_SECONDS = 400 * 86_400;

/** The two cookies of a browser: which one it is, and the token by which its session goes on. No script reads them. */
export class Cookies {
  readonly #browser: string;
  readonly #refresh: string;
  readonly #options;

  /** @param isSecure Whether browsers reach us by TLS: then both are bound to it and to this host. */
  constructor(isSecure: boolean) {
    const prefix = isSecure ? "__Host-" : "";
    this.#browser = `${prefix}tburn-browser`;
    this.#refresh = `${prefix}tburn-refresh`;
    this.#options = { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure } as const;
  }

  /** Hash of the browser's mark, 32 bytes. */
  browserOf(request: FastifyRequest): Buffer {
    return createHash("sha256")
      .update(request.cookies[this.#browser] ?? "")
      .digest();
  }

  /** Marks a browser that has no mark yet. @returns the hash of its mark */
  mark(request: FastifyRequest, reply: FastifyReply): Buffer {
    const mark = request.cookies[this.#browser] ?? randomBytes(32).toString("base64url");
    reply.setCookie(this.#browser, mark, { ...this.#options, maxAge: BROWSER_SECONDS });
    return createHash("sha256").update(mark).digest();
  }

  refreshOf(request: FastifyRequest): string | undefined {
    return request.cookies[this.#refresh];
  }

  setRefresh(reply: FastifyReply, token: string): void {
    reply.setCookie(this.#refresh, token, { ...this.#options, maxAge: REFRESH_SECONDS });
  }

  dropRefresh(reply: FastifyReply): void {
    reply.clearCookie(this.#refresh, this.#options);
  }
}
