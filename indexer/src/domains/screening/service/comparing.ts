import { system } from "../../../platform/access/actor.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { openHits } from "../repository/hits.ts";
import { membersListedBy, namedMembersAfter } from "../repository/members.ts";
import { exposedResults } from "../repository/results.ts";
import { lockVersion, saveVersion, versionsInForce } from "../repository/versions.ts";
import { matchOf, needsReview } from "../rules.ts";
import { catalogue, type Listed } from "./catalogue.ts";
import { askScreening, namedMember } from "./screening.ts";
import { type Finding, openExplanation, openFinding } from "./sealing.ts";

const PAGE = 200;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Members with a finding that the list no longer says, or says otherwise. */
async function unsupported({ pool, seals }: Kit, list: string, listed: Listed[]): Promise<string[]> {
  const same = new Set(listed.filter(({ isChanged }) => !isChanged).map(({ entryId }) => entryId));
  const isGone = (finding: Finding) => finding.list === list && !same.has(finding.entryId);
  // Records whose key was destroyed are nobody's any more.
  const none = (error: { code?: string }) => {
    if (error.code !== "VAULT_KEY_DESTROYED") throw error;
    return [] as Finding[];
  };
  const found: string[] = [];
  for (const hit of await openHits(pool)) {
    const findings = await openFinding(seals, hit).then((finding) => [finding], none);
    if (findings.some(isGone)) found.push(hit.memberId);
  }
  for (const result of await exposedResults(pool)) {
    const findings = await openExplanation(seals, result).then((explanation) => explanation.findings, none);
    if (findings.some(isGone)) found.push(result.memberId);
  }
  return found;
}

/** Members whom an entry fits. @returns them, and how many were compared */
async function fitted(kit: Kit, news: Listed[]): Promise<{ fits: string[]; read: number }> {
  const fits: string[] = [];
  let read = 0;
  for (let after = NOBODY; news.length > 0; ) {
    const page = await namedMembersAfter(kit.pool, after, PAGE);
    for (const memberId of page) {
      const person = await namedMember(kit.pool, kit, memberId);
      if (!person) continue;
      read++;
      const isLike = (entry: Listed) => {
        const match = matchOf(person, entry);
        return match !== undefined && needsReview(match);
      };
      if (news.some(isLike)) fits.push(memberId);
    }
    if (page.length < PAGE) break;
    after = page.at(-1) ?? "";
  }
  return { fits, read };
}

/**
 * Finds the members whose result a new version could change, and has those alone screened again: whom a changed entry fits,
 * whose wallet one names, and who was found to fit one that is changed or gone.
 * @returns how many
 */
export async function compareWithNews(kit: Kit, versionId: string): Promise<number> {
  const version = (await versionsInForce(kit.pool)).find(({ id }) => id === versionId);
  // A newer one took its changes over.
  if (!version || version.comparedAt) return 0;
  const all = await catalogue(kit.pool, await versionsInForce(kit.pool));
  const listed = all.filter(({ list }) => list === version.list);
  const news = listed.filter(({ isChanged }) => isChanged);
  const { fits, read } = await fitted(kit, news);
  const byWallet = await membersListedBy(kit.pool, versionId);
  const touched = new Set([...fits, ...byWallet, ...(await unsupported(kit, version.list, listed))]);
  await transaction(kit.pool, async (sql) => {
    const locked = await lockVersion(sql, versionId);
    if (locked?.state !== "in_force") return;
    for (const memberId of touched) await askScreening(sql, kit, memberId, "list");
    await saveVersion(sql, { ...locked, comparedAt: kit.clock() });
    const detail = { versionId, read, again: touched.size };
    await kit.audit.append(sql, system, { action: "screening.list.compared", detail }, kit.clock());
  });
  return touched.size;
}
