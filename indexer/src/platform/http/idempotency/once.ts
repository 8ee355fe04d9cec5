import { createHmac, randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { canonical } from "../../access/audit/canonical.ts";
import { type Sql, transaction } from "../../db/pool.ts";
import type { Kit } from "../../domain.ts";
import { type FieldError, Problem } from "../problem.ts";
import { answer, type Claim, claim, type Known, known, release } from "./repository.ts";

/** How long an answer is kept. */
export const ANSWER_MS = 24 * 3_600_000;
/** Whoever works on a command for longer has died: requests end long before. */
const DEAD_MS = 120_000;

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** What a command writes, in the transaction that keeps its answer. */
export type Commit = (sql: Sql) => Promise<Answer>;

/** A command, asked for under a key of its caller's. */
export interface Asked {
  memberId: string;
  /** Name of the command: two APIs that carry the same out share their keys. */
  command: string;
  key: string;
  /** What is asked for, as JSON. */
  input: object;
}

type Stands = Pick<Kit, "pool" | "clock" | "seals" | "tokenSeed">;

/** @throws {Problem} 400 IDEMPOTENCY_KEY_MISSING */
export function requireKey(key: unknown): string {
  if (typeof key === "string" && /^[\w-]{8,128}$/.test(key)) return key;
  const words = "send an Idempotency-Key: 8 to 128 letters, digits, _ or -, the same when you repeat a request";
  throw new Problem(400, "IDEMPOTENCY_KEY_MISSING", words);
}

/** The key that a request names (draft-ietf-httpapi-idempotency-key-header). @throws {Problem} as `requireKey` */
export const keyOf = (request: FastifyRequest): string => requireKey(request.headers["idempotency-key"]);

const placeOf = ({ memberId, command, key }: Asked) => ({
  table: "app.idempotency_keys",
  column: "sealed_answer",
  memberId,
  rowId: `${command}|${key}`,
});

/** HMAC over the canonical JSON (RFC 8785): a dump of the database does not tell by guessing what was asked. */
const fingerprintOf = ({ tokenSeed }: Stands, input: object): Buffer => {
  const secret = createHmac("sha256", tokenSeed).update("idempotency").digest();
  return createHmac("sha256", secret).update(canonical(input)).digest();
};

/** Refusals that somebody mends and then asks for the same: they leave the key free. */
const isOfTheMoment = ({ status }: Problem) => status >= 500 || [401, 403, 429].includes(status);

const seal = ({ seals }: Stands, asked: Asked, body: object) =>
  seals.seal("profile", placeOf(asked), JSON.stringify(body));

async function answered({ seals }: Stands, asked: Asked, fingerprint: Buffer, earlier: Known): Promise<Answer> {
  if (!earlier.fingerprint.equals(fingerprint)) {
    throw new Problem(422, "IDEMPOTENCY_KEY_REUSED", "this key was used for another request; use a new one");
  }
  if (earlier.status === null || earlier.sealedAnswer === null) throw inFlight();
  const body = JSON.parse(await seals.open("profile", placeOf(asked), earlier.sealedAnswer)) as Answer["body"];
  if (earlier.status < 400) return { status: earlier.status, body };
  const { code, message, errors } = body as { code: string; message: string; errors: FieldError[] };
  throw new Problem(earlier.status, code, message, { errors });
}

const inFlight = () =>
  new Problem(
    409,
    "IDEMPOTENCY_IN_FLIGHT",
    "the first request with this key is still worked on; ask again in a moment",
  );

async function refuse(kit: Stands, asked: Asked, mine: Claim, error: unknown): Promise<void> {
  if (!(error instanceof Problem) || isOfTheMoment(error)) return release(kit.pool, mine);
  const { status, code, message, errors } = error;
  await answer(kit.pool, mine, status, await seal(kit, asked, { code, message, errors }));
}

/**
 * Carries a command out once, however often it is asked for under one key within a day: asked again, the same is answered.
 * @param prepare Looks and decides; what it returns writes, in one transaction with the answer.
 * @throws {Problem} what the command throws; 409 IDEMPOTENCY_IN_FLIGHT while the first asking is worked on, 422
 * IDEMPOTENCY_KEY_REUSED for another body under the same key
 */
export async function once(kit: Stands, asked: Asked, prepare: () => Promise<Commit>): Promise<Answer> {
  const at = kit.clock();
  const fingerprint = fingerprintOf(kit, asked.input);
  const { memberId, command, key } = asked;
  const mine: Claim = { memberId, command, key, fingerprint, holder: randomUUID(), at };
  const ago = (ms: number) => new Date(at.getTime() - ms);
  if (!(await claim(kit.pool, mine, ago(DEAD_MS), ago(ANSWER_MS)))) {
    const earlier = await known(kit.pool, mine);
    if (!earlier) throw inFlight();
    return answered(kit, asked, fingerprint, earlier);
  }
  try {
    const commit = await prepare();
    return await transaction(kit.pool, async (sql) => {
      const done = await commit(sql);
      // Danger: whoever was thought dead must not write beside whoever took over.
      if (!(await answer(sql, mine, done.status, await seal(kit, asked, done.body)))) throw inFlight();
      return done;
    });
  } catch (error) {
    await refuse(kit, asked, mine, error);
    throw error;
  }
}
