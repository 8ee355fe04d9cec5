import { AsyncLocalStorage } from "node:async_hooks";
import type { Actor } from "./actor.ts";

/** For whom the database is asked: it shows rows of that member, of those the staff look after, or of all. */
export type Scope =
  | { readonly kind: "member" | "staff"; readonly memberId: string }
  | { readonly kind: "system"; readonly memberId?: never };

const SYSTEM: Scope = { kind: "system" };

/** Follows a request or a job through everything that it awaits. */
const badges = new AsyncLocalStorage<{ scope: Scope | undefined }>();

/** For whom the database is asked now; undefined before the door has let somebody in: then no member's row is there. */
export const currentScope = (): Scope | undefined => badges.getStore()?.scope;

/** Begins a request: of a visitor, until the door says whose it is. */
export const asVisitor = <T>(work: () => T): T => badges.run({ scope: undefined }, work);

/**
 * As `asVisitor`, for the rest of what runs now: for events of a socket, which have no end that could be waited for.
 * Danger: call it before anything is awaited; it reaches nothing that is running already.
 */
export const becomeVisitor = (): void => badges.enterWith({ scope: undefined });

/** What runs later in the request of now, whoever calls it: the rest of a stream is asked for by what sends it. */
export const keepScope = (): (<T>(work: () => T) => T) => AsyncLocalStorage.snapshot();

/**
 * Says whose the request is that runs now. The door alone calls it.
 * @throws where no request has begun: what follows would see nobody's rows, and nobody would know why
 */
export function letIn({ memberId, roles }: Actor): void {
  const badge = badges.getStore();
  if (!badge) throw new Error("somebody comes in outside of a request");
  badge.scope = memberId === undefined ? undefined : { kind: roles.size > 0 ? "staff" : "member", memberId };
}

/**
 * Lets `work` see and change rows of all members: jobs, and the few look-ups that cannot know beforehand whose row they
 * want. Each place that calls it stands in docs/security/row-level.md with its reason; a test holds the two together.
 */
export const acrossMembers = <T>(work: () => T): T => badges.run({ scope: SYSTEM }, work);
