import { isStamped, readStamp } from "../../db/mirror/stamp.ts";
import type { Sql } from "../../db/pool.ts";

/** Statements that have been looked at; there are a few hundred, and lists with conditions make a few more. */
const MOST_STATEMENTS = 2_000;
const looked = new Map<string, boolean>();

function isKnownStamped(statement: string): boolean {
  const known = looked.get(statement);
  if (known !== undefined) return known;
  if (looked.size >= MOST_STATEMENTS) looked.clear();
  const found = isStamped(statement);
  looked.set(statement, found);
  return found;
}

/**
 * Sees what an answer is made of, while it is made: whether it stands on the mirror alone, and on which state of it. Nothing
 * has to be declared beforehand, so that nothing can be forgotten.
 */
export class Witness {
  #stamp: Promise<string | undefined> | undefined;
  #isOwn = false;
  #failed = false;

  /** Reads of one snapshot; the stamp is read in it, before anything else and without waiting for it. */
  over(sql: Sql): Sql {
    return {
      query: (text, values) => {
        this.#stamp ??= readStamp(sql).catch(() => undefined);
        if (!isKnownStamped(text)) this.spoil();
        return sql.query(text, values);
      },
    };
  }

  /** The answer is begun again, in another snapshot. */
  again(): void {
    this.#stamp = undefined;
  }

  /** Says that the answer depends on more than the mirror. */
  spoil(): void {
    this.#isOwn = true;
  }

  /** Says that the answer is an error, which may be gone when somebody asks again. */
  fail(): void {
    this.#failed = true;
  }

  /** Whether every answer to this question is for its asker alone. */
  get isOwn(): boolean {
    return this.#isOwn || (this.#stamp === undefined && !this.#failed);
  }

  /** The state that the answer is of; undefined if nobody else may be told it, or nothing was read. */
  async stamp(): Promise<string | undefined> {
    const stamp = await this.#stamp;
    return this.#isOwn || this.#failed ? undefined : stamp;
  }
}
