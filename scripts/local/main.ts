// npm start: the whole product on this machine.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { localWallet } from "./chain.ts";
import { localEnv } from "./env.ts";
import { startIndexer } from "./indexer.ts";
import { DEMO_ACCOUNTS } from "./past/wallets.ts";
import { type Product, resetProduct, startProduct } from "./product.ts";
import { isRunning } from "./upkeep/processes.ts";

const root = join(import.meta.dirname, "../..");
const help = `Starts the whole product: PostgreSQL, a local chain with some weeks of history, indexer, API and dApp.

  npm start [-- options]

  --reset       forget the local chain and database, and begin anew
  --quiet       no random members, no validator nodes and no reporter on the local chain
  --days <n>    days of history of a new local chain (default 42)
  --test        under APP_ENV=test: tests may move the clock, and named actors are made (docs/testing.md)
  --port <n>    first port to try for the dApp and the API (default 4000)
  --dir <path>  where data is kept (default .local)

Environment: DATABASE_URL, a PostgreSQL server instead of the embedded one; RPC_URL, a chain instead of the local one
(its contracts are read from deployments/<chainId>.json). Ctrl-C stops everything; the next start goes on from there.`;

async function step<T>(name: string, work: (say: (line: string) => void) => Promise<T>): Promise<T> {
  const started = Date.now();
  console.log(`… ${name}`);
  const result = await work((line) => console.log(`    ${line}`));
  console.log(`✓ ${name}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

const actorsFile = (dir: string) => join(dir, "actors.json");

/** Makes the cast of a test and keeps what is known of it, keys included. */
async function makeActors(product: Product, dir: string): Promise<void> {
  rmSync(actorsFile(dir), { force: true });
  const run = startIndexer(product.settings, actorsFile(dir), "actors");
  if ((await run.ended) !== 0) throw new Error(`the actors could not be made: ${run.lastWords()}`);
}

function summary(product: Product, dir: string): string {
  const rows = [
    ["dApp", product.url],
    ["GraphQL", `${product.url}/graphql`],
    ["Playground", `${product.url}/playground`],
    ["Health, metrics", `${product.url}/readyz, ${product.url}/metrics`],
    ["PostgreSQL", product.databaseUrl.replace(/:\/\/([^:]+):[^@]*@/, product.demo ? "$&" : "://$1:…@")],
    ["Chain", `${product.rpcUrl} (id ${product.record.chainId})`],
  ];
  if (product.demo) rows.push(["Demo service", `${product.demo.url} (faucet, KYC; local chain only)`]);
  if (product.demo) rows.push(["Mail sink", `${product.demo.url}/mails (mails are caught here, none is delivered)`]);
  if (product.settings.CONTROL_TOKEN) {
    rows.push(["Test clock", `${product.url}/api/v1/test/clock (bearer ${product.settings.CONTROL_TOKEN})`]);
    rows.push(["Test actors", actorsFile(dir)]);
  }
  const table = rows.map(([name = "", value]) => `  ${name.padEnd(16)} ${value}`).join("\n");
  const accounts = product.demo
    ? `\n\nDemo accounts (well-known test keys, never use them elsewhere):\n${DEMO_ACCOUNTS.map(
        ({ index, label }) => `  ${label.padEnd(16)} ${localWallet(index).address}`,
      ).join("\n")}`
    : "";
  return `\n${table}${accounts}\n\nReady. Ctrl-C stops everything.`;
}

const portsFrom = (first: number) => ({
  ...{ api: first, demo: first + 10, reporter: first + 20 },
  ...{ chain: 8545, postgres: 54_329 },
});

async function present(product: Product, { test, dir }: { test: boolean; dir: string }): Promise<void> {
  if (test) await step("Actors", () => makeActors(product, dir));
  console.log(summary(product, dir));
}

/** One start per folder: two would fight over the same files. @throws if another one runs */
function claim(dir: string): () => void {
  const file = join(dir, "running.pid");
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid !== process.pid && isRunning(pid, "scripts/local/main.ts")) {
      throw new Error(`npm start is running already (process ${pid}); stop it first, or use another folder: --dir`);
    }
  }
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reset: { type: "boolean" },
      quiet: { type: "boolean" },
      test: { type: "boolean", default: false },
      days: { type: "string", default: "42" },
      port: { type: "string", default: "4000" },
      dir: { type: "string", default: join(root, ".local") },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(help);
  const [days, port] = [Number(values.days), Number(values.port)];
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new Error("--days must be between 1 and 365");
  if (!Number.isInteger(port) || port < 1 || port > 65_000) throw new Error("--port must be between 1 and 65000");
  const release = claim(values.dir);
  const stopped = interrupted();
  try {
    if (values.reset) resetProduct(values.dir);
    const starting = startProduct({
      dir: values.dir,
      days,
      traffic: !values.quiet,
      nodes: !values.quiet,
      ports: portsFrom(port),
      ...localEnv(),
      test: values.test,
      step,
      say: console.log,
    });
    const product = await Promise.race([starting, stopped]);
    // Interrupted while starting: what stands by then is taken down in order.
    if (!product) return void (await (await starting).stop());
    await present(product, values);
    const failed = product.processes.sync.ended.then((code) => {
      throw new Error(`the indexer ended with code ${code}: ${product.processes.sync.lastWords()}`);
    });
    try {
      await Promise.race([stopped, failed]);
      failed.catch(() => undefined);
    } finally {
      console.log("\nstopping …");
      await product.stop();
    }
  } finally {
    release();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
