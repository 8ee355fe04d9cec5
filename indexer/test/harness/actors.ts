import type { Deployment } from "@tburn/deployments";
import { type Abi, decodeFunctionResult, encodeFunctionData } from "viem";
import { everyAbi } from "../../src/platform/chain/abis.ts";

export type Contract = keyof Deployment["contracts"];

function abiOf(contract: Contract): Abi {
  const abi = everyAbi[contract];
  if (!abi) throw new Error(`no ABI of ${contract}`);
  return abi;
}

let nextId = 1;

/** Asks a node. @throws with the node's own words. */
export async function rpc<T>(url: string, method: string, params: unknown[] = []): Promise<T> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: nextId++, method, params });
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** Sends without asking first what it would do: a refused call is mined as a failed transaction. */
export function send(
  url: string,
  record: Deployment,
  from: string,
  contract: Contract,
  name: string,
  args: unknown[] = [],
): Promise<string> {
  const data = encodeFunctionData({ abi: abiOf(contract), functionName: name, args });
  return rpc(url, "eth_sendTransaction", [{ from, to: record.contracts[contract].address, data, gas: "0x2dc6c0" }]);
}

const TRIES = 20;

/** Asks a contract, as the newest block left it or an earlier one. A node that is busy taking blocks back answers for a moment as if there were no contract. */
export async function view<T>(
  url: string,
  record: Deployment,
  contract: Contract,
  name: string,
  args: unknown[] = [],
  block?: number,
): Promise<T> {
  const at = block === undefined ? "latest" : `0x${block.toString(16)}`;
  const abi = abiOf(contract);
  const call = { to: record.contracts[contract].address, data: encodeFunctionData({ abi, functionName: name, args }) };
  for (let tries = 0; ; tries++) {
    const data = await rpc<`0x${string}`>(url, "eth_call", [call, at]);
    if (data !== "0x") return decodeFunctionResult({ abi, functionName: name, data }) as T;
    const code = await rpc<string>(url, "eth_getCode", [call.to, at]);
    if (tries === TRIES) throw new Error(`${contract}.${name} answers nothing; its code is ${code.length} digits long`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
