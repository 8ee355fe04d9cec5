import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { modules, walk } from "../modules.ts";
import type { Breach, Rule } from "../rule.ts";
import { isTest, lineOf } from "../sources.ts";
import { type TableClass, updateObjections } from "./updates.ts";

/**
 * Reads that ask every shard, each with its reason. All others must name the key of a distributed table: by a
 * parameter, or by joining it to a table whose key they name.
 */
const everyShard: Record<string, string> = {
  "indexer/src/domains/validators/repository.ts": "validators are few, and ranks compare them all",
  "indexer/src/domains/tiers/repository.ts": "members are filtered by stake that slashes move without touching them",
  "indexer/src/domains/events/repository.ts": "the feed is of everybody unless it is asked of one",
  "indexer/src/domains/staking/repository.ts": "lists are of a member or of a validator, numbers name neither",
  "indexer/src/domains/identity/repository.ts": "wallets and salted ids find members by index",
  "indexer/src/domains/governance/repository.ts":
    "proposals and delegates are listed across all; the newest and the heaviest come first",
  "indexer/src/domains/liquid/repository.ts": "the vault lists sixteen validators at most",
  "indexer/src/domains/performance/repository.ts": "an epoch's report names every validator",
  "indexer/src/domains/slashing/repository.ts": "cases are few, and are listed across all",
  "indexer/src/domains/security/repository/sessions.ts": "a session's wallet finds its member by index",
  "indexer/src/domains/identity/repository/personal.ts": "a value names its member by one of its indexes",
  "indexer/src/domains/security/repository/provider.ts": "a member finds its identity at the provider by index",
  "indexer/src/domains/api-keys/repository.ts":
    "a key names itself; a member's keys, twenty at most, are found by index",
  "indexer/src/domains/security/repository/staff.ts": "whether there is an administrator concerns everybody",
  "indexer/src/domains/registration/repository/mirror.ts": "a person's wallets find their member of the chain by index",
  "indexer/src/domains/registration/repository/queues.ts": "who waits, and whose time is over, concerns everybody",
  "indexer/src/domains/intents/repository/mirror.ts":
    "wallets find their member and validator by index; what is shared by several statements names its key in each",
  "indexer/src/domains/intents/repository/queues.ts": "what is still to be found concerns everybody",
  "indexer/src/domains/intents/repository/appeals.ts": "a suspension's number does not name its member",
  "indexer/src/domains/kyc/repository/attestations.ts":
    "attestations are found by uid, members by wallet, each by index",
  "indexer/src/domains/screening/repository/members.ts": "a person's wallets are found by index, listed ones by a list",
  "indexer/src/domains/suspensions/repository.ts": "a suspension's number does not name its member",
  "indexer/src/domains/finance/repository.ts": "sums of one member join its wallet, its validator and its own rows",
  "indexer/src/domains/metadata/repository.ts": "published names find their members by index",
  "indexer/src/domains/referrals/repository.ts": "a code, and who came by it, find their member by index",
  "indexer/src/domains/approvals/repository.ts": "proposals name few people, whose wallets are found by index",
  "indexer/src/domains/portability/repository/held.ts": "a copy of a member's data finds its wallets and keys by index",
  "indexer/src/domains/webhooks/repository/happenings.ts": "a member's wallets find its events by index",
  "indexer/src/domains/webhooks/repository/queues.ts": "what is still to be sent concerns everybody",
  "indexer/src/domains/exports/repository.ts": "whole tables are exported, row by row",
  "indexer/src/domains/series/repository.ts":
    "ballots are few, and are counted across all proposals; events are one member's",
  "indexer/src/domains/blocks/repository.ts": "the newest blocks come first, whatever their shard",
};

const statements = (text: string, body: unknown[]): { written: string; line: number }[] => {
  const found: { written: string; line: number }[] = [];
  walk(body, (node) => {
    const literal = node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
    const template = node.type === "TemplateLiteral" ? text.slice(node.start + 1, node.end - 1) : undefined;
    const written = literal ?? template;
    if (written !== undefined) found.push({ written, line: lineOf(text, node.start) });
  });
  return found;
};

function objections(written: string, file: string, classes: Record<string, TableClass>): string[] {
  const named = Object.entries(classes).filter(([name]) =>
    new RegExp(`\\b${name.replace(".", "\\.")}\\b`).test(written),
  );
  const distributed = named.filter(([, { kind }]) => kind === "distributed");
  const problems: string[] = [];
  if (/skip\s+locked/i.test(written) && distributed.length > 0)
    problems.push(`claims work on ${distributed[0]?.[0]}, which is distributed: queues stay local`);
  if (/set_config\([^)]*,\s*false\s*\)/i.test(written)) problems.push("sets a value beyond its transaction");
  if (/^\s*set\s+(session\s+|role\b|app\.)/i.test(written)) problems.push("sets a value beyond its transaction");
  problems.push(...updateObjections(written, classes));
  const keyed = distributed.every(([, { key }]) => new RegExp(`\\b${key}\\s*(=|between|>|<)`).test(written));
  const isRead = /^\s*(with|select)\b/i.test(written);
  if (isRead && !keyed && file.includes("/domains/") && !(file in everyShard))
    problems.push(`reads ${distributed.map(([name]) => name).join(", ")} without its key`);
  return problems;
}

/** Statements keep to the schema rules that a catalog cannot show: queues, settings, keys and what changes them. */
export const shards: Rule = {
  name: "statements and shards",
  run: (root) => {
    const path = join(root, "indexer/classes.json");
    if (!existsSync(path)) return [];
    const classes = JSON.parse(readFileSync(path, "utf8")) as Record<string, TableClass>;
    return modules(root)
      .filter(({ file }) => file.startsWith("indexer/src/") && !isTest(file))
      .flatMap(({ file, text, body }) =>
        statements(text, body).flatMap(({ written, line }) =>
          objections(written, file, classes).map((message): Breach => ({ file, line, message })),
        ),
      );
  },
};
