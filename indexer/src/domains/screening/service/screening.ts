import { randomUUID } from "node:crypto";
import { system } from "../../../platform/access/actor.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { readPersonal } from "../../identity/service/personal.ts";
import { type Hit, hitsOf, insertHit, lapseHit } from "../repository/hits.ts";
import { listedWalletsOf, lockMember, walletsOf } from "../repository/members.ts";
import { insertResult, type Why } from "../repository/results.ts";
import { versionsInForce } from "../repository/versions.ts";
import { matchOf, needsReview, personOf, riskOf, walletMatch } from "../rules.ts";
import { catalogue, type Listed } from "./catalogue.ts";
import { type Finding, openFinding, sealExplanation, sealFinding } from "./sealing.ts";

export const SCREEN_QUEUE = "screening-member";
/** Findings that a result keeps: the best ones explain it. */
const KEPT = 20;

const fields = ["legal_name", "latin_name", "birth_date", "nationality"] as const;
type Comparing = ReturnType<typeof personOf>;

/** Who a member says it is; undefined for one who was erased, or has said nothing. Whoever calls it leaves an audit entry. */
export async function namedMember(sql: Sql, kit: Kit, memberId: string): Promise<Comparing | undefined> {
  const said = await readPersonal(sql, kit, memberId, fields).catch((error: { code?: string }) => {
    if (error.code !== "VAULT_KEY_DESTROYED") throw error;
    return {} as Partial<Record<(typeof fields)[number], string>>;
  });
  if (!said.latin_name && !said.legal_name) return undefined;
  const { latin_name, legal_name, birth_date: birthDate, nationality } = said;
  return personOf({ names: [latin_name, legal_name], birthDate, nationality });
}

const found = (listed: Pick<Listed, "list" | "entryId" | "digest" | "caption">) => ({
  ...{ list: listed.list, entryId: listed.entryId, digest: listed.digest, caption: listed.caption },
});

interface Findings {
  wallets: Finding[];
  names: (Finding & { topics: Listed["topics"] })[];
}

async function compare(sql: Sql, memberId: string, person: Comparing | undefined, listed: Listed[]) {
  const wallets = (await listedWalletsOf(sql, memberId)).map((one) => ({
    ...found({ ...one, digest: one.digest.toString("hex") }),
    ...{ ...walletMatch, wallet: one.address },
  }));
  const names: Findings["names"] = [];
  for (const entry of person ? listed : []) {
    const match = person && matchOf(person, entry);
    if (match && needsReview(match)) names.push({ ...found(entry), ...match, wallet: null, topics: entry.topics });
  }
  names.sort((a, b) => b.score - a.score);
  return { wallets, names: names.slice(0, KEPT) } satisfies Findings;
}

const isSame = (a: Finding, b: Finding) => a.list === b.list && a.entryId === b.entryId && a.wallet === b.wallet;

/** Whether an earlier hit says the same already: one that was dismissed does, until the list says something else. */
const covers = (hit: Hit, old: Finding, now: Finding) =>
  isSame(old, now) && hit.state !== "lapsed" && (hit.state !== "dismissed" || old.digest === now.digest);

/** Opens hits for what is new, and lapses open ones that the lists support no more. @returns the member's hits by now */
async function reconcile(sql: Sql, kit: Kit, memberId: string, findings: Finding[]): Promise<(Finding & Hit)[]> {
  const at = kit.clock();
  const earlier: { hit: Hit; finding: Finding }[] = [];
  for (const hit of await hitsOf(sql, memberId)) earlier.push({ hit, finding: await openFinding(kit.seals, hit) });
  for (const { hit, finding } of earlier) {
    if (hit.state !== "open" || findings.some((now) => isSame(now, finding))) continue;
    if (!(await lapseHit(sql, hit))) continue;
    hit.state = "lapsed";
    const detail = { hitId: hit.id };
    await kit.audit.append(sql, system, { action: "screening.hit.lapsed", subjectId: memberId, detail }, at);
  }
  for (const now of findings) {
    if (earlier.some(({ hit, finding }) => covers(hit, finding, now))) continue;
    const id = randomUUID();
    const kind = now.wallet === null ? ("name" as const) : ("wallet" as const);
    const sealed = await sealFinding(kit.seals, { memberId, id }, now);
    await insertHit(sql, { memberId, id, openedAt: at, kind, score: now.score, sealed });
    const detail = { hitId: id, kind };
    await kit.audit.append(sql, system, { action: "screening.hit.opened", subjectId: memberId, detail }, at);
  }
  const by: (Finding & Hit)[] = [];
  for (const hit of await hitsOf(sql, memberId)) by.push({ ...(await openFinding(kit.seals, hit)), ...hit });
  return by;
}

async function riskFacts(sql: Sql, memberId: string, person: Comparing | undefined, found: Findings, hits: Hit[]) {
  const standing = hits.filter(({ state }) => state === "open" || state === "proposed");
  const isListed = ({ kind, state }: Hit) => kind === "wallet" && state !== "dismissed" && state !== "lapsed";
  return {
    hasListedWallet: hits.some(isListed),
    isConfirmed: hits.some(({ state }) => state === "confirmed"),
    bestOpenScore: Math.max(0, ...standing.map(({ score }) => score)),
    topics: found.names.flatMap(({ topics }) => topics),
    country: person?.country ?? null,
    hasBirthDate: person?.birthDate != null,
    hasContractWallet: (await walletsOf(sql, memberId)).some(({ isContract }) => isContract),
  };
}

/** Politically exposed people are looked at more closely; they are on no list of sanctions. */
const isSanction = ({ topics }: { topics: Listed["topics"] }) => topics.length === 0 || topics.includes("sanction");

/**
 * Compares a member with all lists in force and writes down what was found, with the versions it was found by. A second
 * time adds a result and no hit. Nobody tells the member.
 */
export async function screenMember(kit: Kit, memberId: string, why: Why): Promise<void> {
  await transaction(kit.pool, async (sql) => {
    await lockMember(sql, memberId);
    // Danger: read under the lock, so that no screening by an older list ends after one by a newer.
    const versions = await versionsInForce(sql);
    const listed = await catalogue(sql, versions);
    const person = await namedMember(sql, kit, memberId);
    const wallets = await walletsOf(sql, memberId);
    // Somebody who was erased has neither, and is kept as it was.
    if (!person && wallets.length === 0) return;
    const findings = await compare(sql, memberId, person, listed);
    const sanctions = [...findings.wallets, ...findings.names.filter(isSanction).map(({ topics, ...one }) => one)];
    const hits = await reconcile(sql, kit, memberId, sanctions);
    const facts = await riskFacts(sql, memberId, person, findings, hits);
    const risk = riskOf(facts);
    const at = kit.clock();
    const row = { memberId, id: randomUUID() };
    const kept = [...findings.wallets, ...findings.names].slice(0, KEPT);
    await insertResult(sql, {
      ...{ ...row, at, why, amlScore: risk.score, isExposed: facts.topics.includes("pep") },
      versions: Object.fromEntries(versions.map(({ list, id }) => [list, id])),
      sealed: await sealExplanation(kit.seals, row, { findings: kept, risk }),
    });
    const detail = { resultId: row.id, why, open: hits.filter(({ state }) => state === "open").length };
    await kit.audit.append(sql, system, { action: "screening.member", subjectId: memberId, detail }, at);
  });
}

/** Has a member screened, in the caller's transaction. */
export const askScreening = (sql: Sql, kit: Kit, memberId: string, why: Why): Promise<void> =>
  kit.jobs.send(sql, SCREEN_QUEUE, { memberId, why });
