import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { Listener } from "../../src/platform/db/listen.ts";
import { startTestApi } from "../../test/harness/api.ts";
import type { TestChain } from "../../test/harness/chain.ts";
import { start } from "../../test/harness/process.ts";
import { until } from "../../test/harness/until.ts";
import { figures } from "./drill.ts";

const BLOCKS = 60;

/** Milliseconds from asking the node for a block until its rows stand, and until a subscriber hears of it. */
export async function latencies(chain: TestChain, databaseUrl: string, environment: Record<string, string>) {
  const rows = new Map<number, number>();
  const heard = new Map<number, number>();
  const listener = new Listener(databaseUrl, ({ block }) => rows.set(block, performance.now()));
  await listener.start();
  const api = await startTestApi(chain, databaseUrl);
  const follower = start(environment);
  const client = createClient({ url: `${api.wsUrl}/graphql`, webSocketImpl: WebSocket });
  client.subscribe<{ networkEvents: { block: { number: number } } }>(
    { query: "subscription { networkEvents { block { number } events { name } } }" },
    {
      next: ({ data }) => data && heard.set(data.networkEvents.block.number, performance.now()),
      error: () => undefined,
      complete: () => undefined,
    },
  );
  const samples: { row: number; subscriber: number }[] = [];
  try {
    await until("a first block", async () => {
      await chain.mine();
      return heard.size > 0;
    });
    await chain.rpc("evm_setAutomine", [false]);
    for (let i = 0; i < BLOCKS; i++) {
      await chain.send(4 + (i % 6), "StakingCore", "delegate", [1 + (i % 3), 10n ** 20n, 0n]);
      const number = (await chain.height()) + 1;
      const startedAt = performance.now();
      await chain.mine();
      await until(`news of block ${number}`, () => rows.has(number) && heard.has(number));
      samples.push({
        row: (rows.get(number) ?? 0) - startedAt,
        subscriber: (heard.get(number) ?? 0) - startedAt,
      });
    }
  } finally {
    await chain.rpc("evm_setAutomine", [true]);
    await client.dispose();
    await follower.kill("SIGTERM");
    await api.stop();
    await listener.stop();
  }
  return {
    blockToRow: figures(samples.map(({ row }) => row)),
    blockToSubscriber: figures(samples.map(({ subscriber }) => subscriber)),
  };
}
