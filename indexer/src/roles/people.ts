import type { Deployment } from "@tburn/deployments";
import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import { approvalKinds, erasers, jobs } from "../app.ts";
import { keepErased } from "../domains/privacy/domain.ts";
import { vaultOf } from "../domains/vault/domain.ts";
import type { Env } from "../env.ts";
import { trailOf } from "../platform/access/audit/trail.ts";
import { acrossMembers } from "../platform/access/scope.ts";
import { keyProviderOf } from "../platform/crypto/keys/choose.ts";
import { nodeOf } from "../platform/crypto/wallet/node.ts";
import type { AskNode } from "../platform/crypto/wallet/signature.ts";
import { isWalled, openPool } from "../platform/db/pool.ts";
import type { Kit } from "../platform/domain.ts";
import { FatalError } from "../platform/errors.ts";
import { Egress } from "../platform/http/egress/guard.ts";
import { jobsOf, openBoss } from "../platform/jobs.ts";
import { smtpMailer } from "../platform/mail/mailer.ts";
import { SandboxPhone } from "../platform/mail/phones.ts";
import { type Log, openLog } from "../platform/telemetry/log.ts";
import { type Clock, systemClock } from "../platform/time/clock.ts";

const QUERY_MS = 10_000;

/** Why nobody is served. */
export const PEOPLE_OFF = "TOKEN_SEED, KEYVAULT_URL, ERASURE_LEDGER and a provider of keys are not set";

/** Who is asked about wallets that are contracts: under APP_ENV=test a node of the test's own, else the chain's. */
export const walletNode = (env: Env, ask: AskNode): AskNode =>
  env.test?.walletRpcUrl ? nodeOf([env.test.walletRpcUrl], env.chainId) : ask;

/**
 * What services for people stand on, if the environment lets them.
 * @param pool Where services write; never a replica.
 */
export async function openKit(
  env: Env,
  { contracts }: Deployment,
  pool: Pool,
  ask: AskNode,
  log: Log,
  clock: Clock = systemClock,
) {
  const { people, verification, chainId, host, port, publicOrigins } = env;
  if (!people) return undefined;
  const vaultPool = openPool(people.keyvaultUrl, { max: 5, timeoutMs: QUERY_MS, name: "tburn-keyvault" });
  const keys = keyProviderOf(people.keys);
  const queues = Object.fromEntries(Object.keys(jobs()).map((queue) => [queue, {}]));
  const boss = await openBoss(env.databaseDirectUrl, { supervise: false, schedule: false }, queues, log);
  const mailer = people.mail && smtpMailer(people.mail.url, people.mail.from);
  const kit: Kit = {
    ...{ pool, clock, log, chainId, contracts, verification, ask, keys, tokenSeed: people.tokenSeed },
    askAboutWallets: walletNode(env, ask),
    egress: new Egress({ loopback: env.test?.loopback ?? [] }),
    staffProvider: people.staffProvider,
    anchorKey: env.anchorKey,
    origins: publicOrigins.length > 0 ? publicOrigins : [`http://${host}:${port}`],
    seals: vaultOf(vaultPool, keys),
    audit: trailOf(people.tokenSeed),
    jobs: jobsOf(boss),
    mailer,
    phones: mailer && people.phones === "sandbox" ? new SandboxPhone(mailer) : undefined,
    approvalKinds: approvalKinds(),
    erasers: erasers(),
    erasureLedger: people.erasureLedger,
  };
  const returned = await acrossMembers(() => keepErased(kit));
  if (returned > 0) log.warn({ returned }, "a backup had brought erased members back; they are erased again");
  if (!((await isWalled(pool)) && (await isWalled(vaultPool)))) {
    log.warn({}, "DATABASE_URL or KEYVAULT_URL signs in as a role that row-level security does not bind; see README");
  }
  return {
    kit,
    close: async () => {
      mailer?.close();
      await boss.stop({ graceful: false });
      await vaultPool.end();
    },
  };
}

/**
 * Does something with the services that a server has, on the command line; it asks the chain's own nodes. Both databases
 * must have been brought to what this build needs.
 * @throws {FatalError} SIGN_IN_OFF where there are none
 */
export async function withKit<T>(env: Env, pool: Pool, work: (kit: Kit) => Promise<T>): Promise<T> {
  const off = () => new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  if (!env.people) throw off();
  const deployment = readDeployment(env.chainId, env.deploymentFile);
  const opened = await openKit(env, deployment, pool, nodeOf(env.rpcUrls, env.chainId), openLog("silent"));
  if (!opened) throw off();
  try {
    return await work(opened.kit);
  } finally {
    await opened.close();
  }
}
