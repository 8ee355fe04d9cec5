import { system } from "../../../platform/access/actor.ts";
import { stillStands } from "../../../platform/db/mirror/state.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { type MirroredStake, mirroredStake } from "../repository/mirror.ts";
import { waiting } from "../repository/queues.ts";
import { type Changes, lockRegistration, type Registration } from "../repository/registrations.ts";
import { type Command, type KycStanding, observed, type StakeStanding, type State, tiers } from "../rules.ts";
import { identityStanding } from "./identity-check.ts";
import { isOverdue, take } from "./steps.ts";

/** What others find out about a registration. */
export interface Facts {
  kyc: KycStanding;
  stake: StakeStanding;
  mirrored: MirroredStake | undefined;
}

/** States in which something is found out without the applicant. */
const watched: State[] = [
  ...(["KYC_PENDING", "KYC_REVIEW", "KYC_APPROVED", "STAKE_INTENT"] as const),
  ...(["STAKE_CONFIRMED", "VALIDATOR_SETUP", "PENDING_APPROVAL"] as const),
];
const PAGE = 200;
const FIRST = "00000000-0000-0000-0000-000000000000";

async function stakeStanding(sql: Sql, r: Registration, m: MirroredStake | undefined): Promise<StakeStanding> {
  if (!m || r.stakeAmount === null) return "none";
  if (r.stakeBlock === null || r.stakeHash === null) {
    if (m.final >= r.stakeAmount && m.last) return "final";
    return m.seen >= r.stakeAmount ? "seen" : "none";
  }
  const stands = await stillStands(sql, r.stakeBlock, r.stakeHash);
  // A mirror that is told anew says nothing until it has come so far again.
  if (stands === undefined) return "final";
  return stands && m.seen >= r.stakeAmount ? "final" : "gone";
}

export async function factsOf(sql: Sql, r: Registration, now: Date): Promise<Facts> {
  const { track } = tiers[r.tier];
  const mirrored = track === "basic" ? undefined : await mirroredStake(sql, r.memberId, track === "validator");
  return {
    kyc: await identityStanding(sql, r.memberId, now),
    stake: await stakeStanding(sql, r, mirrored),
    mirrored,
  };
}

const brings = (command: Command, { kyc, mirrored }: Facts): Changes => {
  if (command === "kyc-rejected") return { reapplyAfter: kyc.reapplyAfter };
  if (command === "stake-final") return { stake: mirrored?.last ?? null };
  return command === "stake-gone" ? { stake: null } : {};
};

/** Takes in what was found out meanwhile. The row is locked. @returns the registration as it stands then, and why */
export async function takeIn(
  sql: Sql,
  kit: Pick<Kit, "clock" | "audit">,
  registration: Registration,
): Promise<{ r: Registration; facts: Facts }> {
  let r = registration;
  for (;;) {
    const now = kit.clock();
    const facts = await factsOf(sql, r, now);
    const command = isOverdue(r, now) ? undefined : observed(r.tier, r.state, facts, now);
    if (command === undefined) return { r, facts };
    r = await take(sql, kit, system, r, command, brings(command, facts));
  }
}

/** Takes in what was found out about everybody who waits for it. */
export async function watch(kit: Kit): Promise<void> {
  for (let after = FIRST; ; ) {
    const page = await waiting(kit.pool, watched, after, PAGE);
    for (const { memberId, id } of page) {
      await transaction(kit.pool, async (sql) => {
        const r = await lockRegistration(sql, memberId, id);
        if (r && watched.includes(r.state)) await takeIn(sql, kit, r);
      });
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.memberId ?? FIRST;
  }
}
