import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import { deployment, deploymentPath } from "@tburn/deployments/read";
import { sequence } from "./acts.ts";
import { localWallet } from "./chain.ts";
import { startMailSink } from "./demo/mail-sink.ts";
import { startNodes } from "./demo/nodes.ts";
import { type Demo, startDemo } from "./demo/service.ts";
import { appointDemoStaff } from "./demo/staff.ts";
import { startTraffic } from "./demo/traffic.ts";
import { type RunningIndexer, type Settings, startIndexer } from "./indexer.ts";
import { type Ledger, startLedger } from "./ledger.ts";
import { ANCHORER, ATTESTER, REPORTER } from "./past/wallets.ts";
import { asRole, postgresDir, startPostgres } from "./postgres.ts";
import { buildContracts, buildDapp, dappDir } from "./upkeep/build.ts";
import { Leftovers } from "./upkeep/leftovers.ts";
import { controlSettings, peopleSettings, sandboxSettings, sinkSettings } from "./upkeep/people.ts";
import { freePort } from "./upkeep/ports.ts";

export interface ProductOptions {
  /** Folder of everything that outlives a stop. */
  dir: string;
  /** Days of history of a new local chain. */
  days: number;
  /** Whether random members act while it runs. */
  traffic: boolean;
  /** Whether a reporter watches simulated validator nodes. */
  nodes: boolean;
  /** Whether tests may move its clock; see docs/testing.md. */
  test?: boolean;
  /** Whether following and serving are processes of their own. */
  apart?: boolean;
  /** Ports to try first. */
  ports: { api: number; chain: number; postgres: number; demo: number; reporter: number };
  /** A server instead of the embedded one. */
  databaseUrl?: string | undefined;
  /** A chain instead of the local one; its contracts are in deployments/<chainId>.json. */
  rpcUrl?: string | undefined;
  /** Wraps each step, to show progress. */
  step: <T>(name: string, work: (say: (line: string) => void) => Promise<T>) => Promise<T>;
  say: (line: string) => void;
}

export interface Product {
  url: string;
  rpcUrl: string;
  databaseUrl: string;
  record: Deployment;
  demo: Demo | undefined;
  /** Settings of the indexer's processes, to run its other commands by hand. */
  settings: Settings;
  processes: Processes;
  stop(): Promise<void>;
}

type Stop = () => Promise<unknown>;

const chainIdAt = async (rpcUrl: string): Promise<number> => {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
    (error: Error) => {
      throw new Error(`RPC_URL ${rpcUrl} does not answer: ${error.message}`);
    },
  );
  const { result } = (await response.json()) as { result: string };
  return Number(result);
};

/** Takes a port, and says so where it is not the usual one. */
async function port(name: string, wanted: number, say: (line: string) => void): Promise<number> {
  const found = await freePort(wanted);
  if (found !== wanted) say(`port ${wanted} is taken; ${name} listens on ${found}`);
  return found;
}

interface World {
  record: Deployment;
  recordPath: string;
  rpcUrl: string;
  ledger: Ledger | undefined;
}

async function chainOf(o: ProductOptions, leftovers: Leftovers, stops: Stop[]): Promise<World> {
  const { rpcUrl } = o;
  if (rpcUrl) {
    const chainId = await o.step("Chain", () => chainIdAt(rpcUrl));
    return { record: deployment(chainId), recordPath: deploymentPath(chainId), rpcUrl, ledger: undefined };
  }
  const chainPort = await port("the chain", o.ports.chain, o.say);
  const ledger = await o.step("Local chain and its history", (say) =>
    startLedger({
      dir: o.dir,
      port: chainPort,
      days: o.days,
      say,
      pid: (pid) => leftovers.remember(pid, "anvil"),
    }),
  );
  stops.unshift(() => ledger.stop());
  return { record: ledger.record, recordPath: ledger.recordPath, rpcUrl: ledger.rpcUrl, ledger };
}

async function databaseOf(o: ProductOptions, leftovers: Leftovers, stops: Stop[]): Promise<string> {
  if (o.databaseUrl) return o.databaseUrl;
  const databasePort = await port("PostgreSQL", o.ports.postgres, o.say);
  const postgres = await o.step("Embedded PostgreSQL", () => startPostgres({ dir: o.dir, port: databasePort }));
  leftovers.remember(postgres.pid, "postgres");
  stops.unshift(() => postgres.stop());
  return postgres.url;
}

function settingsOf(world: World, database: Settings, apiPort: number, demo: Demo | undefined): Settings {
  const { record, recordPath, rpcUrl } = world;
  const isLocal = demo !== undefined;
  const config = {
    chainId: record.chainId,
    chainName: record.name,
    rpcUrls: [rpcUrl],
    wsUrls: [],
    currency: { name: "Ether", symbol: "ETH", decimals: 18 },
    explorerUrl: null,
    walletConnectProjectId: null,
    demo: demo ? { url: demo.url } : null,
  };
  return {
    APP_ENV: isLocal ? "development" : "production",
    ...database,
    RPC_URL: rpcUrl,
    ...(isLocal ? { RPC_WS_URL: rpcUrl.replace(/^http/, "ws") } : {}),
    CHAIN_ID: String(record.chainId),
    DEPLOYMENT_FILE: recordPath,
    PORT: String(apiPort),
    WEB_DIST: dappDir(isLocal),
    WEB_CONFIG: JSON.stringify(config),
  };
}

/** A new local chain makes void what a database knows of an earlier one. */
async function forget(settings: Settings, log: string): Promise<void> {
  const replay = startIndexer(settings, log, "replay");
  if ((await replay.ended) !== 0) throw new Error(`the database could not be emptied: ${replay.lastWords()}`);
}

/** Waits until the API answers that it stands at the chain's head. @throws if a process ends before. */
async function ready(url: string, processes: RunningIndexer[]): Promise<void> {
  const broken = Promise.race(
    processes.map(async (one) => {
      const code = await one.ended;
      throw new Error(`the indexer ended with code ${code}: ${one.lastWords()}`);
    }),
  );
  const answered = async () => {
    for (;;) {
      const response = await fetch(`${url}/readyz`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await Promise.race([broken, answered()]);
  broken.catch(() => undefined);
}

/** Tells the mirror of an older release anew, from the logs that it kept. */
async function renew(settings: Settings, log: string): Promise<void> {
  const redeploy = startIndexer(settings, log, "redeploy", "--if-needed");
  if ((await redeploy.ended) !== 0) throw new Error(`the mirror could not be renewed: ${redeploy.lastWords()}`);
}

/** The indexer's processes. */
interface Processes {
  /** Follows the chain. */
  sync: RunningIndexer;
  /** Serves; the same process unless they are apart. */
  api: RunningIndexer;
  /** Starts the following process again after it was stopped or killed. */
  resumeSync(): RunningIndexer;
  stop(): Promise<void>;
}

/** The reporter's key is the local chain's, which everybody has. */
const reporterSettings = (port: number | undefined): Settings =>
  port === undefined ? {} : { REPORTER_PORT: String(port), REPORTER_KEY: localWallet(REPORTER).privateKey };

function startProcesses(o: ProductOptions, settings: Settings, leftovers: Leftovers): Processes {
  const log = join(o.dir, "indexer.log");
  const reporter = settings.REPORTER_KEY ? ",reporter" : "";
  const start = (roles: string) => {
    const one = startIndexer({ ...settings, ROLES: roles }, log);
    leftovers.remember(one.process.pid, "cli.ts");
    return one;
  };
  const running: Processes = {
    sync: start((o.apart ? "sync,worker" : "sync,api,worker") + reporter),
    api: undefined as never,
    resumeSync: () => {
      running.sync = start((o.apart ? "sync,worker" : "sync,api,worker") + reporter);
      return running.sync;
    },
    stop: async () => void (await Promise.all([running.sync.stop(), running.api.stop()])),
  };
  running.api = o.apart ? start("api") : running.sync;
  return running;
}

async function assemble(o: ProductOptions, leftovers: Leftovers, stops: Stop[]): Promise<Omit<Product, "stop">> {
  await o.step("Contracts compiled", () => buildContracts());
  await o.step("dApp built", () => buildDapp(o.rpcUrl === undefined));
  const databaseUrl = await databaseOf(o, leftovers, stops);
  const world = await chainOf(o, leftovers, stops);
  const { ledger, record, rpcUrl } = world;
  const story = ledger && { record, provider: ledger.provider, random: sequence(Date.now()) };
  const reporterPort = story && o.nodes ? await port("the reporter", o.ports.reporter, o.say) : undefined;
  const nodes = story && reporterPort ? startNodes(story, `http://127.0.0.1:${reporterPort}`) : undefined;
  if (nodes) stops.unshift(() => nodes.stop());
  const sink = story && (await startMailSink(0));
  if (sink) stops.unshift(() => sink.stop());
  const demoPort = story && (await port("the demo service", o.ports.demo, o.say));
  const demo = sink && demoPort ? await startDemo({ ...story, port: demoPort, nodes, sink }) : undefined;
  if (demo) stops.unshift(() => demo.stop());
  const apiPort = await port("the API", o.ports.api, o.say);
  const isEmbedded = o.databaseUrl === undefined;
  const settings = {
    ...settingsOf(
      world,
      { DATABASE_URL: isEmbedded ? asRole(databaseUrl, "tburn_app") : databaseUrl, DATABASE_OWNER_URL: databaseUrl },
      apiPort,
      demo,
    ),
    ...reporterSettings(reporterPort),
    ...(await peopleSettings(o.dir, apiPort, databaseUrl, isEmbedded)),
    ...(sink ? sinkSettings(sink.smtpUrl) : {}),
    ...(story ? sandboxSettings(o.dir, localWallet(ATTESTER).privateKey) : {}),
    ...(story ? { ANCHOR_KEY: localWallet(ANCHORER).privateKey } : {}),
    ...(o.test ? controlSettings() : {}),
  };
  const log = join(o.dir, "indexer.log");
  if (ledger?.isNew) await forget(settings, log);
  else await renew(settings, log);
  const url = `http://127.0.0.1:${apiPort}`;
  const processes = await o.step("Indexer at the chain's head", async () => {
    const started = startProcesses(o, settings, leftovers);
    stops.unshift(() => started.stop());
    await ready(url, [started.sync, started.api]);
    return started;
  });
  if (story) await appointDemoStaff(databaseUrl);
  if (story && o.traffic) {
    const traffic = startTraffic(story);
    stops.unshift(() => traffic.stop());
  }
  return { url, rpcUrl, databaseUrl, record, demo, settings, processes };
}

/** Starts everything; what was started is stopped again if a later step fails. */
export async function startProduct(o: ProductOptions): Promise<Product> {
  mkdirSync(o.dir, { recursive: true });
  const leftovers = new Leftovers(join(o.dir, "processes.json"));
  const left = await leftovers.end();
  if (left > 0) o.say(`ended ${left} processes that an interrupted run had left`);
  const stops: Stop[] = [];
  const stop = async () => {
    for (const one of stops.splice(0)) await one();
    leftovers.forget();
  };
  try {
    return { ...(await assemble(o, leftovers, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Removes everything that outlived a stop. */
export function resetProduct(dir: string): void {
  for (const path of [dir, postgresDir(dir)]) if (existsSync(path)) rmSync(path, { recursive: true, force: true });
}
