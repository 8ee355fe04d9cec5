import type { KeyProvider } from "./keys/provider.ts";

/** What members are looked up by without being readable. */
export type IndexKind = "email" | "phone" | "registration_number" | "person";

export interface BlindIndex {
  kind: IndexKind;
  hmac: Buffer;
  keyVersion: number;
}

const normalisers: Record<IndexKind, (text: string) => string> = {
  email: (text) => text.trim().toLowerCase(),
  phone: (text) => text.replace(/[^\d+]/g, ""),
  registration_number: (text) => text.replace(/[\s-]/g, "").toUpperCase(),
  person: (text) => text.trim().toLowerCase().replace(/\s+/g, " "),
};

/** The form in which two ways to write one value are equal. Unicode in NFKC, as a person would read it. */
const normalised = (kind: IndexKind, text: string) => normalisers[kind](text.normalize("NFKC"));

async function indexAt(keys: KeyProvider, kind: IndexKind, text: string, keyVersion: number): Promise<BlindIndex> {
  const hmac = await keys.mac(Buffer.from(`${kind}|${normalised(kind, text)}`, "utf8"), keyVersion);
  return { kind, hmac, keyVersion };
}

/** The index under which a value is stored now. */
export const blindIndex = async (keys: KeyProvider, kind: IndexKind, text: string): Promise<BlindIndex> =>
  indexAt(keys, kind, text, await keys.macVersion());

/** All indexes under which a value may be stored while keys rotate: the newest two versions. */
export async function blindIndexes(keys: KeyProvider, kind: IndexKind, text: string): Promise<BlindIndex[]> {
  const latest = await keys.macVersion();
  const versions = latest > 1 ? [latest, latest - 1] : [latest];
  return Promise.all(versions.map((version) => indexAt(keys, kind, text, version)));
}
