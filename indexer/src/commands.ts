import { readFileSync } from "node:fs";
import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import { verifyAudit } from "./domains/audit/domain.ts";
import { helpOfScreening, loadSanctions, sanctionsStatus } from "./domains/screening/domain.ts";
import { appoint as appointFirst } from "./domains/security/domain.ts";
import type { Env } from "./env.ts";
import { run } from "./main.ts";
import { trailOf } from "./platform/access/audit/trail.ts";
import { acrossMembers } from "./platform/access/scope.ts";
import { hunt } from "./platform/crypto/plaintext/repository.ts";
import { inForce } from "./platform/db/checkpoint.ts";
import { readMirrors } from "./platform/db/mirror/editions.ts";
import { newestBlock, readReport, reorgCounts } from "./platform/db/mirror/state.ts";
import { openPool } from "./platform/db/pool.ts";
import { digest } from "./platform/db/tables.ts";
import { FatalError } from "./platform/errors.ts";
import { systemClock } from "./platform/time/clock.ts";
import { migrateAll } from "./roles/migrate.ts";
import { backupLogs, restoreLogs } from "./roles/operation/backup.ts";
import { type Command, optionsOf } from "./roles/operation/command.ts";
import { withPool } from "./roles/operation/database.ts";
import { prune } from "./roles/operation/prune.ts";
import { redeploy } from "./roles/operation/redeploy.ts";
import { replay } from "./roles/operation/replay.ts";
import { verify } from "./roles/operation/verify.ts";
import { PEOPLE_OFF, withKit } from "./roles/people.ts";
import { actorsSchema, CAST, seedActors } from "./roles/testing/actors.ts";

/** Care of the mirror; each has words of its own for --help. */
export const operations: Record<string, Command> = {
  replay,
  redeploy,
  verify,
  prune,
  "backup-logs": backupLogs,
  "restore-logs": restoreLogs,
};

export const help = `npm run indexer -- <command>

  run       start the roles named in ROLES (default: sync, api and worker)
  report    start the reporter alone, whatever ROLES says
  migrate   bring the database to the newest schema
  replay    drop everything mirrored and tell it again from the chain, or from the logs that are kept
  redeploy  tell this release's mirror beside the one that is served, and switch to it; or back
  verify    hold blocks, their logs and rows against a node; print the first difference
  prune     forget the journal of final blocks and old announcements
  backup-logs, restore-logs   keep the logs of final blocks in a file, and put them back
  digest    print a digest of each chain.* table and of all as JSON; equal chains give equal digests
  status    print head, indexed block, lag and reorganisations as JSON
  audit verify [--from-chain] [--rpc URL]
            recompute the audit trail and its roots, also as the contract carries them; print the first entry that does not hold
${helpOfScreening}
  appoint <address>
            make the wallet's owner the first administrator; all others are appointed by two people
  hunt      look for texts, given on the input one a line, in every row of both databases, jobs among them, as text, bytes
            or base64; exit code 1 if one is there
  actors [file]
            under APP_ENV=test: make named actors with roles and authenticators, and print their keys; docs/testing.md

\`<command> --help\` says more of ${Object.keys(operations).join(", ")}. Settings come from the
environment; a command that lacks some says which. Exit codes: 0 done, 1 refused or failed.`;

const status = (pool: Pool) =>
  Promise.all([newestBlock(pool), readReport(pool), reorgCounts(pool), inForce(pool), readMirrors(pool)]).then(
    ([block, report, reorgs, current, mirrors]) => ({
      head: report?.head ?? null,
      indexed: block?.number ?? null,
      finalBlock: block?.finalBlock ?? null,
      lag: report && block ? report.head - block.number : null,
      reorgs: reorgs.count,
      deepestReorg: reorgs.deepest,
      problem: report?.problem ?? null,
      endpoints: report?.endpoints ?? [],
      version: current?.version ?? null,
      mirrorsBeside: mirrors.map(({ version, blockNumber }) => ({ version, blockNumber })),
      secondsSinceReport: report?.ageSeconds ?? null,
    }),
  );

async function appoint(env: Env, [address = ""]: string[]): Promise<void> {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address))
    throw new FatalError("ADDRESS_INVALID", "name a wallet: 0x and 40 hex digits");
  const { people } = env;
  if (!people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  await withPool(env, async (pool) => {
    const memberId = await appointFirst(pool, trailOf(people.tokenSeed), address, systemClock());
    console.log(JSON.stringify({ memberId, role: "administrator" }));
  });
}

/** Where anchors are read, if they are asked for. @throws {FatalError} COMMAND_INVALID */
function chainToAsk(env: Env, args: string[]) {
  const options = { "from-chain": { type: "boolean" }, rpc: { type: "string" } } as const;
  const { "from-chain": fromChain, rpc } = optionsOf(args, options);
  if (!fromChain) {
    if (rpc !== undefined) throw new FatalError("COMMAND_INVALID", "--rpc names the node that --from-chain asks");
    return undefined;
  }
  if (rpc !== undefined && !URL.canParse(rpc)) throw new FatalError("COMMAND_INVALID", "--rpc must be an address");
  const urls = rpc === undefined ? env.rpcUrls : [rpc];
  return { urls, deployment: readDeployment(env.chainId, env.deploymentFile) };
}

async function verifyWholeTrail(env: Env, [what, ...args]: string[]): Promise<void> {
  if (what !== "verify") throw new FatalError("COMMAND_UNKNOWN", "say `audit verify`");
  const { people } = env;
  if (!people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  const chain = chainToAsk(env, args);
  const finding = await withPool(env, (pool) => verifyAudit(pool, people.tokenSeed, chain));
  console.log(JSON.stringify(finding, null, 2));
  if (!finding.ok) throw new FatalError("AUDIT_BROKEN", "the audit trail does not hold; see above what is wrong where");
}

async function seed(env: Env, [file]: string[]): Promise<void> {
  if (!env.test) throw new FatalError("TEST_ONLY", "actors are for APP_ENV=test alone");
  const wanted = file ? actorsSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : CAST;
  const made = await withPool(env, (pool) => withKit(env, pool, (kit) => seedActors(kit, wanted)));
  console.log(JSON.stringify(made, null, 2));
}

async function screen(env: Env, [what, ...args]: string[]): Promise<void> {
  if (what === "status") return console.log(JSON.stringify(await withPool(env, sanctionsStatus), null, 2));
  if (what !== "load") throw new FatalError("COMMAND_UNKNOWN", "say `screening load` or `screening status`");
  const loaded = await withPool(env, (pool) => withKit(env, pool, (kit) => loadSanctions(kit, args)));
  console.log(JSON.stringify(loaded, null, 2));
  if (loaded.outcome === "held") {
    throw new FatalError(
      "LIST_SHRUNK",
      "too many entries are gone; the list in force stays until two officers accept this",
    );
  }
}

async function huntPlaintext(env: Env): Promise<void> {
  if (!env.people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  // From the input, not from arguments: those stand in the shell's history and in the list of processes.
  const texts = readFileSync(0, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  if (texts.length === 0) throw new FatalError("NOTHING_TO_HUNT", "give texts on the input, one a line");
  const keyvault = openPool(env.people.keyvaultUrl, { max: 1 });
  try {
    const main = await withPool(env, (pool) => hunt(pool, texts));
    const keys = await acrossMembers(() => hunt(keyvault, texts));
    console.log(JSON.stringify({ texts: texts.length, main, keys }, null, 2));
    if (main.found.length + keys.found.length > 0)
      throw new FatalError("PLAINTEXT_FOUND", "a text stands in plain text");
  } finally {
    await keyvault.end();
  }
}

/** What an operator can ask for, beside `run`. */
export const commands: Record<string, (env: Env, args: string[]) => Promise<unknown>> = {
  report: (env) => run({ ...env, roles: ["reporter"] }),
  migrate: async (env) => console.log(JSON.stringify(await migrateAll(env))),
  ...Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, operation.run])),
  digest: async (env) => console.log(JSON.stringify(await withPool(env, digest), null, 2)),
  appoint,
  actors: seed,
  hunt: huntPlaintext,
  audit: verifyWholeTrail,
  screening: screen,
  status: async (env) => console.log(JSON.stringify(await withPool(env, status), null, 2)),
};
