/** Where a search leads. */
export type Target =
  | { to: "/blocks/$number"; params: { number: string } }
  | { to: "/validators/$id"; params: { id: string } }
  | { to: "/governance/$id"; params: { id: string } }
  | { to: "/activity"; search: { of: string } }
  | { to: "/validators"; search: { q: string } };

/** Reads `#3` or `v3` as a validator, digits as a block, very many digits as a proposal, an address as somebody's activity, the rest as a name. */
export function searchTarget(text: string): Target | undefined {
  const wanted = text.trim();
  if (wanted === "") return undefined;
  const validator = /^(?:#|v)(\d{1,9})$/i.exec(wanted)?.[1];
  if (validator) return { to: "/validators/$id", params: { id: validator } };
  if (/^\d{1,15}$/.test(wanted)) return { to: "/blocks/$number", params: { number: wanted } };
  if (/^\d{60,78}$/.test(wanted)) return { to: "/governance/$id", params: { id: wanted } };
  if (/^0x[0-9a-f]{40}$/i.test(wanted)) return { to: "/activity", search: { of: wanted } };
  return { to: "/validators", search: { q: wanted } };
}
