import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Hex } from "viem";
import { z } from "zod";
import { readBody } from "../../platform/http/body.ts";
import type { Refusal } from "./evidence.ts";
import type { SignedVote } from "./votes.ts";

const MAX_BODY_BYTES = 64_000;
const MAX_VOTES = 200;

const hex = (bytes: number) =>
  z.custom<Hex>((value) => typeof value === "string" && new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value), {
    error: `must be 0x and ${bytes * 2} hex digits`,
  });
const vote = z.strictObject({
  key: z.union([hex(20), hex(64)]).transform((key) => key.toLowerCase() as Hex),
  height: z.int().nonnegative().transform(BigInt),
  round: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  step: z.int().min(0).max(255),
  blockHash: hex(32),
  signature: z.union([hex(65), hex(64)]),
});
const body = z.strictObject({ votes: z.array(vote).min(1).max(MAX_VOTES) });

type Take = (vote: SignedVote) => Promise<Refusal | undefined>;

function parsed(text: string | undefined): { votes: SignedVote[] } | { problem: string } {
  if (text === undefined) return { problem: `a body has at most ${MAX_BODY_BYTES} bytes` };
  try {
    const found = body.safeParse(JSON.parse(text));
    return found.success ? found.data : { problem: z.prettifyError(found.error) };
  } catch {
    return { problem: "the body is not JSON" };
  }
}

async function answer(take: Take, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, content: unknown) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
  if (request.method !== "POST" || request.url !== "/votes")
    return reply(404, { error: { code: "NOT_FOUND", message: "POST /votes" } });
  const found = parsed(await readBody(request, MAX_BODY_BYTES));
  if ("problem" in found) return reply(400, { error: { code: "VOTES_INVALID", message: found.problem } });
  const results: (Refusal | "TAKEN")[] = [];
  for (const one of found.votes) results.push((await take(one)) ?? "TAKEN");
  reply(200, { results });
}

/**
 * Listens for `POST /votes`: `{ votes: [{ key, height, round, step, blockHash, signature }] }`, at most 200 at once. The
 * answer says of each whether it was taken.
 */
export async function startFeed(
  host: string,
  port: number,
  take: Take,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(take, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
