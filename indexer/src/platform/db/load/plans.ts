import { createHash } from "node:crypto";

/** A statement that comes so often is worth a plan that is kept. */
const OFTEN = 5;
/** So many plans at most are kept by each connection. */
const MOST = 300;
/** So many texts are counted: those that are made anew each time must not fill the memory. */
const MOST_COUNTED = 5_000;

/**
 * Asks for whatever columns there are. Danger: once a migration has added one, its kept plan fails ("cached plan must not
 * change result type") on every connection that was open before.
 */
const asksForAll = (text: string) => /(?<!\()\*\s*(,|from\b|$)/i.test(text);

/** Which statements are planned once for each connection, and not each time they are asked. */
export class Plans {
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** Name of the plan of a statement; undefined if it is planned anew. */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined) return name;
    if (this.#names.size >= MOST) return undefined;
    const seen = (this.#seen.get(text) ?? 0) + 1;
    if (seen < OFTEN || asksForAll(text)) {
      if (seen < OFTEN && (seen > 1 || this.#seen.size < MOST_COUNTED)) this.#seen.set(text, seen);
      return undefined;
    }
    this.#seen.delete(text);
    const made = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    this.#names.set(text, made);
    return made;
  }
}
