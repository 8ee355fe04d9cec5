type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON in the one form that two parties write alike (RFC 8785): keys in the order of their UTF-16 units, no space.
 * JavaScript's own number and string forms are those of the RFC.
 */
export function canonical(value: unknown): string {
  const json = value as Json;
  if (Array.isArray(json)) return `[${json.map(canonical).join(",")}]`;
  if (typeof json === "object" && json !== null) {
    const record = json as Record<string, Json>;
    const keys = Object.keys(record).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`).join(",")}}`;
  }
  if (typeof json === "number" && !Number.isFinite(json)) throw new Error("JSON has no such number");
  return JSON.stringify(json);
}
