import type { Role } from "./actor.ts";

/** Where the staff sign in, beside their wallets (OpenID Connect). */
export interface StaffProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Roles by the names of the provider's groups. */
  groups: ReadonlyMap<string, Role>;
  /** How strongly the provider must have asked (`acr`); such a sign-in counts as a second factor. Absent: it never does. */
  acr: string | undefined;
}
