/** A query that somebody keeps, or gives away by a link. */
export interface Kept {
  name: string;
  query: string;
  /** JSON. */
  variables: string;
}

const STORED = "tburn.queries";
export const MOST_KEPT = 50;
/** As large as the server takes a request. */
const LONGEST = 100_000;

const isKept = (value: unknown): value is Kept => {
  const one = value as Partial<Kept> | null;
  return [one?.name, one?.query, one?.variables].every((text) => typeof text === "string" && text.length <= LONGEST);
};

/** Reads what a browser keeps; whatever is not ours, or was cut off, is as if it were not there. */
export function parseKept(text: string | null): Kept[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isKept).slice(0, MOST_KEPT) : [];
  } catch {
    return [];
  }
}

/** Puts a query among the kept, in place of one of its name. @returns undefined if there are too many */
export function withKept(kept: Kept[], one: Kept): Kept[] | undefined {
  const others = kept.filter(({ name }) => name !== one.name);
  return others.length < MOST_KEPT ? [one, ...others] : undefined;
}

export const loadKept = (): Kept[] => parseKept(localStorage.getItem(STORED));
export const storeKept = (kept: Kept[]): void => localStorage.setItem(STORED, JSON.stringify(kept));

/** Base 64 for addresses (RFC 4648 §5), of UTF-8. */
const encoded = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const decoded = (text: string) => {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
};

/** A query behind the `#` of an address: no server ever sees it. */
export const hashOf = (one: Kept): string => `#q=${encoded(JSON.stringify(one))}`;

/** The query of a link; undefined for an address without one, or a broken one. It is shown, and runs when it is asked to. */
export function queryIn(hash: string): Kept | undefined {
  const [, text] = /^#q=([\w-]+)$/.exec(hash) ?? [];
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(decoded(text));
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Variables of a query. @returns undefined for what is no JSON object */
export function variablesIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() || "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
