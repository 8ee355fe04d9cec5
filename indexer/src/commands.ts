import type { Pool } from "pg";
import type { Env } from "./env.ts";
import { run } from "./main.ts";
import { inForce } from "./platform/db/checkpoint.ts";
import { readMirrors } from "./platform/db/mirror/editions.ts";
import { newestBlock, readReport, reorgCounts } from "./platform/db/mirror/state.ts";
import { digest } from "./platform/db/tables.ts";
import { migrateAll } from "./roles/migrate.ts";
import { backupLogs, restoreLogs } from "./roles/operation/backup.ts";
import type { Command } from "./roles/operation/command.ts";
import { withPool } from "./roles/operation/database.ts";
import { prune } from "./roles/operation/prune.ts";
import { redeploy } from "./roles/operation/redeploy.ts";
import { replay } from "./roles/operation/replay.ts";
import { verify } from "./roles/operation/verify.ts";

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
  screening status
            print the lists in force as JSON: version, entries, when they came, SHA-256
  screening load --list NAME --file FILE [--format FORMAT] [--alt FILE --add FILE] [--sha256 HEX]
            load a sanctions list; all of it comes into force, or the list in force stays. FORMAT is sdn-csv, sdn-advanced-xml,
            opensanctions-csv or ftm-json; it follows from the file's name. sdn-csv needs ALT.CSV and ADD.CSV as well.
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

/** Commands about people stand apart: they load most of the API. */
const aboutPeople = ["appoint", "actors", "hunt", "audit", "screening"] as const;
const ofPeople = (name: (typeof aboutPeople)[number]) => async (env: Env, args: string[]) =>
  (await import("./roles/operation/people.ts")).aboutPeople[name](env, args);

/** What an operator can ask for, beside `run`. */
export const commands: Record<string, (env: Env, args: string[]) => Promise<unknown>> = {
  report: (env) => run({ ...env, roles: ["reporter"] }),
  migrate: async (env) => console.log(JSON.stringify(await migrateAll(env))),
  ...Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, operation.run])),
  digest: async (env) => console.log(JSON.stringify(await withPool(env, digest), null, 2)),
  ...Object.fromEntries(aboutPeople.map((name) => [name, ofPeople(name)])),
  status: async (env) => console.log(JSON.stringify(await withPool(env, status), null, 2)),
};
