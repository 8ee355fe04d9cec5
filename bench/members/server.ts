import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contractNames } from "../../deployments/index.ts";
import { writeKeys } from "../../indexer/src/platform/crypto/keys/local.ts";

const root = join(import.meta.dirname, "../..");
const hash = `0x${"0".repeat(64)}`;

/** A node of a chain on which nobody is a contract: what a sign-in asks of it is answered at once. */
function startSilentNode(port: number): Server {
  const answers: Record<string, string> = { eth_chainId: "0x7a69", eth_getCode: "0x", eth_blockNumber: "0x1" };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked = JSON.parse(Buffer.concat(parts).toString()) as
      | { id: number; method: string }[]
      | { id: number; method: string };
    const told = [asked].flat().map(({ id, method }) => ({ jsonrpc: "2.0", id, result: answers[method] ?? null }));
    response.setHeader("content-type", "application/json").end(JSON.stringify(Array.isArray(asked) ? told : told[0]));
  });
  return server.listen(port, "127.0.0.1");
}

/** A record of contracts that are nowhere: nothing here asks a chain. */
function recordFile(dir: string): string {
  const contract = (n: number) => ({
    address: `0x${(n + 1).toString(16).padStart(40, "0")}`,
    ...{ startBlock: 0, txHash: hash, abiHash: hash },
  });
  const parameters = {
    ...{ unbondingSeconds: 1_209_600, cohortSeconds: 86_400, epochSeconds: 3_600 },
    ...{ commissionDelaySeconds: 1, commissionWindowSeconds: 1, payoutDelaySeconds: 1, recoveryDelaySeconds: 1 },
  };
  const contracts = Object.fromEntries(contractNames.map((name, n) => [name, contract(n)]));
  const path = join(dir, "deployment.json");
  writeFileSync(path, JSON.stringify({ chainId: 31337, name: "bench", startBlock: 0, contracts, parameters }));
  return path;
}

export interface BenchServer {
  url: string;
  pid: number;
  tokenSeed: Buffer;
  origin: string;
  stop(): Promise<void>;
}

/** Starts the API in a process of its own, behind a proxy that says who comes: every request is another visitor. @param more Settings. */
export async function startServer(
  databaseUrl: string,
  keyvaultUrl: string,
  port: number,
  more: Record<string, string> = {},
): Promise<BenchServer> {
  const dir = mkdtempSync(join(tmpdir(), "tburn-bench-"));
  const tokenSeed = randomBytes(32);
  const origin = "http://members.bench";
  const keys = join(dir, "keys.json");
  writeKeys(keys);
  const env = {
    ...{
      DATABASE_URL: databaseUrl,
      KEYVAULT_URL: keyvaultUrl,
      RPC_URL: `http://127.0.0.1:${port + 1}`,
      CHAIN_ID: "31337",
    },
    ...{ DEPLOYMENT_FILE: recordFile(dir), PORT: String(port), ROLES: "api", PUBLIC_ORIGIN: origin, PROXY_HOPS: "1" },
    ...{ TOKEN_SEED: tokenSeed.toString("base64"), KEYS_FILE: keys, ERASURE_LEDGER: join(dir, "erased.jsonl") },
    ...{ APP_ENV: "development", LOG_LEVEL: "warn" },
    ...more,
  };
  const node = startSilentNode(port + 1);
  const child = spawn(process.execPath, [join(root, "indexer/src/cli.ts"), "run"], {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  for (;;) {
    if (child.exitCode !== null) throw new Error("the API did not start");
    const answer = await fetch(`${url}/livez`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    pid: child.pid ?? 0,
    tokenSeed,
    origin,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      node.close();
    },
  };
}
