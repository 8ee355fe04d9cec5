import { system } from "../../../platform/access/actor.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { membersWithHits } from "../repository/hits.ts";
import { membersListedBy, namedMembersAfter } from "../repository/members.ts";
import { lockVersion, saveVersion, versionsInForce } from "../repository/versions.ts";
import { matchOf, needsReview } from "../rules.ts";
import { catalogue } from "./catalogue.ts";
import { askScreening, namedMember } from "./screening.ts";

const PAGE = 200;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Finds the members whose result a new version could change, and has those alone screened again: whom a changed entry fits,
 * whose wallet one names, and who has an open hit that the list may support no more.
 * @returns how many
 */
export async function compareWithNews(kit: Kit, versionId: string): Promise<number> {
  const version = (await versionsInForce(kit.pool)).find(({ id }) => id === versionId);
  // A newer one took its changes over.
  if (!version || version.comparedAt) return 0;
  const news = (await catalogue(kit.pool, await versionsInForce(kit.pool))).filter(
    ({ list, isChanged }) => list === version.list && isChanged,
  );
  const touched = new Set([...(await membersListedBy(kit.pool, versionId)), ...(await membersWithHits(kit.pool))]);
  let read = 0;
  for (let after = NOBODY; ; ) {
    const page = await namedMembersAfter(kit.pool, after, PAGE);
    for (const memberId of page) {
      const person = await namedMember(kit, memberId);
      if (!person) continue;
      read++;
      const fits = (entry: (typeof news)[number]) => {
        const match = matchOf(person, entry);
        return match !== undefined && needsReview(match);
      };
      if (news.some(fits)) touched.add(memberId);
    }
    if (page.length < PAGE) break;
    after = page.at(-1) ?? "";
  }
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
