import { CodedError } from "../../errors.ts";

/** A data key as it is kept: readable only with the key-encryption key that it names. */
export interface WrappedKey {
  /** Which provider and key wrapped it, e.g. `local:kek` or `vault:transit/members`. */
  kekRef: string;
  kekVersion: number;
  bytes: Buffer;
}

/** What a wrapped key belongs to; it unwraps for nothing else. */
export type KeyContext = Record<"memberId" | "purpose" | "version", string>;

/**
 * Keeps the keys that never leave it: one that wraps data keys, one that makes blind indexes.
 * All calls reject with {@link KeysUnavailable} if the provider does not answer, and with {@link KeyRefused} if it
 * answers that it will not.
 */
export interface KeyProvider {
  readonly kekRef: string;
  /** Version with which `wrap` works now. */
  currentVersion(): Promise<number>;
  wrap(key: Buffer, context: KeyContext): Promise<WrappedKey>;
  unwrap(wrapped: WrappedKey, context: KeyContext): Promise<Buffer>;
  /** The same data key under the newest version; the plain key need not leave the provider. */
  rewrap(wrapped: WrappedKey, context: KeyContext): Promise<WrappedKey>;
  /** HMAC-SHA-256 under the index key of `version`, 32 bytes. */
  mac(data: Buffer, version: number): Promise<Buffer>;
  /** Newest version of the index key. */
  macVersion(): Promise<number>;
  /** @throws if it could not wrap a key now */
  health(): Promise<void>;
}

/** The key provider does not answer: try again. */
export class KeysUnavailable extends CodedError {
  constructor(reason: string, options?: ErrorOptions) {
    super("KEYS_UNAVAILABLE", `the key provider does not answer: ${reason}`, options);
  }
}

/** The key provider refuses: the key, its version or its context is wrong. */
export class KeyRefused extends CodedError {
  constructor(reason: string) {
    super("KEY_REFUSED", `the key provider refuses: ${reason}`);
  }
}
