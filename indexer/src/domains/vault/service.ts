import { randomBytes } from "node:crypto";
import { type DataKey, open, type Place, seal, versionOf } from "../../platform/crypto/envelope.ts";
import type { KeyContext, KeyProvider } from "../../platform/crypto/keys/provider.ts";
import type { Purpose, Seals } from "../../platform/crypto/seals.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { KeyDestroyed, KeyUnknown } from "./errors.ts";
import { destroyKeys, insertFirst, keyOf, replaceWrapping, type StoredKey, wrappedOtherwise } from "./repository.ts";

/** How long a data key may stay in memory. */
const CACHE_MS = 60_000;
const CACHE_KEYS = 10_000;
const BATCH = 200;

const contextOf = ({ memberId, purpose, version }: Omit<StoredKey, "wrapped">): KeyContext => ({
  memberId,
  purpose,
  version: String(version),
});

/** Seals personal data under a key per member and purpose, and destroys those keys when a member is erased. */
export class Vault implements Seals {
  readonly #sql: Sql;
  readonly #keys: KeyProvider;
  readonly #now: () => number;
  readonly #cache = new Map<string, { key: DataKey; until: number }>();

  /**
   * @param sql The key database, which is not the members' one.
   * @param now Milliseconds.
   */
  constructor(sql: Sql, keys: KeyProvider, now: () => number = Date.now) {
    this.#sql = sql;
    this.#keys = keys;
    this.#now = now;
  }

  /**
   * Encrypts `text` for one place; the member's first value makes its key.
   * @throws {KeyDestroyed} for a member that was erased
   */
  async seal(purpose: Purpose, place: Place, text: string): Promise<Buffer> {
    const { memberId } = place;
    let newest = await keyOf(this.#sql, memberId, purpose);
    if (!newest) {
      const context = contextOf({ memberId, purpose, version: 1 });
      await insertFirst(this.#sql, memberId, purpose, await this.#keys.wrap(randomBytes(32), context));
      newest = await keyOf(this.#sql, memberId, purpose);
    }
    return seal(text, await this.#plain(newest), place);
  }

  /**
   * Decrypts what was sealed for the same place and purpose.
   * @throws {KeyDestroyed} for a member that was erased
   * @throws {SealBroken} if it was moved or changed
   */
  async open(purpose: Purpose, place: Place, sealed: Buffer): Promise<string> {
    const version = versionOf(sealed);
    const cached = this.#cached(place.memberId, purpose, version);
    return open(sealed, cached ?? (await this.#plain(await keyOf(this.#sql, place.memberId, purpose, version))), place);
  }

  /** Destroys the member's keys for one purpose: whatever they sealed, in backups too, is noise from now on. */
  async destroy(memberId: string, purpose: Purpose): Promise<number> {
    const destroyed = await destroyKeys(this.#sql, memberId, purpose);
    this.forget(memberId);
    return destroyed;
  }

  /** Drops the member's keys from memory; other processes are told by the caller. */
  forget(memberId: string): void {
    for (const name of this.#cache.keys()) if (name.startsWith(`${memberId}|`)) this.#cache.delete(name);
  }

  /**
   * Rewraps every key that an older version of the key-encryption key wraps, while members read and write. It finds its
   * work by the stored version, so that it goes on where it was stopped, and ends.
   * @returns how many keys were rewrapped
   */
  async rotate(progress: (done: number) => void = () => undefined): Promise<number> {
    const current = await this.#keys.currentVersion();
    let done = 0;
    for (;;) {
      const keys = await wrappedOtherwise(this.#sql, this.#keys.kekRef, current, BATCH);
      for (const key of keys) {
        if (key.wrapped) await replaceWrapping(this.#sql, key, await this.#keys.rewrap(key.wrapped, contextOf(key)));
      }
      done += keys.length;
      progress(done);
      if (keys.length < BATCH) return done;
    }
  }

  #cached(memberId: string, purpose: Purpose, version: number): DataKey | undefined {
    const found = this.#cache.get(`${memberId}|${purpose}|${version}`);
    return found && found.until > this.#now() ? found.key : undefined;
  }

  async #plain(stored: StoredKey | undefined): Promise<DataKey> {
    if (!stored) throw new KeyUnknown();
    if (!stored.wrapped) throw new KeyDestroyed();
    const cached = this.#cached(stored.memberId, stored.purpose, stored.version);
    if (cached) return cached;
    const bytes = await this.#keys.unwrap(stored.wrapped, contextOf(stored));
    const key = { version: stored.version, bytes };
    if (this.#cache.size >= CACHE_KEYS) this.#cache.clear();
    const until = this.#now() + CACHE_MS;
    this.#cache.set(`${stored.memberId}|${stored.purpose}|${stored.version}`, { key, until });
    return key;
  }
}
