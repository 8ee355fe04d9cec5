import { WebSocket } from "ws";
import { rpc } from "../../../indexer/test/harness/actors.ts";
import { address } from "../../../indexer/test/harness/chain.ts";
import type { BenchChain } from "../../chain/build.ts";
import { millOf, word } from "../../chain/mill.ts";
import { now, Watch } from "./clock.ts";

/** The first member of the story, and the validator that it runs. */
export const MEMBER = 1_000;
const VALIDATOR = 101;
export const POSITION = 10n ** 12n + BigInt(MEMBER) * 1_000n + BigInt(VALIDATOR);
/** Of each delegation, in tokens and in shares. */
export const AMOUNT = 10n ** 18n;
const PATIENCE_MS = 5_000;

/** Mines blocks with one delegation each, and sees when the node has them. */
export class Miner {
  readonly #chain: BenchChain;
  readonly #socket: WebSocket;
  readonly #heads = new Watch();
  #announce: ReturnType<typeof millOf>["announce"] | undefined;

  private constructor(chain: BenchChain) {
    this.#chain = chain;
    this.#socket = new WebSocket(chain.wsUrl);
    this.#socket.on("message", (data) => {
      if (String(data).includes("eth_subscription")) this.#heads.note();
    });
  }

  static async open(chain: BenchChain): Promise<Miner> {
    const miner = new Miner(chain);
    await new Promise((resolve, reject) => miner.#socket.once("open", resolve).once("error", reject));
    miner.#socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] }));
    const { lay, announce } = millOf(chain.rpcUrl, chain.record, address(0));
    await lay();
    miner.#announce = announce;
    return miner;
  }

  /**
   * Mines a block.
   * @returns when it was asked for, and when it was there at the latest: the node had answered, or told its listeners
   */
  async mine(): Promise<{ asked: number; there: number; number: number }> {
    const number = this.next;
    await this.#announce?.({
      StakingCore: [word("StakeDelegated", { v: VALIDATOR, m: MEMBER, id: POSITION, amount: AMOUNT })],
    });
    this.#heads.reset();
    const asked = now();
    const answered = rpc(this.#chain.rpcUrl, "evm_mine").then(() => this.#heads.note());
    const there = (await this.#heads.seen(PATIENCE_MS)) ?? now();
    await answered;
    this.#chain.head = number;
    return { asked, there, number };
  }

  /** Number of the block that comes next. */
  get next(): number {
    return this.#chain.head + 1;
  }

  close(): void {
    this.#socket.terminate();
  }
}
