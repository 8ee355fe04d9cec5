import { CodedError } from "../../platform/errors.ts";

/** The member's key was destroyed: what it sealed cannot be read by anybody, ever. */
export class KeyDestroyed extends CodedError {
  constructor() {
    super("VAULT_KEY_DESTROYED", "the personal data of this member was erased");
  }
}

/** A sealed value names a key that the vault does not have. */
export class KeyUnknown extends CodedError {
  constructor() {
    super("VAULT_KEY_UNKNOWN", "the key vault does not know the key of a sealed value; restore the vault's backup");
  }
}
