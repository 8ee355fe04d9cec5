import DataLoader from "dataloader";
import { permitFilter } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { profilesOf, type StoredProfile, walletsByName } from "./repository.ts";
import { fields, plain } from "./rules.ts";

/** So many people of one name are enough to ask for more of it. */
const MOST_NAMED = 1_000;

/** Wallets of members whose published name begins so. @throws {Problem} 403 FILTER_FORBIDDEN */
export async function walletsNamed(beginning: string, context: Context): Promise<string[]> {
  permitFilter(context.actor, "displayName", fields.displayName);
  return walletsByName(context.read, plain(beginning), MOST_NAMED);
}

/** Profiles by account, batched per answer. */
export const profileLoader = (context: Context) =>
  context.once("profiles", () => {
    const load = async (ids: readonly string[]) => {
      const found = new Map((await profilesOf(context.read, ids)).map((one) => [one.memberId, one]));
      return ids.map((id) => found.get(id) ?? null);
    };
    return new DataLoader<string, StoredProfile | null>(load);
  });
