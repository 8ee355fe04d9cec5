import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { type FieldError, Problem } from "../../../platform/http/problem.ts";
import { type CommandKey, type Recorded, recordAnswer, recordedAnswer, takeKey } from "../repository/commands.ts";

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A refusal whose transaction stands all the same. */
export interface Refusal {
  refused: Problem;
}

/** A command, asked for under a key of its caller's. */
export interface Asked {
  key: CommandKey;
  fingerprint: Buffer;
  /** Is done once per asking, outside the transaction. May refuse. */
  before?: () => Promise<void>;
}

/** Whether a refusal is of what was asked, and not of the moment. */
const isLasting = ({ status }: Problem) => status === 409 || status === 422;

const written = ({ code, message, errors }: Problem) => ({ code, message, errors });

function answerOf(earlier: Recorded, fingerprint: Buffer): Answer {
  if (!earlier.fingerprint.equals(fingerprint)) {
    throw new Problem(422, "IDEMPOTENCY_KEY_REUSED", "this key was used for another request; use a new one");
  }
  const { status, answer } = earlier;
  if (status < 400) return { status, body: answer };
  const { code, message, errors } = answer as { code: string; message: string; errors: FieldError[] };
  throw new Problem(status, code, message, { errors });
}

/**
 * Carries a command out once, however often it is asked for under one key: asked again, the same is answered. Whoever
 * asks meanwhile waits.
 * @throws {Problem} what `work` throws, or 422 IDEMPOTENCY_KEY_REUSED for another body under the same key
 */
export async function once(
  { pool, clock }: Pick<Kit, "pool" | "clock">,
  { key, fingerprint, before }: Asked,
  work: (sql: Sql) => Promise<Answer | Refusal>,
): Promise<Answer> {
  const earlier = await recordedAnswer(pool, key);
  if (earlier) return answerOf(earlier, fingerprint);
  try {
    await before?.();
    const outcome = await transaction(pool, async (sql) => {
      if (!(await takeKey(sql, key, fingerprint, clock()))) {
        const other = await recordedAnswer(sql, key);
        if (other) return answerOf(other, fingerprint);
      }
      const answer = await work(sql);
      if ("refused" in answer) await recordAnswer(sql, key, answer.refused.status, written(answer.refused));
      else await recordAnswer(sql, key, answer.status, answer.body);
      return answer;
    });
    if ("refused" in outcome) throw outcome.refused;
    return outcome;
  } catch (error) {
    if (error instanceof Problem && isLasting(error)) {
      await transaction(pool, async (sql) => {
        if (await takeKey(sql, key, fingerprint, clock())) await recordAnswer(sql, key, error.status, written(error));
      });
    }
    throw error;
  }
}
