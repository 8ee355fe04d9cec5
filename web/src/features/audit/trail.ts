import { authorised } from "../../shared/session/session.ts";

/** An entry as the server tells it, with the key of this entry alone. One that is gone has no leaf. */
export interface Entry {
  seq: number;
  hash: string;
  leaf: string | null;
  opening?: string;
  body?: {
    at: string;
    actorKind: string;
    actorId: string | null;
    action: string;
    subjectId: string | null;
    requestId: string | null;
    detail: Record<string, string | number | boolean | null>;
  };
}

/** A signed root over a stretch of the trail. */
export interface Root {
  firstSeq: number;
  lastSeq: number;
  madeAt: string;
  root: string;
  head: string;
  signature: string;
}

export interface Roots {
  /** Public key of the signer (Ed25519, RFC 8037). */
  key: JsonWebKey;
  roots: Root[];
}

/** Sealed entries from `from` on, at most `first`. */
export const entriesFrom = async (from: number, first: number): Promise<Entry[]> =>
  (await authorised<{ entries: Entry[] }>("GET", `/api/v1/audit/entries?from=${from}&first=${first}`)).entries;

export const signedRoots = (): Promise<Roots> => authorised<Roots>("GET", "/api/v1/audit/roots");
