/** Levels of access (seed §5). They are a set, not a ladder: an auditor reads what an administrator may not. */
export const levels = ["public", "member", "validator", "admin", "auditor", "system"] as const;
export type Level = (typeof levels)[number];

/** What somebody of the staff was appointed to; ends by itself. */
export const roles = ["administrator", "compliance", "auditor"] as const;
export type Role = (typeof roles)[number];

/** What a member may let its programs do: a closed list, and nothing that asks for the person. */
export const scopes = ["profile:read", "profile:write", "registration:read", "audit:read"] as const;
export type Scope = (typeof scopes)[number];

/** Whom a request or a job speaks for. */
export interface Actor {
  /** Absent for visitors and for our own processes. */
  memberId?: string;
  sessionId?: string;
  levels: ReadonlySet<Level>;
  roles: ReadonlySet<Role>;
  /** When the person last proved by a second factor to be there; undefined if never in this session. */
  steppedUpAt?: Date;
  /** How far the database's log was when the member last wrote (`pg_lsn`): what it reads must not be older. */
  wroteAt?: string;
  /** By which of the member's keys a program asks, and what that key is for; absent where the person does. */
  key?: { id: string; scopes: ReadonlySet<Scope> };
}

/** Somebody who has not signed in. */
export const visitor: Actor = { levels: new Set<Level>(["public"]), roles: new Set() };
/** Our own processes; no token ever speaks for them. */
export const system: Actor = { levels: new Set<Level>(["system"]), roles: new Set() };
