import { join } from "node:path";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { buildDapp, dappDir } from "../../../scripts/local/upkeep/build.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { settingsOf } from "../../indexer/contestants/ours.ts";
import { ask } from "../ask.ts";
import { reached, say, type Yard } from "../ground.ts";
import { Running } from "../servers/running.ts";
import { graphql } from "../servers/server.ts";
import { Watch } from "./clock.ts";
import type { Live } from "./live.ts";
import { MEMBER } from "./miner.ts";
import { DappPage } from "./page.ts";
import { Rows } from "./rows.ts";

const cli = join(import.meta.dirname, "../../../indexer/src/cli.ts");

/** Hears of each block over our GraphQL. */
function hear(url: string, heard: Watch): () => Promise<void> {
  const client = createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
  client.subscribe(
    { query: "subscription { networkEvents { block { number hash } events { name args } } }" },
    { next: () => heard.note(), error: () => undefined, complete: () => undefined },
  );
  return async () => void (await client.dispose());
}

async function pageOf(url: string): Promise<DappPage | undefined> {
  try {
    const { data } = (await ask(
      url,
      graphql("/graphql", `{ member(memberNo: ${MEMBER}) { accountAddress } }`, {}),
    )) as { data: { member: { accountAddress: string } } };
    return await DappPage.open(url, data.member.accountAddress);
  } catch (error) {
    say(`no page: ${(error as Error).message}`);
    return undefined;
  }
}

/** Our follower and API in one process. @param isPolling Hears of blocks by asking for them, as often as by default. */
export async function startOurs(yard: Yard, isPolling: boolean, hasPage: boolean): Promise<Live> {
  const name = isPolling ? "ours_polling" : "ours";
  const ground = yard.groundOf(name);
  if (hasPage) {
    say("building the dApp, if it has changed");
    await buildDapp(true);
  }
  const port = await freePort(24_500);
  const { chainId, name: chainName } = yard.chain.record;
  const config = {
    ...{
      chainId,
      chainName,
      rpcUrls: [yard.chain.rpcUrl],
      wsUrls: [],
      explorerUrl: null,
      walletConnectProjectId: null,
    },
    ...{ currency: { name: "Ether", symbol: "ETH", decimals: 18 }, demo: null },
  };
  const env = {
    ...(await settingsOf(ground, "receipts")),
    ...{ ROLES: "sync,api", PORT: String(port), VISITOR_QUERIES: "0", LOG_LEVEL: "warn", APP_ENV: "development" },
    ...(isPolling ? {} : { RPC_WS_URL: yard.chain.wsUrl }),
    ...(hasPage ? { WEB_DIST: dappDir(true), WEB_CONFIG: JSON.stringify(config) } : {}),
  };
  const start = { file: process.execPath, args: [cli, "run"], cwd: ground.folder, env };
  const running = new Running(name, start, ground.folder);
  await running.until(
    "the last block",
    reached(yard.chain, () => yard.connect(name)),
  );
  const url = `http://127.0.0.1:${port}`;
  const rows = await Rows.of(yard.serverUrl, ground.databaseName, "chain.positions");
  const heard = new Watch();
  const hush = hear(url, heard);
  const page = hasPage ? await pageOf(url) : undefined;
  return {
    name: name.replace("_", "-"),
    says: isPolling ? "asks the node, as often as by default" : "hears new heads over WebSocket",
    ...{ row: rows.committed, heard, page },
    next: () => rows.next(),
    stop: async () => {
      await page?.close();
      await hush();
      await rows.close();
      await running.stop();
    },
  };
}
