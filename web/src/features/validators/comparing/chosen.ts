export const MOST = 4;

/** Validators named in an address (`1,2,3`), each once, at most four; what is no number is left out. */
export function parseIds(written: unknown): number[] {
  const ids = String(written ?? "")
    .split(",")
    .filter((part) => /^[1-9]\d{0,8}$/.test(part))
    .map(Number);
  return [...new Set(ids)].slice(0, MOST);
}

export const writeIds = (ids: readonly number[]): string | undefined => (ids.length === 0 ? undefined : ids.join(","));

/** Chooses a validator or lets it go; a fifth takes the place of the one chosen first. */
export const toggle = (ids: readonly number[], id: number): number[] =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-MOST);
