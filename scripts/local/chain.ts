import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ethers } from "ethers";

const root = join(import.meta.dirname, "../..");
/** The well-known test mnemonic. Local chains only: everybody has these keys. */
export const LOCAL_MNEMONIC = "test test test test test test test test test test test junk";
const LOCAL_ACCOUNTS = 60;

/** Wallet number `index` of the local chain. */
export function localWallet(index: number, provider?: ethers.Provider): ethers.HDNodeWallet {
  const path = `m/44'/60'/0'/0/${index}`;
  const wallet = ethers.HDNodeWallet.fromPhrase(LOCAL_MNEMONIC, undefined, path).connect(provider ?? null);
  const estimate = wallet.estimateGas.bind(wallet);
  // An estimate made in a second that has a vote checkpoint already is too low for the next second.
  wallet.estimateGas = async (transaction) => ((await estimate(transaction)) * 12n) / 10n + 80_000n;
  return wallet;
}

function anvilBinary(): string {
  const os = process.platform === "win32" ? "win32" : process.platform;
  const cpu = process.arch === "x64" ? "amd64" : process.arch;
  const file = process.platform === "win32" ? "anvil.exe" : "anvil";
  const path = join(root, `node_modules/@foundry-rs/anvil-${os}-${cpu}/bin/${file}`);
  if (!existsSync(path)) throw new Error(`anvil for ${os}-${cpu} is not installed; run npm ci with Node 24`);
  return path;
}

export interface LocalChain {
  rpcUrl: string;
  provider: ethers.JsonRpcProvider;
  pid: number | undefined;
  /** Stops the node; its state is kept where a state file was given. */
  stop(): Promise<void>;
}

/**
 * Starts a local chain (anvil) on loopback.
 * @param genesis Unix seconds of the first block, for a chain without earlier state.
 * @param forgetful Keeps blocks and logs but no state of the past: for chains of very many blocks.
 * @throws if the node does not answer within ten seconds.
 */
export async function startChain(options: {
  port: number;
  statePath?: string;
  genesis?: number;
  forgetful?: boolean;
}): Promise<LocalChain> {
  const args = ["--host", "127.0.0.1", "--port", String(options.port), "--chain-id", "31337", "--silent"];
  args.push("--accounts", String(LOCAL_ACCOUNTS), "--mnemonic", LOCAL_MNEMONIC, "--hardfork", "osaka");
  if (options.forgetful) args.push("--prune-history");
  if (options.statePath) args.push("--state", options.statePath, "--state-interval", "20");
  if (options.genesis && !(options.statePath && existsSync(options.statePath)))
    args.push("--timestamp", String(options.genesis));
  const child = spawn(anvilBinary(), args, { stdio: "ignore", detached: process.platform !== "win32" });
  const rpcUrl = `http://127.0.0.1:${options.port}`;
  const provider = new ethers.JsonRpcProvider(rpcUrl, 31337, {
    staticNetwork: true,
    cacheTimeout: -1,
    batchMaxCount: 1,
  });
  provider.pollingInterval = 100;
  await answered(rpcUrl, child);
  return {
    rpcUrl,
    provider,
    pid: child.pid,
    stop: async () => {
      provider.destroy();
      if (child.exitCode !== null) return;
      const closed = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await closed;
    },
  };
}

async function answered(rpcUrl: string, child: ChildProcess): Promise<void> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the local chain stopped with code ${child.exitCode}`);
    const answer = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error("the local chain did not answer within ten seconds");
}
