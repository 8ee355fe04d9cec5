import type { ContractName, Deployment } from "@tburn/deployments";
import {
  type Abi,
  type Account,
  BaseError,
  type Chain,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  defineChain,
  fallback,
  type Hex,
  http,
  type PublicClient,
  type Transport,
  type WalletClient,
  type WriteContractParameters,
} from "viem";
import { nonceManager, privateKeyToAccount } from "viem/accounts";
import { everyAbi } from "../../platform/chain/abis.ts";
import type { RawBlock } from "./headers.ts";

const HEADERS_AT_ONCE = 100;

/** Name of the contract's own error that a call was refused with; undefined if it failed otherwise. */
export function refusalOf(error: unknown): string | undefined {
  const reverted = error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  return reverted instanceof ContractFunctionRevertedError ? reverted.data?.errorName : undefined;
}

/** A chain as a reporter sees it and acts on it: contracts by name, raw headers, one key. */
export class ReporterChain {
  readonly account: Account;
  readonly #deployment: Deployment;
  readonly #reader: PublicClient;
  readonly #writer: WalletClient<Transport, Chain, Account>;

  constructor(deployment: Deployment, rpcUrls: string[], key: Hex) {
    const chain = defineChain({
      id: deployment.chainId,
      name: deployment.name,
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: rpcUrls } },
    });
    const transport = fallback(rpcUrls.map((url) => http(url, { batch: true })));
    this.#deployment = deployment;
    this.account = privateKeyToAccount(key, { nonceManager });
    this.#reader = createPublicClient({ chain, transport });
    this.#writer = createWalletClient({ chain, transport, account: this.account });
  }

  /** A view of a contract, at a block or at the head. */
  async read<T>(name: ContractName, functionName: string, args: readonly unknown[] = [], block?: bigint): Promise<T> {
    const at = block === undefined ? {} : { blockNumber: block };
    return (await this.#reader.readContract({ ...this.#contract(name), functionName, args, ...at })) as T;
  }

  /**
   * Simulates a call, sends it and waits for its receipt.
   * @throws the contract's own error, before anything is sent, if it would revert.
   */
  async send(name: ContractName, functionName: string, args: readonly unknown[]): Promise<Hex> {
    const call = { ...this.#contract(name), functionName, args, account: this.account };
    const { request } = await this.#reader.simulateContract(call);
    const estimate = await this.#reader.estimateContractGas(call);
    // An estimate made in a second that has a vote checkpoint already is too low for the next second.
    const gas = (estimate * 12n) / 10n + 80_000n;
    const hash = await this.#writer.writeContract({ ...(request as WriteContractParameters), gas });
    const { status } = await this.#reader.waitForTransactionReceipt({ hash });
    if (status !== "success") throw new Error(`${name}.${functionName} reverted in ${hash}`);
    return hash;
  }

  head(): Promise<bigint> {
    return this.#reader.getBlockNumber({ cacheTime: 0 });
  }

  async timestampOf(number: bigint): Promise<number> {
    return Number((await this.header(number)).timestamp);
  }

  /** A block's raw header. @throws if the node does not know it */
  async header(number: bigint): Promise<RawBlock> {
    const block = await this.#reader.request({
      method: "eth_getBlockByNumber",
      params: [`0x${number.toString(16)}`, false],
    });
    if (!block) throw new Error(`the node does not know block ${number}`);
    return block as unknown as RawBlock;
  }

  /** Raw headers of a range, asked for in batches. */
  async *headers(from: bigint, to: bigint): AsyncGenerator<RawBlock> {
    for (let start = from; start <= to; start += BigInt(HEADERS_AT_ONCE)) {
      const count = Math.min(HEADERS_AT_ONCE, Number(to - start) + 1);
      yield* await Promise.all(Array.from({ length: count }, (_, i) => this.header(start + BigInt(i))));
    }
  }

  addressOf(name: ContractName): Hex {
    return this.#deployment.contracts[name].address;
  }

  #contract(name: ContractName): { address: Hex; abi: Abi } {
    const abi = everyAbi[name];
    if (!abi) throw new Error(`no ABI of ${name}`);
    return { address: this.addressOf(name), abi };
  }
}
