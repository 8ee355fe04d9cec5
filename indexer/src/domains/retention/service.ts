import { randomUUID } from "node:crypto";
import { system } from "../../platform/access/actor.ts";
import { transaction } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { insertReport, leftOf, lockRetention, type Report, removeOver } from "./repository.ts";
import { type Category, categories, schedule } from "./rules.ts";

const DAY_MS = 86_400_000;

/** Removal, report and audit entry of a category stand or fall together. */
async function runOne(kit: Kit, runId: string, category: Category): Promise<Report | undefined> {
  const at = kit.clock();
  const keptDays = schedule[category];
  const before = new Date(at.getTime() - keptDays * DAY_MS);
  return transaction(kit.pool, async (sql) => {
    if (!(await lockRetention(sql))) return undefined;
    const removed = await removeOver(sql, category, before);
    const { held, oldest } = await leftOf(sql, category, before);
    const report = { id: randomUUID(), runId, at, category, keptDays, removed, held, oldestLeft: oldest };
    await insertReport(sql, report);
    await kit.audit.append(sql, system, { action: "retention.run", detail: { runId, category, removed, held } }, at);
    return report;
  });
}

/** Removes what has been kept long enough. @returns a report per category; none while another process does it */
export async function runRetention(kit: Kit): Promise<Report[]> {
  const runId = randomUUID();
  const reports: Report[] = [];
  for (const category of categories) {
    const report = await runOne(kit, runId, category);
    if (report) reports.push(report);
  }
  return reports;
}
