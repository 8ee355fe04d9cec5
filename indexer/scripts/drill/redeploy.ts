import { setTimeout as rest } from "node:timers/promises";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { inForce } from "../../src/platform/db/checkpoint.ts";
import { digest } from "../../src/platform/db/tables.ts";
import type { TestChain } from "../../test/harness/chain.ts";
import type { TestDatabase } from "../../test/harness/database.ts";
import { freshDigest } from "../../test/harness/engine.ts";
import { type Run, start } from "../../test/harness/process.ts";
import { type Random, traffic } from "../../test/harness/traffic.ts";
import { until } from "../../test/harness/until.ts";
import { type Balancer, startBalancer } from "./balancer.ts";

const CLIENTS = 4;
const BLOCK_MS = 250;
const PATIENCE_MS = 30_000;

/** Both sums come from other tables: an answer of two mirrors at once would have them differ. */
const QUESTION = `{
  networkStats { delegated selfStake validatorCount asOfBlock { number } }
  validators(first: 50) { edges { node { delegatedStake selfStake } } }
  blocks(first: 3) { edges { node { number hash } } }
}`;

interface Answer {
  errors?: { message: string }[];
  data?: {
    networkStats: { delegated: string; selfStake: string; validatorCount: number };
    validators: { edges: { node: { delegatedStake: string; selfStake: string } }[] };
  };
}

export interface RedeployOptions {
  chain: TestChain;
  database: TestDatabase;
  server: string;
  environment: Record<string, string>;
  random: Random;
  /** The drill goes on until so many requests were answered. */
  requests: number;
  say: (what: string) => void;
}

/** What is wrong with an answer; undefined if nothing is. */
function faultOf(status: number, body: string): string | undefined {
  if (status !== 200) return `status ${status}: ${body.slice(0, 200)}`;
  const { errors, data } = JSON.parse(body) as Answer;
  if (errors || !data) return `errors: ${JSON.stringify(errors).slice(0, 200)}`;
  const { networkStats: network, validators } = data;
  const sum = (name: "delegatedStake" | "selfStake") =>
    validators.edges.reduce((total, { node }) => total + BigInt(node[name]), 0n);
  if (sum("delegatedStake") !== BigInt(network.delegated) || sum("selfStake") !== BigInt(network.selfStake))
    return `validators do not add up to the network: ${body.slice(0, 200)}`;
  return undefined;
}

/** Members and analysts, who ask all the time. */
class Crowd {
  readonly #url: string;
  readonly times: number[] = [];
  readonly faults: string[] = [];
  #isOver = false;

  constructor(url: string) {
    this.#url = url;
  }

  async ask(): Promise<void> {
    while (!this.#isOver) {
      const startedAt = performance.now();
      const fault = await fetch(`${this.#url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: QUESTION }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
        .then(async (answer) => faultOf(answer.status, await answer.text()))
        .catch((error: Error) => `no answer: ${error.message}`);
      this.times.push(performance.now() - startedAt);
      if (fault) this.faults.push(fault);
    }
  }

  end(): void {
    this.#isOver = true;
  }
}

/** A release behind the balancer. */
interface Release {
  version: string;
  port: number;
  run: Run;
}

/** Two releases, one after the other and back again, under traffic of the chain and of readers. */
class Redeployment {
  readonly #o: RedeployOptions;
  readonly #balancer: Balancer;
  readonly #switches: { from: string; to: string; commandMs: number }[] = [];

  constructor(options: RedeployOptions, balancer: Balancer) {
    this.#o = options;
    this.#balancer = balancer;
  }

  #environment(version: string): Record<string, string> {
    return { ...this.#o.environment, MIRROR_VERSION: version };
  }

  async start(version: string): Promise<Release> {
    const port = await freePort(36_000);
    const more = { PORT: String(port), ROLES: "sync,api", DRAIN: "true", VISITOR_QUERIES: "0", APP_ENV: "development" };
    const run = start({ ...this.#environment(version), ...more });
    this.#balancer.add(port);
    await until(`release ${version} to be ready`, () => {
      if (run.process.exitCode !== null) throw new Error(`release ${version} ended: ${run.output().slice(-800)}`);
      return this.#balancer.isReady(port);
    });
    return { version, port, run };
  }

  /** Starts the other release beside the one that serves, switches, and ends the one before as an operator does. */
  async replace(old: Release, version: string): Promise<Release> {
    const next = await this.start(version);
    this.#o.say(`${version} is ready beside ${old.version}`);
    await rest(500);
    const startedAt = performance.now();
    const owner = { DATABASE_OWNER_URL: this.#o.database.ownerUrl };
    const command = start({ ...this.#environment(version), ...owner }, ["redeploy"]);
    const code = await command.ended;
    if (code !== 0) throw new Error(`redeploy ended with ${code}: ${command.output().slice(-800)}`);
    this.#switches.push({
      from: old.version,
      to: version,
      commandMs: Math.round(performance.now() - startedAt),
    });
    this.#o.say(`${version} is in force`);
    await this.#followed();
    old.run.process.kill("SIGTERM");
    const ended = await old.run.ended;
    if (ended !== 0) throw new Error(`the release before ended with ${ended}: ${old.run.output().slice(-800)}`);
    this.#balancer.remove(old.port);
    await rest(500);
    this.#o.say(`${old.version} → ${version}`);
    return next;
  }

  /** The new release's process has told a block of its own. */
  async #followed(): Promise<void> {
    const { blockNumber = 0 } = (await inForce(this.#o.database.pool)) ?? {};
    await until("the next release to follow", async () => {
      const found = await inForce(this.#o.database.pool);
      return (found?.blockNumber ?? 0) > blockNumber + 1;
    });
  }

  get switches() {
    return this.#switches;
  }
}

const share = (sorted: number[], part: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;

/** Redeploys and goes back, as often as the requests last. @returns what the readers saw */
export async function redeployments(options: RedeployOptions) {
  const { chain, database, server, random, requests, say } = options;
  await traffic(chain, random, 100);
  const balancer = await startBalancer();
  const drill = new Redeployment(options, balancer);
  const crowd = new Crowd(balancer.url);
  let isOver = false;
  const acting = (async () => {
    while (!isOver) {
      await traffic(chain, random, 1);
      await rest(BLOCK_MS);
    }
  })();
  let serving = await drill.start("first");
  const asking = Array.from({ length: CLIENTS }, () => crowd.ask());
  try {
    do {
      serving = await drill.replace(serving, "second");
      serving = await drill.replace(serving, "first");
    } while (crowd.times.length < requests);
  } finally {
    crowd.end();
    await Promise.all(asking);
    isOver = true;
    await acting;
  }
  await until("the head", async () => (await inForce(database.pool))?.blockNumber === (await chain.height()));
  serving.run.process.kill("SIGTERM");
  await serving.run.ended;
  await balancer.stop();
  const [mine, fresh] = [await digest(database.pool), await freshDigest(server, chain.url, chain.record)];
  const sorted = [...crowd.times].sort((a, b) => a - b);
  say(`${sorted.length} requests, ${crowd.faults.length} faults`);
  return {
    requests: sorted.length,
    faults: crowd.faults.length,
    firstFaults: crowd.faults.slice(0, 5),
    ms: { p50: share(sorted, 0.5), p99: share(sorted, 0.99), most: share(sorted, 1) },
    switches: drill.switches,
    differences: Object.keys(fresh).filter((name) => fresh[name] !== mine[name]),
  };
}
