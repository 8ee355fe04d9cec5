import type { Pool } from "pg";
import { listMembers, type MemberFilter, type MemberSort } from "../../indexer/src/domains/tiers/repository.ts";

const nothing: MemberFilter = {
  ...{ tiers: null, statuses: null, kycLevels: null, minStake: null, maxStake: null },
  ...{ createdAfter: null, createdBefore: null, owners: null },
};
const newest: MemberSort = { field: "CREATED_AT", direction: "DESC" };

const lists: [name: string, filter: MemberFilter, sort: MemberSort][] = [
  ["newest", nothing, newest],
  ["of a tier", { ...nothing, tiers: [3] }, newest],
  ["of a status", { ...nothing, statuses: [4] }, newest],
  ["of a level", { ...nothing, kycLevels: [3] }, newest],
  ["as they were active", nothing, { field: "LAST_ACTIVITY_AT", direction: "DESC" }],
  ["of wallets", { ...nothing, owners: ["0x1", "0x2"] }, newest],
  ["by stake", nothing, { field: "STAKE", direction: "DESC" }],
];

/** Tables that a plan of each list reads from end to end; none is what one wants. */
export async function fullScans(pool: Pool): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, filter, sort] of lists) {
    const explain = {
      query: (text: string, values?: unknown[]) => pool.query(`explain (format json) ${text}`, values),
    };
    const plans = (await listMembers(explain as never, 1_780_000_000, filter, sort, {
      limit: 20,
      after: undefined,
    })) as unknown as Record<string, unknown>[];
    const text = JSON.stringify(plans);
    found[name] = [...text.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(
      ([, table]) => table ?? "",
    );
  }
  return found;
}
