import { randomBytes, randomUUID } from "node:crypto";
import type DataLoader from "dataloader";
import type { Pool } from "pg";
import { type Hex, hashMessage } from "viem";
import type { Actor, Level, Role } from "../../../platform/access/actor.ts";
import type { AuditTrail } from "../../../platform/access/audit/trail.ts";
import { acrossMembers } from "../../../platform/access/scope.ts";
import type { NetworkMarks } from "../../../platform/crypto/networks.ts";
import {
  type AskNode,
  type Judgement,
  judgeSignature,
  SignatureUnjudged,
} from "../../../platform/crypto/wallet/signature.ts";
import { together } from "../../../platform/db/load/together.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import { noteWrite } from "../../../platform/db/reads/written.ts";
import { Problem } from "../../../platform/http/problem.ts";
import type { Clock } from "../../../platform/time/clock.ts";
import { accountFor, accountOfWallet } from "../../identity/service/accounts.ts";
import {
  insertNonce,
  insertRefresh,
  insertSession,
  openSessions,
  refreshOf,
  revokeSessions,
  type SessionName,
  type SessionRow,
  type StandingSession,
  sessionsOf,
  spendNonce,
  touchSession,
  useRefresh,
} from "../repository/sessions.ts";
import { type Failure, noteFailure, settingsOf } from "../repository/settings.ts";
import { readClaim } from "../siwe.ts";
import {
  ACCESS_SECONDS,
  type Bearer,
  hashOf,
  type RefreshToken,
  readRefresh,
  type Tokens,
  writeRefresh,
} from "../tokens.ts";

const NONCE_MS = 5 * 60_000;
const IDLE_MS = 7 * 86_400_000;
const LONGEST_MS = 30 * 86_400_000;
/** In this time the same browser may ask again with a token whose answer it never got. */
const RETRY_MS = 10_000;
/** A session's last use is written at most so often. */
const TOUCH_MS = 60_000;

export interface SignInSettings {
  origins: string[];
  chainId: number;
  tokens: Tokens;
  ask: AskNode;
  clock: Clock;
  audit: AuditTrail;
  networks: NetworkMarks;
}

/** Where a request comes from. */
export interface Source {
  browserHash: Buffer;
  /** By the word of our own proxies alone. */
  address: string;
}

export interface SignedIn {
  memberId: string;
  address: string;
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
}

/** Who a believed token speaks for, and what that member is here. */
export interface Standing extends Bearer {
  address: string;
  roles: Role[];
  steppedUpAt: Date | null;
  /** When the token or the session ends, whichever comes first. */
  until: Date;
  /** See `Actor`; null if the member never wrote. */
  wroteAt: string | null;
}

const memberActor = (memberId: string): Actor => ({
  memberId,
  levels: new Set<Level>(["public", "member"]),
  roles: new Set(),
});

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

async function judged(judging: Promise<Judgement>): Promise<Judgement> {
  try {
    return await judging;
  } catch (error) {
    throw error instanceof SignatureUnjudged ? new Problem(503, error.code, error.message) : error;
  }
}

const elsewhere = () =>
  new Problem(403, "ADDRESS_NOT_ALLOWED", "this member is not signed in from the network that you ask from");
const ended = () => new Problem(401, "SESSION_ENDED", "the session has ended; sign in again");

/** Sign-in by a wallet's signature, and the sessions that follow from it. */
export class SignIn {
  readonly #pool: Pool;
  readonly #s: SignInSettings;
  readonly #standing: DataLoader<SessionName, StandingSession | undefined>;

  constructor(pool: Pool, settings: SignInSettings) {
    this.#pool = pool;
    this.#s = settings;
    this.#standing = together((names: readonly SessionName[]) =>
      acrossMembers(() => sessionsOf(pool, names, settings.clock())),
    );
  }

  get jwks() {
    return this.#s.tokens.jwks;
  }

  /** A nonce for this browser alone, good for five minutes and one use. */
  async nonce(browserHash: Buffer): Promise<{ nonce: string; expiresAt: Date; chainId: number }> {
    const nonce = randomBytes(16).toString("hex");
    const expiresAt = later(this.#s.clock(), NONCE_MS);
    await insertNonce(this.#pool, nonce, browserHash, expiresAt);
    return { nonce, expiresAt, chainId: this.#s.chainId };
  }

  /**
   * Begins a session for the wallet that signed `message`; the first one makes its account.
   * @throws {Problem} 401 SIGN_IN_REFUSED, 403 ADDRESS_NOT_ALLOWED, or 503 SIGNATURE_CHECK_UNAVAILABLE
   */
  async verify(message: string, signature: Hex, { browserHash, address }: Source): Promise<SignedIn> {
    const { origins, chainId, clock, ask } = this.#s;
    const now = clock();
    const claim = readClaim(message, { origins, chainId, now });
    // The nonce goes first: whoever sends a bad signature has spent it.
    if (!(await spendNonce(this.#pool, claim.nonce, browserHash, now))) {
      throw new Problem(401, "SIGN_IN_REFUSED", "the nonce is spent, has ended or is another browser's; sign in again");
    }
    const known = await accountOfWallet(this.#pool, claim.address);
    const checked = await judged(
      judgeSignature(ask, claim.address, hashMessage(message), signature, known?.isContract === false),
    );
    if (!checked.valid) {
      await this.#noteFailure(known?.memberId, "signature");
      throw new Problem(401, "SIGN_IN_REFUSED", "the signature is not this wallet's");
    }
    // Asked after the signature: only the wallet's owner is told where it may come from.
    if (known && !(await this.admits(known.memberId, address))) {
      await this.#noteFailure(known.memberId, "network");
      throw elsewhere();
    }
    const begun = await transaction(this.#pool, async (sql) => {
      const { memberId } = await accountFor(sql, claim.address, checked.isContract, now);
      await this.#note(sql, memberId, "session.begin");
      return this.#begin(sql, memberId, claim.address.toLowerCase(), browserHash, now);
    });
    // The first question of a new session must find its account, whatever reads it.
    await noteWrite(this.#pool, begun.memberId);
    return begun;
  }

  /**
   * The next pair of tokens. An old token that comes again ends the session: somebody has copied it. Only the same
   * browser may repeat itself, for ten seconds.
   * @throws {Problem} 401 SESSION_ENDED; 403 ADDRESS_NOT_ALLOWED, which spends nothing
   */
  async refresh(text: string, source: Source): Promise<SignedIn> {
    const token = readRefresh(text);
    if (!token) throw ended();
    const outcome = await transaction(this.#pool, (sql) => this.#refreshed(sql, token, source));
    if (!outcome) throw ended();
    return outcome;
  }

  /** Whether a member lets itself be signed in from an address. */
  async admits(memberId: string, address: string): Promise<boolean> {
    const { networkMarks } = await settingsOf(this.#pool, memberId);
    return this.#s.networks.admit(memberId, networkMarks, address);
  }

  /** Who a token speaks for, if its session goes on, here. @throws {Problem} 401; 403 ADDRESS_NOT_ALLOWED */
  async authenticate(accessToken: string, address: string): Promise<Standing> {
    const now = this.#s.clock();
    const { expiresAt, ...bearer } = await this.#s.tokens.believe(accessToken, now);
    const session = await this.#standing.load(bearer);
    if (!this.#goesOn(session, now)) throw ended();
    if (!this.#s.networks.admit(bearer.memberId, session.network_marks, address)) throw elsewhere();
    if (now.getTime() - session.last_used_at.getTime() > TOUCH_MS) {
      await touchSession(this.#pool, bearer.memberId, bearer.sessionId, now);
    }
    const until = new Date(Math.min(expiresAt * 1_000, session.expires_at.getTime()));
    const { address: wallet, roles, stepped_up_at: steppedUpAt, wrote_at: wroteAt } = session;
    return { ...bearer, until, address: wallet, roles, steppedUpAt, wroteAt };
  }

  sessions(memberId: string): Promise<SessionRow[]> {
    return openSessions(this.#pool, memberId, this.#s.clock());
  }

  /** Ends one session. @throws {Problem} 404 if the member has no such session */
  async revoke(memberId: string, sessionId: string, because: string): Promise<void> {
    const now = this.#s.clock();
    await transaction(this.#pool, async (sql) => {
      const count = await revokeSessions(sql, memberId, { only: sessionId, because, now });
      if (count === 0) throw new Problem(404, "SESSION_NOT_FOUND", "there is no such session");
      await this.#note(sql, memberId, "session.end", { because });
    });
  }

  /** Ends all sessions but one. @returns how many */
  revokeOthers(memberId: string, spared: string): Promise<number> {
    const because = "ended_by_member";
    return transaction(this.#pool, async (sql) => {
      const count = await revokeSessions(sql, memberId, { spared, because, now: this.#s.clock() });
      if (count > 0) await this.#note(sql, memberId, "session.end", { because, count });
      return count;
    });
  }

  async #begin(sql: Sql, memberId: string, address: string, browserHash: Buffer, now: Date): Promise<SignedIn> {
    const id = randomUUID();
    await insertSession(sql, {
      member_id: memberId,
      id,
      address,
      browser_hash: browserHash,
      created_at: now,
      expires_at: later(now, LONGEST_MS),
    });
    return this.#issue(sql, { memberId, secret: randomBytes(32) }, { id, address, created_at: now }, now);
  }

  async #refreshed(sql: Sql, token: RefreshToken, { browserHash, address }: Source): Promise<SignedIn | undefined> {
    const now = this.#s.clock();
    const hash = hashOf(token.secret);
    const isFirst = await useRefresh(sql, token.memberId, hash, now);
    const used = await refreshOf(sql, token.memberId, hash);
    const name = used && { memberId: token.memberId, sessionId: used.session_id };
    const session = name && (await sessionsOf(sql, [name], now))[0];
    if (!this.#goesOn(session, now)) return undefined;
    // Thrown, so that the token's use is undone: back at home it goes on.
    if (!this.#s.networks.admit(token.memberId, session.network_marks, address)) throw elsewhere();
    const isSameBrowser = session.browser_hash.equals(browserHash);
    const next = this.#s.tokens.successorOf(token);
    if (!isFirst || !isSameBrowser) {
      const isRetry = isSameBrowser && used?.used_at && now.getTime() - used.used_at.getTime() <= RETRY_MS;
      const isUnused = isRetry && !(await refreshOf(sql, token.memberId, hashOf(next.secret)))?.used_at;
      if (!isUnused) {
        await revokeSessions(sql, token.memberId, { only: session.id, because: "refresh_reused", now });
        await this.#note(sql, token.memberId, "session.end", { because: "refresh_reused" });
        return undefined;
      }
    }
    await touchSession(sql, token.memberId, session.id, now);
    return this.#issue(sql, next, session, now);
  }

  async #issue(
    sql: Sql,
    token: RefreshToken,
    { id: sessionId, address, created_at }: Pick<SessionRow, "id" | "address" | "created_at">,
    now: Date,
  ): Promise<SignedIn> {
    const { memberId, secret } = token;
    const hash = hashOf(secret);
    await insertRefresh(sql, { memberId, hash, sessionId, expiresAt: later(now, IDLE_MS) });
    const bearer = { memberId, sessionId, authTime: seconds(created_at) };
    const accessToken = await this.#s.tokens.access(bearer, seconds(now));
    return { memberId, address, accessToken, expiresIn: ACCESS_SECONDS, refreshToken: writeRefresh(token) };
  }

  #note(sql: Sql, memberId: string, action: string, detail: Record<string, string | number> = {}): Promise<void> {
    return this.#s.audit.append(sql, memberActor(memberId), { action, subjectId: memberId, detail }, this.#s.clock());
  }

  async #noteFailure(memberId: string | undefined, because: Failure): Promise<void> {
    if (memberId !== undefined) await noteFailure(this.#pool, memberId, because, this.#s.clock());
  }

  #goesOn(session: StandingSession | undefined, now: Date): session is StandingSession {
    return session !== undefined && session.revoked_at === null && session.expires_at > now && !session.suspended;
  }
}
