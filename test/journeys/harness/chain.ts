import { createTestClient, type Hex, http, publicActions } from "viem";

/** The journey's hand on the local chain: its clock, its mining and its past. */
export class Chain {
  readonly client;
  private readonly rpcUrl: string;

  constructor(rpcUrl: string) {
    this.rpcUrl = rpcUrl;
    this.client = createTestClient({ mode: "anvil", transport: http(rpcUrl), pollingInterval: 100 }).extend(
      publicActions,
    );
  }

  async request<T>(method: string, params: unknown[] = []): Promise<T> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(this.rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async now(): Promise<bigint> {
    return (await this.client.getBlock()).timestamp;
  }

  /** Lets `seconds` pass and mines a block. */
  async pass(seconds: number): Promise<void> {
    await this.request("evm_increaseTime", [seconds]);
    await this.mine(1);
  }

  async mine(blocks: number): Promise<void> {
    for (let mined = 0; mined < blocks; mined++) await this.request("evm_mine");
  }

  /** Runs `work` while nothing is mined, so that transactions stay pending; mines as before afterwards. */
  async held<T>(work: () => Promise<T>): Promise<T> {
    const automatic = await this.request<boolean>("anvil_getAutomine");
    const interval = await this.request<number | null>("anvil_getIntervalMining").catch(() => null);
    await this.request("evm_setAutomine", [false]);
    if (interval) await this.request("evm_setIntervalMining", [0]);
    try {
      return await work();
    } finally {
      await this.request("evm_setAutomine", [automatic]);
      if (interval) await this.request("evm_setIntervalMining", [interval]);
      await this.mine(1);
    }
  }

  /**
   * Replaces the newest `depth` blocks by others. A transfer makes the new blocks differ: empty ones would keep their
   * hashes.
   */
  async reorganise(depth: number, from: Hex, to: Hex): Promise<void> {
    await this.request("anvil_reorg", [depth, [[{ from, to, value: "0x1", gas: "0x5208" }, 0]]]);
  }
}
