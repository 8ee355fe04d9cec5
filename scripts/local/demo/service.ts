// A DEMO service for local chains: it hands out test tokens, well-known keys and KYC attestations to anybody who asks.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { z } from "zod";
import { mined } from "../../deploy/mined.ts";
import { localWallet } from "../chain.ts";
import { DEMO_ACCOUNTS } from "../past/wallets.ts";
import { demoAttest, system } from "../system.ts";
import { type MailSink, mailsPage } from "./mail-sink.ts";
import type { Nodes } from "./nodes.ts";

const MAX_BODY_BYTES = 2_000;
const FAUCET_TOKENS = parseEther("10000");
const FAUCET_MOST = parseEther("100000");
const FAUCET_GAS = parseEther("1");

const address = z.string().refine((text) => ethers.isAddress(text), "a 20-byte address");
const tokens = z
  .string()
  .regex(/^\d{1,30}$/, "base units")
  .transform(BigInt)
  .default(0n);
const faucetBody = z.strictObject({ address, tokens });
const nodeBody = z.strictObject({ privateKey: z.string().regex(/^0x[0-9a-fA-F]{64}$/, "0x and 64 hex digits") });
const kycBody = z.strictObject({ address, level: z.union([z.literal(1), z.literal(2)]).default(1) });

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function bodyOf<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new Refused(413, "BODY_TOO_LARGE", `at most ${MAX_BODY_BYTES} bytes`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Refused(400, "BODY_INVALID", error instanceof z.ZodError ? z.prettifyError(error) : "not JSON");
  }
}

/** Not less than the usual amount, not more than one request may have. */
function givenFor(asked: bigint): bigint {
  if (asked < FAUCET_TOKENS) return FAUCET_TOKENS;
  if (asked > FAUCET_MOST) return FAUCET_MOST;
  return asked;
}

type Routes = Record<string, (request: IncomingMessage) => Promise<unknown>>;
type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs one work after the other, so that two requests do not use the same nonce. */
function queue(): { inTurn: Turn; idle: () => Promise<unknown> } {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: Turn = (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return { inTurn, idle: () => last };
}

interface Parts {
  record: Deployment;
  nodes: Nodes | undefined;
  /** Where mails of the local product end up. */
  sink: MailSink;
}

function routesOf({ record, nodes, sink }: Parts, wallet: ethers.HDNodeWallet, inTurn: Turn): Routes {
  return {
    "GET /mails": async (request) =>
      request.headers.accept?.includes("text/html") ? mailsPage(sink.mails()) : { mails: sink.mails() },
    "GET /accounts": async () => ({
      accounts: DEMO_ACCOUNTS.map(({ index, label }) => {
        const { address, privateKey } = localWallet(index);
        return { label, address, privateKey };
      }),
    }),
    "POST /faucet": async (request) => {
      const { address, tokens: asked } = await bodyOf(request, faucetBody);
      return inTurn(async () => {
        const gas = await wallet.sendTransaction({ to: address, value: FAUCET_GAS });
        await mined(gas);
        const tokens = await system(record, wallet).token.transfer(address, givenFor(asked));
        await mined(tokens);
        return { tokenTx: tokens.hash, gasTx: gas.hash };
      });
    },
    "POST /nodes": async (request) => {
      const { privateKey } = await bodyOf(request, nodeBody);
      if (!nodes) throw new Refused(409, "NO_NODES", "this chain runs without simulated nodes");
      const key = new ethers.Wallet(privateKey);
      nodes.add(key);
      return { consensusKey: key.address };
    },
    "POST /kyc": async (request) => {
      const { address, level } = await bodyOf(request, kycBody);
      return inTurn(async () => ({ tx: await demoAttest(record, wallet, address, level) }));
    },
  };
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", "content-type");
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  const reply = (status: number, content: unknown) =>
    typeof content === "string"
      ? void response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(content)
      : void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
  try {
    const route = routes[`${request.method} ${request.url}`];
    if (!route) throw new Refused(404, "NOT_FOUND", `one of: ${Object.keys(routes).join(", ")}`);
    reply(200, await route(request));
  } catch (error) {
    if (error instanceof Refused) return reply(error.status, { error: { code: error.code, message: error.message } });
    const message = error instanceof Error ? error.message : String(error);
    const isUnknown = message === "MEMBER_UNKNOWN";
    const words = isUnknown ? "this wallet is no member yet: register it first" : message;
    reply(isUnknown ? 409 : 500, { error: { code: isUnknown ? message : "DEMO_FAILED", message: words } });
  }
}

export interface Demo {
  url: string;
  /** Runs work that uses the demo wallet when it is free. */
  inTurn: Turn;
  stop(): Promise<void>;
}

/** Starts the demo service on loopback. */
export async function startDemo(options: Parts & { provider: ethers.JsonRpcProvider; port: number }): Promise<Demo> {
  const { provider, port } = options;
  const { inTurn, idle } = queue();
  const routes = routesOf(options, localWallet(0, provider), inTurn);
  const server = createServer((request, response) => void answer(routes, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    inTurn,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await idle();
    },
  };
}
