import { randomBytes, randomUUID } from "node:crypto";
import { takeFrom } from "../../../platform/db/load/rate-limit.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { type Code, type CodeKind, codeFor, countTry, putCode } from "../repository/codes.ts";
import type { Registration } from "../repository/registrations.ts";
import { CODE_ATTEMPTS, CODE_MS, RESEND_MS } from "../rules.ts";
import type { Secrets } from "./secrets.ts";

export const CODE_QUEUE = "registration-code";
/** Codes for one member in a day. */
const CODES_A_DAY = { requests: 20, seconds: 86_400 };

export const wrongCode = () =>
  new Problem(422, "CODE_WRONG", "this is not the code that was sent last; look at it again");

const tooSoon = (seconds: number) =>
  new Problem(429, "RESEND_TOO_SOON", `a code is under way; ask for another in ${seconds} s`, {
    headers: { "retry-after": String(seconds) },
  });

/**
 * Makes a code and has it sent. An earlier one of its kind is good for nothing from then on.
 * @throws {Problem} 429 RESEND_TOO_SOON within 30 seconds of the last one, and after twenty in a day
 */
export async function issueCode(
  sql: Sql,
  { clock, jobs }: Pick<Kit, "clock" | "jobs">,
  { memberId, id: registrationId }: Registration,
  kind: CodeKind,
): Promise<void> {
  const now = clock();
  const last = await codeFor(sql, memberId, registrationId, kind);
  const wait = last ? last.createdAt.getTime() + RESEND_MS - now.getTime() : 0;
  if (wait > 0) throw tooSoon(Math.ceil(wait / 1_000));
  const rest = await takeFrom(sql, clock, `codes|${memberId}`, CODES_A_DAY);
  if (rest > 0) throw tooSoon(rest);
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await putCode(sql, { memberId, registrationId, kind, id, salt: randomBytes(16), createdAt: now, expiresAt });
  await jobs.send(sql, CODE_QUEUE, { memberId, registrationId, kind, codeId: id });
}

/**
 * Tries a code. The try is counted, and stands, before anything is compared.
 * @throws {Problem} 422 CODE_WRONG; 409 CODE_OVER when tries or time are over
 */
export async function tryCode(
  { pool, clock }: Pick<Kit, "pool" | "clock">,
  secrets: Secrets,
  { memberId, id: registrationId }: Registration,
  kind: CodeKind,
  text: string,
): Promise<Code> {
  const code = await countTry(pool, { memberId, registrationId, kind }, CODE_ATTEMPTS, clock());
  if (!code) throw new Problem(409, "CODE_OVER", "the code's time or tries are over; have another sent");
  if (!secrets.isCode(code, text)) throw wrongCode();
  return code;
}
