import type { KeyProvider } from "../../platform/crypto/keys/provider.ts";
import type { Seals } from "../../platform/crypto/seals.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { Vault } from "./service.ts";

/** What seals personal data. @param keyvault The database of keys, which is not the members' one. */
export const vaultOf = (keyvault: Sql, keys: KeyProvider): Seals => new Vault(keyvault, keys);
