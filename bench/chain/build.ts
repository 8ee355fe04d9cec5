import type { Deployment } from "@tburn/deployments";
import { rpc } from "../../indexer/test/harness/actors.ts";
import { address, TestChain } from "../../indexer/test/harness/chain.ts";
import { type LocalChain, startChain } from "../../scripts/local/chain.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { actOut, deployAll } from "./cast.ts";
import { millOf, voices } from "./mill.ts";
import { type Block, Story } from "./story.ts";

/** Unix seconds of the first block; blocks follow each other by the seconds below. */
const GENESIS = 1_750_000_000;
const BLOCK_SECONDS = 12;
const REAL_ACTS = 60;
/** Of a busy network: all of them in one transaction. */
export const EVENTS_PER_BLOCK = 300;
/** Blocks of nothing at the end: peers leave to their live part what is younger than their idea of finality. */
const QUIET_BLOCKS = 40;
const SEED = 20_261;
/** Blocks that can be told in another way. */
const REMEMBERED = 64;

/** A chain full of events, and what makes more of them. */
export interface BenchChain {
  rpcUrl: string;
  wsUrl: string;
  pid: number;
  record: Deployment;
  /** The newest block. */
  head: number;
  /** Events told by the mill; the real transactions before it announced a few hundred more. */
  events: number;
  /** Mines the story's next block. @returns how many events it has */
  next(): Promise<number>;
  /** Takes the last blocks back and tells the same events in others, one block higher than before; not of a forgetful chain. */
  replace(depth: number): Promise<void>;
  stop(): Promise<void>;
}

/** Has blocks follow each other evenly, whatever the clock says, and waits for nobody. */
async function steady(node: LocalChain): Promise<void> {
  await rpc(node.rpcUrl, "anvil_setBlockTimestampInterval", [BLOCK_SECONDS]);
}

/** Whether a transaction has announced anything. */
async function isTold(url: string, hash: string): Promise<boolean> {
  const receipt = await rpc<{ logs: unknown[] } | null>(url, "eth_getTransactionReceipt", [hash]);
  return (receipt?.logs.length ?? 0) > 0;
}

/** Mines a block of the story. @throws {Error} if the mill has not told it */
const minerOf = (url: string, announce: ReturnType<typeof millOf>["announce"]) => async (block: Block) => {
  const hash = spoken(block) ? await announce(block) : undefined;
  await rpc(url, "evm_mine");
  if (hash && !(await isTold(url, hash))) throw new Error("the mill has not told the story's next block");
};

const spoken = (block: Block) => voices.some((voice) => block[voice]?.length);

/** Tells the story up to so many events, and the quiet blocks behind them. */
async function fill(chain: BenchChain, events: number, say: (line: string) => void): Promise<void> {
  for (let tenth = 1; tenth <= 10; tenth++) {
    while (chain.events < (events * tenth) / 10) await chain.next();
    say(`${tenth * 10} % of the chain built`);
  }
  for (let n = 0; n < QUIET_BLOCKS; n++) await rpc(chain.rpcUrl, "evm_mine");
  chain.head = Number(await rpc<string>(chain.rpcUrl, "eth_blockNumber"));
}

/**
 * Starts a node, deploys the real contracts, lets a small cast act in real transactions, and tells `events` more through the
 * mill. The same number makes the same events; salts of the cast's own differ, which no bench looks at.
 * @param say Told how far it is.
 */
export async function buildChain(
  events: number,
  say: (line: string) => void,
  { perBlock = EVENTS_PER_BLOCK, forgetful = true } = {},
): Promise<BenchChain> {
  const node = await startChain({ port: await freePort(35_000), genesis: GENESIS, forgetful });
  try {
    const record = await deployAll(node);
    await steady(node);
    await actOut(new TestChain(node.rpcUrl, record, node.provider, node.stop), REAL_ACTS);
    const { lay, announce } = millOf(node.rpcUrl, record, address(0));
    await lay();
    const put = minerOf(node.rpcUrl, announce);
    await rpc(node.rpcUrl, "anvil_setBalance", [address(0), `0x${(10n ** 30n).toString(16)}`]);
    await rpc(node.rpcUrl, "evm_setAutomine", [false]);
    const story = new Story(SEED, perBlock);
    const chain: BenchChain = {
      rpcUrl: node.rpcUrl,
      wsUrl: node.rpcUrl.replace(/^http/, "ws"),
      pid: node.pid ?? 0,
      record,
      head: 0,
      events: 0,
      next: () => mine(story.next()),
      replace: async (depth) => {
        await rpc(node.rpcUrl, "anvil_rollback", [depth]);
        await lay();
        // Nothing first: what follows stands in other blocks than before.
        await rpc(node.rpcUrl, "evm_mine");
        for (const block of recent.slice(-depth)) await put(block);
      },
      stop: () => node.stop(),
    };
    const recent: Block[] = [];
    const mine = async (block: Block): Promise<number> => {
      await put(block);
      recent.push(block);
      if (recent.length > REMEMBERED) recent.shift();
      chain.events += story.size;
      return story.size;
    };
    await mine(story.opening());
    await fill(chain, events, say);
    return chain;
  } catch (error) {
    await node.stop();
    throw error;
  }
}
