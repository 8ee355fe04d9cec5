import type { Key } from "../../../shared/i18n/ko.ts";
import type { MyValidator } from "../queries.ts";
import { type Grade, stageOf } from "../tier/stage.ts";

const DAY = 86_400;
const KYC_WARNED_SECONDS = 30 * DAY;
const KEY_OLD_SECONDS = 180 * DAY;

/** Something for the operator to do. */
export interface Task {
  name: Key;
  /** Where it is done. */
  page: string;
  /** Unix seconds by which it should be done, or from which it can be. */
  at?: number;
  isUrgent: boolean;
}

/** What the indexer knows of cases against the validator. */
export interface OpenCase {
  caseId: number;
  state: string;
  appealBy: number;
}

interface Situation {
  validator: MyValidator;
  grade: Grade | undefined;
  cases: readonly OpenCase[];
  now: number;
}

function ofCommission({ validator, now }: Situation): Task[] {
  const { executableAt, expiresAt, openCases, commission, selfRewards } = validator;
  const tasks: Task[] = [];
  if (executableAt !== 0 && now < expiresAt && openCases === 0)
    tasks.push(
      now >= executableAt
        ? { name: "task.executeCommission", page: "/operator/commission", at: expiresAt, isUrgent: true }
        : { name: "task.commissionWaits", page: "/operator/commission", at: executableAt, isUrgent: false },
    );
  if (commission + selfRewards > 0n && openCases === 0)
    tasks.push({ name: "task.claimCommission", page: "/operator/register", isUrgent: false });
  return tasks;
}

function ofPlace({ validator, grade, now }: Situation): Task[] {
  const { isTombstoned, isActive, jailedUntil, openCases } = validator;
  if (isTombstoned) return [];
  if (jailedUntil !== 0)
    return openCases === 0 && now >= jailedUntil
      ? [{ name: "task.unjail", page: "/operator/register", isUrgent: true }]
      : [];
  const stage = grade && stageOf(grade, now);
  const tasks: Task[] = [];
  if (stage?.kind === "open") tasks.push({ name: "task.announceTier", page: "/operator", isUrgent: false });
  if (stage?.kind === "ripe") tasks.push({ name: "task.applyTier", page: "/operator", isUrgent: true });
  if (!isActive && openCases === 0 && grade && grade.tier >= 3)
    tasks.push({ name: "task.activate", page: "/operator/register", isUrgent: true });
  return tasks;
}

/** What there is to do, urgent things first. */
export function tasksOf(situation: Situation): Task[] {
  const { validator, cases, now } = situation;
  const appeals = cases
    .filter(({ state, appealBy }) => state === "REPORTED" && now < appealBy)
    .map(({ appealBy }) => ({
      name: "task.appeal" as const,
      page: "/operator/slashes",
      at: appealBy,
      isUrgent: true,
    }));
  const { kycValidUntil, keySince } = validator;
  const isKycShort = kycValidUntil - now < KYC_WARNED_SECONDS;
  const isKeyOld = !validator.isTombstoned && now - keySince > KEY_OLD_SECONDS;
  const tasks: Task[] = [
    ...appeals,
    ...ofPlace(situation),
    ...ofCommission(situation),
    ...(isKycShort
      ? [{ name: "task.kyc" as const, page: "/status", at: kycValidUntil, isUrgent: kycValidUntil <= now }]
      : []),
    ...(isKeyOld ? [{ name: "task.rotateKey" as const, page: "/operator", isUrgent: false }] : []),
  ];
  return tasks.sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent));
}
