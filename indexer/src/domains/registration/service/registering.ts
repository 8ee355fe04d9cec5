import { randomUUID } from "node:crypto";
import { permit } from "../../../platform/access/decide.ts";
import type { Caller, MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import type { Language } from "../../../platform/mail/mailer.ts";
import { type Agreement, agree, requireConsents } from "../../consents/service.ts";
import { noteReferral } from "../../referrals/service.ts";
import { askNode } from "../node/asking.ts";
import type { Code, CodeKind } from "../repository/codes.ts";
import {
  findRegistration,
  hasReached,
  insertRegistration,
  latestRegistration,
  lockRegistration,
  type Registration,
} from "../repository/registrations.ts";
import { begin, deadlineOf, goOn, isClosed, type MemberCommand, see, type Tier } from "../rules.ts";
import { issueCode, tryCode } from "./codes.ts";
import { expire } from "./expiry.ts";
import { handIn, requireReach } from "./handing-in.ts";
import { reapply } from "./identity-check.ts";
import { type Facts, factsOf, takeIn } from "./observing.ts";
import { type Answer, once, type Refusal } from "./once.ts";
import { giveEmail, givePhone, proveEmail, provePhone } from "./proving.ts";
import { Secrets } from "./secrets.ts";
import { type Shown, shown } from "./showing.ts";
import { isOverdue, notFound, requireOpen, take } from "./steps.ts";

/** What a beginning asks for. */
export interface Beginning {
  tier: Tier;
  language: Language;
  email?: string | undefined;
  /** What the applicant agrees to with it. */
  consents: Agreement[];
  /** Of the member who invited. */
  referralCode?: string | undefined;
}

type Work = (sql: Sql, r: Registration, facts: Facts) => Promise<Registration | Refusal>;

interface Command<Step extends string = MemberCommand> {
  id: string;
  step: Step;
  key: string;
  body: object;
}

/** How somebody comes in: each command once, each step in its order, everything in rows. */
export class Registering {
  readonly #kit: Kit;
  readonly #secrets: Secrets;

  constructor(kit: Kit) {
    this.#kit = kit;
    this.#secrets = new Secrets(kit.tokenSeed);
  }

  /**
   * Begins a registration; with an address, a code is on its way. The answer is the same whether or not the address is
   * known.
   * @throws {Problem} 409 REGISTRATION_OPEN, ALREADY_REGISTERED, CONSENT_REQUIRED or CONSENT_TEXT_CHANGED
   */
  begin(actor: MemberActor, key: string, wanted: Beginning): Promise<Answer> {
    const { memberId } = actor;
    permit(actor, begin, this.#kit.clock());
    const asked = { key: { memberId, workflowId: memberId, step: "register", key } };
    return once(this.#kit, { ...asked, fingerprint: this.#secrets.fingerprintOf(wanted) }, async (sql) => {
      const opened = await this.#open(sql, actor, wanted);
      await agree(sql, this.#kit, actor, wanted.consents);
      if (wanted.referralCode) await noteReferral(sql, this.#kit, actor, wanted.referralCode);
      const r = wanted.email === undefined ? opened : await giveEmail(sql, this.#kit, actor, opened, wanted.email);
      return { status: 202, body: { ...(await this.#show(sql, r)) } };
    });
  }

  /** Where the open registration stands, else the last one; undefined if there was none. */
  async current(actor: Caller): Promise<Shown | undefined> {
    permit(actor, see, this.#kit.clock(), actor.memberId);
    const found = await latestRegistration(this.#kit.pool, actor.memberId);
    return found && this.get(actor, found.id);
  }

  /** Where a registration stands, with what others have found out by now. @throws {Problem} 404 */
  async get(actor: Caller, id: string): Promise<Shown> {
    permit(actor, see, this.#kit.clock(), actor.memberId);
    return transaction(this.#kit.pool, async (sql) => {
      const r = await lockRegistration(sql, actor.memberId, id);
      if (!r) throw notFound();
      return this.#show(sql, isClosed(r.state) ? r : (await takeIn(sql, this.#kit, r)).r);
    });
  }

  /** Gives the address, or another one. */
  email(actor: MemberActor, id: string, key: string, email: string): Promise<Answer> {
    return this.#do(actor, { id, step: "email", key, body: { email } }, 202, (sql, r) =>
      giveEmail(sql, this.#kit, actor, r, email),
    );
  }

  phone(actor: MemberActor, id: string, key: string, phone: string): Promise<Answer> {
    return this.#do(actor, { id, step: "phone", key, body: { phone } }, 202, (sql, r) =>
      givePhone(sql, this.#kit, actor, r, phone),
    );
  }

  /** Has another code sent to where the last one went. */
  resend(actor: MemberActor, id: string, key: string): Promise<Answer> {
    return this.#do(actor, { id, step: "resend", key, body: {} }, 202, async (sql, r) => {
      const kind = r.state === "PHONE_PENDING" ? "phone" : "email";
      if (kind === "phone" && !r.sealedPhone) throw new Problem(409, "PHONE_MISSING", "give a telephone number first");
      const moved = await take(sql, this.#kit, actor, r, "resend");
      await issueCode(sql, this.#kit, moved, kind);
      return moved;
    });
  }

  verifyEmail(actor: MemberActor, id: string, key: string, code: string): Promise<Answer> {
    return this.#prove(actor, { id, step: "verify-email", key, body: { code } }, "email", code, proveEmail);
  }

  verifyPhone(actor: MemberActor, id: string, key: string, code: string): Promise<Answer> {
    return this.#prove(actor, { id, step: "verify-phone", key, body: { code } }, "phone", code, provePhone);
  }

  skipPhone(actor: MemberActor, id: string, key: string): Promise<Answer> {
    return this.#do(actor, { id, step: "skip-phone", key, body: {} }, 200, (sql, r) =>
      take(sql, this.#kit, actor, r, "skip-phone", { sealedPhone: null }),
    );
  }

  /** Asks for another tier; once the identity is known, only for one that its level suffices for. */
  tier(actor: MemberActor, id: string, key: string, tier: Tier): Promise<Answer> {
    return this.#do(actor, { id, step: "tier", key, body: { tier } }, 200, (sql, r, { kyc }) => {
      const isKnown = r.state === "KYC_APPROVED" || r.state === "STAKE_INTENT";
      if (isKnown) requireReach(tier, { level: kyc.level });
      return take(sql, this.#kit, actor, r, "tier", { tier, stakeAmount: null });
    });
  }

  /** Tries the identity check again. @throws {Problem} 409 KYC_FINAL or REAPPLY_TOO_EARLY */
  reapply(actor: MemberActor, id: string, key: string): Promise<Answer> {
    return this.#do(actor, { id, step: "reapply", key, body: {} }, 200, (sql, r) => reapply(sql, this.#kit, actor, r));
  }

  /** Says how much will be staked; it is waited for 72 hours. @param amount Base units. */
  stakeIntent(actor: MemberActor, id: string, key: string, amount: bigint): Promise<Answer> {
    const body = { amount: String(amount) };
    return this.#do(actor, { id, step: "stake-intent", key, body }, 200, (sql, r, { kyc }) => {
      requireOpen(r, "stake-intent", this.#kit.clock());
      requireReach(r.tier, { level: kyc.level, stake: amount });
      return take(sql, this.#kit, actor, r, "stake-intent", { stakeAmount: amount });
    });
  }

  setup(actor: MemberActor, id: string, key: string): Promise<Answer> {
    return this.#do(actor, { id, step: "setup", key, body: {} }, 200, (sql, r) =>
      take(sql, this.#kit, actor, r, "setup"),
    );
  }

  /** Has the validator's node asked for its key, by a job. @throws {Problem} as `askNode` */
  nodeCheck(actor: MemberActor, id: string, key: string, endpoint: string): Promise<Answer> {
    return this.#do(actor, { id, step: "node-check", key, body: { endpoint } }, 202, (sql, r) =>
      askNode(sql, this.#kit, actor, r, endpoint),
    );
  }

  /** Hands the registration in. @throws {Problem} 409 TIER_OUT_OF_REACH or VALIDATOR_NOT_REGISTERED */
  submit(actor: MemberActor, id: string, key: string): Promise<Answer> {
    return this.#do(actor, { id, step: "submit", key, body: {} }, 200, (sql, r, facts) =>
      handIn(sql, this.#kit, actor, r, facts),
    );
  }

  /** The id of the open registration. @throws {Problem} 404 */
  async openOf(actor: MemberActor): Promise<string> {
    const found = await latestRegistration(this.#kit.pool, actor.memberId);
    if (!found) throw notFound();
    return found.id;
  }

  async #open(sql: Sql, actor: MemberActor, { tier, language }: Beginning): Promise<Registration> {
    const { memberId } = actor;
    const at = this.#kit.clock();
    const last = await latestRegistration(sql, memberId);
    if (await hasReached(sql, memberId, "APPROVED")) {
      throw new Problem(409, "ALREADY_REGISTERED", "you are registered; another tier follows from your stake");
    }
    const locked = last && !isClosed(last.state) ? await lockRegistration(sql, memberId, last.id) : undefined;
    if (locked && isOverdue(locked, at)) await expire(sql, this.#kit, locked);
    const deadline = deadlineOf("TIER_INTENT", at, at);
    const row = { memberId, id: randomUUID(), state: "TIER_INTENT" as const, tier, language, startedAt: at, deadline };
    const made = (await insertRegistration(sql, row)) && (await findRegistration(sql, memberId, row.id));
    if (!made) throw new Problem(409, "REGISTRATION_OPEN", "you have a registration under way; go on with it");
    // Whoever signed in has proved the account by its wallet.
    return take(sql, this.#kit, actor, made, "bind-account");
  }

  #do(
    actor: MemberActor,
    { id, step, key, body }: Command<MemberCommand | "node-check">,
    status: number,
    work: Work,
  ): Promise<Answer> {
    const { memberId } = actor;
    permit(actor, goOn, this.#kit.clock(), memberId);
    const asked = { key: { memberId, workflowId: id, step, key }, fingerprint: this.#secrets.fingerprintOf(body) };
    return once(this.#kit, asked, (sql) => this.#moved(sql, memberId, id, status, work));
  }

  async #moved(sql: Sql, memberId: string, id: string, status: number, work: Work): Promise<Answer | Refusal> {
    const locked = await lockRegistration(sql, memberId, id);
    if (!locked) throw notFound();
    // Words that have changed since are agreed to before anything goes on.
    if (!isClosed(locked.state)) await requireConsents(sql, memberId);
    const { r, facts } = isClosed(locked.state)
      ? { r: locked, facts: await factsOf(sql, locked, this.#kit.clock()) }
      : await takeIn(sql, this.#kit, locked);
    const outcome = await work(sql, r, facts);
    if ("refused" in outcome) return outcome;
    // What was found out earlier may carry it on at once.
    const now = isClosed(outcome.state) ? outcome : (await takeIn(sql, this.#kit, outcome)).r;
    return { status, body: { ...(await this.#show(sql, now)) } };
  }

  /** A code is tried, and the try counted, before the transaction: a refusal takes nothing of it back. */
  #prove(
    actor: MemberActor,
    { id, step, key, body }: Command,
    kind: CodeKind,
    text: string,
    work: (sql: Sql, kit: Kit, actor: MemberActor, r: Registration, code: Code) => Promise<Registration | Refusal>,
  ): Promise<Answer> {
    const { memberId } = actor;
    permit(actor, goOn, this.#kit.clock(), memberId);
    let right: Code | undefined;
    const before = async () => {
      const r = await findRegistration(this.#kit.pool, memberId, id);
      if (!r) throw notFound();
      requireOpen(r, step, this.#kit.clock());
      // Before a try is counted that could come to nothing.
      await requireConsents(this.#kit.pool, memberId);
      right = await tryCode(this.#kit, this.#secrets, r, kind, text);
    };
    const asked = {
      ...{ key: { memberId, workflowId: id, step, key }, before },
      fingerprint: this.#secrets.fingerprintOf(body),
    };
    return once(this.#kit, asked, (sql) =>
      this.#moved(sql, memberId, id, 200, async (inside, r) => {
        requireOpen(r, step, this.#kit.clock());
        if (!right) throw new Error("a code was not tried");
        return work(inside, this.#kit, actor, r, right);
      }),
    );
  }

  async #show(sql: Sql, r: Registration): Promise<Shown> {
    return shown(sql, r, await factsOf(sql, r, this.#kit.clock()), this.#kit);
  }
}
