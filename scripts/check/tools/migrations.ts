import { complaints } from "../command.ts";
import type { Rule } from "../rule.ts";
import { files } from "../sources.ts";

/** Rules of squawk that do not fit here. */
const excluded: Record<string, string> = {
  "prefer-robust-stmts": "each migration runs in one transaction and is recorded in it, so it is never half applied",
  "require-timeout-settings": "platform/db sets lock_timeout for the session that migrates",
  "prefer-identity": "identities need a sequence per table, which partitioned and replayed tables do without",
  "prefer-text-field": "char and varchar with a length state a fact about the chain (hashes)",
  "prefer-bigint-over-int": "counters and identifiers that the contract itself bounds (validators, days, epochs)",
  "prefer-bigint-over-smallint": "enum members and basis points",
  "require-concurrent-index-creation": "new tables are empty; an index on a large one gets a migration of its own",
  "require-concurrent-index-deletion": "chain.* is dropped and rebuilt by replay",
};

/** Migrations are safe to apply to a database that is in use. */
export const migrations: Rule = {
  name: "SQL migrations",
  run: async (root) => {
    const all = files(root, "indexer/migrations").filter((file) => file.endsWith(".sql"));
    if (all.length === 0) return [];
    const excludes = Object.keys(excluded).flatMap((rule) => ["--exclude", rule]);
    return complaints(
      root,
      "squawk",
      ["--assume-in-transaction", "--pg-version=15", "--reporter=gcc", ...excludes, ...all],
      /\.sql:\d+/,
    );
  },
};
