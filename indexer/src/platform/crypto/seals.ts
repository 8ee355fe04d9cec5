import type { Place } from "./envelope.ts";

/** What a data key is for: a member's profile, or what anti-money-laundering law makes us keep. */
export type Purpose = "profile" | "aml_hold";

/** Seals personal data under a key per member and purpose; see `domains/vault`. */
export interface Seals {
  /** @throws KeyDestroyed for a member that was erased */
  seal(purpose: Purpose, place: Place, text: string): Promise<Buffer>;
  /** @throws KeyDestroyed for a member that was erased, SealBroken if the value was moved or changed */
  open(purpose: Purpose, place: Place, sealed: Buffer): Promise<string>;
  /** Destroys the member's keys of one purpose: what they sealed is noise from now on. @returns how many keys */
  destroy(memberId: string, purpose: Purpose): Promise<number>;
  /** Drops a member's keys from this process's memory. */
  forget(memberId: string): void;
}
