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
  /** Where the chain carries it, as the server's mirror says; a page that must not believe that asks the chain. */
  anchor: { transactionHash: string; blockNumber: number } | null;
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

/** What leads from one entry to a root. */
export interface Proof {
  seq: number;
  leaf: string;
  previous: string;
  hash: string;
  siblings: string[];
  root: Root | null;
}

export const proofOf = (seq: number): Promise<Proof> => authorised<Proof>("GET", `/api/v1/audit/${seq}/proof`);
