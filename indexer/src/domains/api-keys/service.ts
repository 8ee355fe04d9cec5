import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { type Level, type Scope, scopes } from "../../platform/access/actor.ts";
import { permit } from "../../platform/access/decide.ts";
import type { Caller, MemberActor } from "../../platform/access/door.ts";
import type { Place } from "../../platform/crypto/envelope.ts";
import { NetworkMarks, readNetwork } from "../../platform/crypto/networks.ts";
import { lockMember } from "../../platform/db/lock.ts";
import { transaction } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { type Believable, countKeys, countUse, dropKey, insertKey, type KeyRow, keyOf, keysOf } from "./repository.ts";
import { changeKeys, MOST_KEYS, readKey, seeKeys, type WantedKey, writeKey } from "./rules.ts";

const DAY_MS = 86_400_000;
/** A key's last use is written at most so often. */
const TOUCH_MS = 60_000;

/** A key that was believed, and how often it may ask. */
export interface BelievedKey {
  caller: Caller;
  keyId: string;
  ratePerMinute: number;
  lastUsedAt: Date | null;
}

export interface ShownKey extends Omit<KeyRow, "networks" | "memberId"> {
  networks: string[];
  /** Whether it lets anybody in still. */
  state: "good" | "expired" | "suspended";
  requests: string;
  requestsToday: string;
}

const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
const placeOf = (memberId: string, id: string): Place => ({
  table: "app.api_keys",
  column: "networks",
  memberId,
  rowId: id,
});

/** Keys of members for their programs: made, seen, ended, and believed at the door. */
export class ApiKeys {
  readonly #kit: Pick<Kit, "pool" | "clock" | "audit" | "seals">;
  readonly #marks: NetworkMarks;

  constructor(kit: Pick<Kit, "pool" | "clock" | "audit" | "seals" | "tokenSeed">) {
    this.#kit = kit;
    this.#marks = new NetworkMarks(kit.tokenSeed);
  }

  async list(actor: MemberActor): Promise<ShownKey[]> {
    const now = this.#kit.clock();
    permit(actor, seeKeys, now, actor.memberId);
    const rows = await keysOf(this.#kit.pool, actor.memberId, now);
    return Promise.all(
      rows.map(async ({ memberId: _, isSuspended, networks, ...row }) => ({
        ...row,
        networks: await this.#opened(actor.memberId, row.id, networks),
        state: isSuspended ? ("suspended" as const) : row.expiresAt <= now ? ("expired" as const) : ("good" as const),
      })),
    );
  }

  /**
   * Makes a key. @returns its text, which nobody can see again, and its id
   * @throws {Problem} 409 API_KEYS_FULL, 401 STEP_UP_REQUIRED
   */
  async create(actor: MemberActor, wanted: WantedKey, requestId: string): Promise<{ key: string; id: string }> {
    const { clock, pool, audit, seals } = this.#kit;
    const at = clock();
    const { memberId, address } = actor;
    permit(actor, changeKeys, at, memberId);
    const [id, secret] = [randomUUID(), randomBytes(32).toString("base64url")];
    const { networks, expiresInDays, ...asked } = wanted;
    const sealed =
      networks.length > 0 ? await seals.seal("profile", placeOf(memberId, id), JSON.stringify(networks)) : null;
    const networkMarks = this.#marks.of(
      memberId,
      networks.flatMap((text) => readNetwork(text) ?? []),
    );
    const expiresAt = new Date(at.getTime() + expiresInDays * DAY_MS);
    await transaction(pool, async (sql) => {
      if (!(await lockMember(sql, memberId))) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
      if ((await countKeys(sql, memberId, at)) >= MOST_KEYS) {
        throw new Problem(409, "API_KEYS_FULL", `a member has at most ${MOST_KEYS} keys; end one first`);
      }
      const row = { ...asked, id, memberId, address, networks: sealed, networkMarks, createdAt: at, expiresAt };
      await insertKey(sql, { ...row, secretHash: hashOf(secret) });
      const detail = { keyId: id, scopes: wanted.scopes.join(" "), expiresAt: expiresAt.toISOString() };
      await audit.append(sql, actor, { action: "api-keys.create", subjectId: memberId, requestId, detail }, at);
    });
    return { key: writeKey({ id, secret }), id };
  }

  /** Ends a key, from its next request on. @throws {Problem} 404 API_KEY_NOT_FOUND, 401 STEP_UP_REQUIRED */
  async remove(actor: MemberActor, id: string, requestId: string): Promise<void> {
    const { clock, pool, audit } = this.#kit;
    const at = clock();
    permit(actor, changeKeys, at, actor.memberId);
    await transaction(pool, async (sql) => {
      if (!(await dropKey(sql, actor.memberId, id))) {
        throw new Problem(404, "API_KEY_NOT_FOUND", "you have no such key");
      }
      const act = { action: "api-keys.remove", subjectId: actor.memberId, requestId, detail: { keyId: id } };
      await audit.append(sql, actor, act, at);
    });
  }

  /**
   * Whom a key speaks for, if it is good and comes from where it may. A key never has a role of its member: what the
   * staff do asks for the person.
   * @param address Where the request comes from, by the word of our own proxies alone.
   */
  async believe(text: string, address: string): Promise<BelievedKey | undefined> {
    const asked = readKey(text);
    const found = asked && (await keyOf(this.#kit.pool, asked.id));
    if (!asked || !found || !this.#isGood(found, hashOf(asked.secret), address)) return undefined;
    const { id, memberId, ratePerMinute, lastUsedAt } = found;
    const levels = new Set<Level>(["public", "member"]);
    const known = new Set<Scope>(scopes.filter((scope) => found.scopes.includes(scope)));
    const caller = { memberId, levels, roles: new Set<never>(), key: { id, scopes: known } };
    return { caller, keyId: id, ratePerMinute, lastUsedAt };
  }

  /** Counts a request that was let in with this key. */
  count({ keyId, lastUsedAt }: BelievedKey): Promise<void> {
    const now = this.#kit.clock();
    const touch = lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > TOUCH_MS;
    return countUse(this.#kit.pool, keyId, now, touch);
  }

  #isGood(key: Believable, hash: Buffer, address: string): boolean {
    const isOurs = timingSafeEqual(key.secretHash, hash);
    const isOpen = key.expiresAt > this.#kit.clock() && !key.isSuspended;
    return isOurs && isOpen && this.#marks.admit(key.memberId, key.networkMarks, address);
  }

  async #opened(memberId: string, id: string, sealed: Buffer | null): Promise<string[]> {
    if (sealed === null) return [];
    return JSON.parse(await this.#kit.seals.open("profile", placeOf(memberId, id), sealed)) as string[];
  }
}
