import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { hitsOf } from "../repository/hits.ts";
import { listedWalletsOf } from "../repository/members.ts";
import { newestResult } from "../repository/results.ts";
import { versionsInForce } from "../repository/versions.ts";
import { blocks } from "../rules.ts";
import { openFinding } from "./sealing.ts";

/** A wallet that a list names and no officer has found to be somebody else's. Lists count from the moment they are in force. */
async function hasListedWallet(sql: Sql, { seals }: Pick<Kit, "seals">, memberId: string): Promise<boolean> {
  const listed = await listedWalletsOf(sql, memberId);
  if (listed.length === 0) return false;
  const dismissed = (await hitsOf(sql, memberId)).filter(
    ({ kind, state }) => kind === "wallet" && state === "dismissed",
  );
  const findings = await Promise.all(dismissed.map((hit) => openFinding(seals, hit)));
  return listed.some(({ list, entryId, digest }) =>
    findings.every((one) => one.list !== list || one.entryId !== entryId || one.digest !== digest.toString("hex")),
  );
}

/**
 * Whether a member must not be let in: a hit is confirmed, or a list names its wallet. Asked where somebody enters, and
 * never where somebody leaves.
 */
export async function isListed(sql: Sql, kit: Pick<Kit, "seals">, memberId: string): Promise<boolean> {
  return (await hitsOf(sql, memberId)).some(blocks) || hasListedWallet(sql, kit, memberId);
}

/**
 * Lets an officer go on only with somebody who is on no list.
 * @throws {Problem} 409 SANCTIONS_HIT
 */
export async function requireUnlisted(sql: Sql, kit: Pick<Kit, "seals">, memberId: string): Promise<void> {
  if (await isListed(sql, kit, memberId)) {
    throw new Problem(409, "SANCTIONS_HIT", "a sanctions list names this member; it cannot be approved");
  }
}

/**
 * The same, once the member was screened and nothing waits for an officer.
 * @param since What was found before is too old, such as before the case was handed in.
 * @throws {Problem} 409 SANCTIONS_HIT, SCREENING_OPEN or SCREENING_DUE
 */
export async function requireCleared(
  sql: Sql,
  kit: Pick<Kit, "seals">,
  memberId: string,
  since: Date | null,
): Promise<void> {
  await requireUnlisted(sql, kit, memberId);
  if ((await hitsOf(sql, memberId)).some(({ state }) => state === "open" || state === "proposed")) {
    throw new Problem(409, "SCREENING_OPEN", "a hit of screening waits for an officer; decide it first");
  }
  // Where no list was ever loaded, nobody is screened.
  if ((await versionsInForce(sql)).length === 0) return;
  const newest = await newestResult(sql, memberId);
  if (!newest || (since && newest.at < since)) {
    throw new Problem(409, "SCREENING_DUE", "the member has not been screened yet; try again in a minute");
  }
}
