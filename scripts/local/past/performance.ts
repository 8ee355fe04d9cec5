import { buildReport, type Duty, REPORT_VERSION, rewarded } from "../../../indexer/src/roles/reporter/report.ts";
import { as, type Story, sent } from "../acts.ts";
import { localWallet } from "../chain.ts";
import { wait } from "./clock.ts";
import { REPORTER } from "./wallets.ts";

/** Duties of a validator in a told epoch. */
const DUTIES = 2_000;
/** An Enterprise validator that grows careless, and loses its tier for it. */
const CARELESS = 9;

/** Duties that a validator missed: few, more for the careless one once half of the time is over. */
function missedBy(validatorId: number, share: number, random: () => number): number {
  if (validatorId === CARELESS && share > 0.5) return 8 + Math.floor(random() * 6);
  if (validatorId === 3) return random() < 0.2 ? 1 : 0;
  return Math.floor(random() * random() * 14);
}

/**
 * Reports the last ended epoch: the reporter's hash is the quorum, its pages credit the epoch.
 * @param share Part of the told time that is over.
 */
export async function reportEpoch(story: Story, share: number): Promise<void> {
  const { vault, validators, core, oracle } = as(story, REPORTER);
  const epoch = Number(await vault.currentEpoch()) - 1;
  const budget = await vault.budgetFor(epoch);
  if (epoch <= Number(await oracle.lastProcessedEpoch()) || budget === 0n) return;
  const duties: Duty[] = [];
  for (let validatorId = 1; validatorId <= Number(await validators.validatorCount()); validatorId++) {
    if (!(await validators.isEarning(validatorId))) continue;
    const missed = missedBy(validatorId, share, story.random);
    const stake = await core.totalStakeOf(validatorId);
    duties.push({ validatorId, proposed: Math.floor(DUTIES / 12), attested: DUTIES - missed, missed, stake });
  }
  const head = await story.provider.getBlockNumber();
  const report = buildReport(
    epoch,
    { from: BigInt(Math.max(0, head - 5)), to: BigInt(head) },
    rewarded(duties, budget),
  );
  await sent(oracle.submitReport(epoch, report.hash, REPORT_VERSION));
  await sent(oracle.submitHeader(epoch, REPORT_VERSION, report.header, report.firstPageHash));
  for (const { items, nextHash } of report.pages) await sent(oracle.submitData(epoch, items, nextHash));
}

/** Looks at every validator's tier: stages what the facts ask for, and makes what has waited long enough. */
export async function evaluateTiers(story: Omit<Story, "random">): Promise<void> {
  const { tiers, validators } = as(story, REPORTER);
  for (let validatorId = 1; validatorId <= Number(await validators.validatorCount()); validatorId++) {
    const memberNo = await validators.memberNoOf(validatorId);
    const [grade, supported] = [await tiers.gradeOf(memberNo), await tiers.supportedTierOf(memberNo)];
    if (grade.tier !== supported || grade.effectiveAt !== 0n) await sent(tiers.evaluate(memberNo));
  }
}

/** Lets everybody's tier follow the facts: who delegates is a staker. */
export async function evaluateMembers(story: Omit<Story, "random">): Promise<void> {
  const { tiers, members } = as(story, REPORTER);
  const changing: bigint[] = [];
  for (let memberNo = 1n; memberNo <= (await members.memberCount()); memberNo++) {
    if ((await tiers.tierOf(memberNo)) !== (await tiers.supportedTierOf(memberNo))) changing.push(memberNo);
  }
  for (const memberNo of changing) await sent(tiers.evaluate(memberNo));
  await wait(story, Number((await tiers.parameters()).promotionGrace));
  for (const memberNo of changing) await sent(tiers.evaluate(memberNo));
}

/** Gives a member the tier that its facts support, after the grace. */
export async function rise(story: Omit<Story, "random">, index: number): Promise<void> {
  const { tiers, members } = as(story, index);
  const memberNo = await members.memberNoOf(localWallet(index).address);
  await sent(tiers.evaluate(memberNo));
  await wait(story, Number((await tiers.parameters()).promotionGrace));
  await sent(tiers.evaluate(memberNo));
}
