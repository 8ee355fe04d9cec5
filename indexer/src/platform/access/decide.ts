import { Problem } from "../http/problem.ts";
import type { Actor, Level, Role, Scope } from "./actor.ts";

/** Who may: a level (`admin` is all of the staff but auditors), one role of the staff, or the member whose row it is. */
export type Grant = Level | Role | "self";

/** Something that can be done. Whoever is not named may not. */
export interface Verb {
  /** Dotted, e.g. `kyc.case.approve`; stands in the audit trail and in the table of what everybody may. */
  name: string;
  may: readonly Grant[];
  /** Asks for a second factor within the last five minutes (RFC 9470). */
  stepUp?: boolean;
  /** With this scope an API key of somebody who may, may too. Without one no key may. */
  scope?: Scope;
}

/** A field of a row. Whoever is not named does not see it, and may not find or order rows by it either. */
export interface FieldRule {
  read: readonly Grant[];
  /** Sees that there is a value, and a few letters of it. */
  masked?: readonly Grant[];
  filter?: readonly Grant[];
  sort?: readonly Grant[];
  write?: readonly Grant[];
}
export type Fields<K extends string = string> = Record<K, FieldRule>;

/** Seconds for which a second factor counts. */
const STEP_UP_SECONDS = 300;

const holds = (actor: Actor, grant: Grant, subject: string | undefined): boolean =>
  grant === "self"
    ? actor.memberId !== undefined && actor.memberId === subject
    : actor.levels.has(grant as Level) || actor.roles.has(grant as Role);

/** Whether one of `grants` is the actor's. @param subject Member whose row it is. */
export const granted = (actor: Actor, grants: readonly Grant[] | undefined, subject?: string): boolean =>
  (grants ?? []).some((grant) => holds(actor, grant, subject));

const isFresh = (actor: Actor, now: Date) =>
  actor.steppedUpAt !== undefined && now.getTime() - actor.steppedUpAt.getTime() <= STEP_UP_SECONDS * 1_000;

/** Whether a second factor lacks for `verb`. */
const lacksStepUp = (actor: Actor, verb: Verb, now: Date): boolean => verb.stepUp === true && !isFresh(actor, now);

/** Whether a program asks with a key that is not for this. Danger: what asks for the person is for no key at all. */
const lacksScope = ({ key }: Actor, { scope, stepUp }: Verb): boolean =>
  key !== undefined && (scope === undefined || stepUp === true || !key.scopes.has(scope));

/**
 * The one place where it is decided whether somebody may do something.
 * @param subject Member whose row it is, if it is anybody's.
 * @throws {Problem} 401 SIGN_IN_REQUIRED or STEP_UP_REQUIRED; 404 MEMBER_NOT_FOUND where only the member itself could,
 * so that nobody's existence is told; 403 SCOPE_MISSING for an API key that is not for it; 403 FORBIDDEN otherwise
 */
export function permit(actor: Actor, verb: Verb, now: Date, subject?: string): void {
  if (!granted(actor, verb.may, subject)) {
    if (actor.memberId === undefined) throw new Problem(401, "SIGN_IN_REQUIRED", "sign in first");
    if (verb.may.every((grant) => grant === "self")) {
      throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    }
    throw new Problem(403, "FORBIDDEN", `your roles do not allow ${verb.name}`);
  }
  if (lacksScope(actor, verb)) {
    throw new Problem(403, "SCOPE_MISSING", `this API key has no scope for ${verb.name}; use another key, or sign in`);
  }
  if (lacksStepUp(actor, verb, now)) {
    const challenge = `Bearer error="insufficient_user_authentication", acr_values="aal2", max_age=${STEP_UP_SECONDS}`;
    throw new Problem(401, "STEP_UP_REQUIRED", "confirm with your second factor, then do it again", {
      headers: { "www-authenticate": challenge },
    });
  }
}

type Sight = "full" | "masked" | "none";

/** How much of a field the actor sees. */
function sightOf(actor: Actor, rule: FieldRule | undefined, subject?: string): Sight {
  if (granted(actor, rule?.read, subject)) return "full";
  return granted(actor, rule?.masked, subject) ? "masked" : "none";
}

/** First letter and what follows an at sign stay; the rest is as long as it must be to be no name. */
function mask(text: string): string {
  const [name = "", domain] = text.split("@");
  return domain === undefined ? `${[...text][0] ?? ""}***` : `${[...name][0] ?? ""}***@${domain}`;
}

/** Of a row only what the actor sees: unseen fields are null, masked ones shortened. */
export function projected<K extends string>(
  actor: Actor,
  fields: Fields<K>,
  row: Partial<Record<K, string | null>>,
  subject?: string,
): Record<K, string | null> {
  const seen = (name: K): string | null => {
    const value = row[name] ?? null;
    const sight = sightOf(actor, fields[name], subject);
    if (value === null || sight === "none") return null;
    return sight === "full" ? value : mask(value);
  };
  const names = Object.keys(fields) as K[];
  return Object.fromEntries(names.map((name) => [name, seen(name)])) as Record<K, string | null>;
}

/** As `projected`, of values that are no texts: there is no shorter form of a number or a list. */
export function visible<R extends object>(
  actor: Actor,
  fields: Fields<Extract<keyof R, string>>,
  row: R,
  subject?: string,
): { [K in keyof R]: R[K] | null } {
  const names = Object.keys(fields) as Extract<keyof R, string>[];
  const seen = names.map((name) => [name, granted(actor, fields[name]?.read, subject) ? row[name] : null]);
  return Object.fromEntries(seen) as { [K in keyof R]: R[K] | null };
}

/**
 * Whether rows may be found by a field: whoever does not see it could read it by asking often enough.
 * @throws {Problem} 403 FILTER_FORBIDDEN
 */
export function permitFilter(actor: Actor, field: string, rule: FieldRule | undefined): void {
  if (granted(actor, rule?.filter)) return;
  throw new Problem(403, "FILTER_FORBIDDEN", `your roles do not allow to search by ${field}`);
}

/** What a domain lets whom do and see; gathered into the table of docs/access.md. */
export interface AccessRules {
  verbs: readonly Verb[];
  fields?: Record<string, Fields>;
}
