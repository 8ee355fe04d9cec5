/** A place in PostgreSQL's write-ahead log; later places are greater. */
export type Lsn = bigint;

/** Reads `pg_lsn` as PostgreSQL prints it, such as `0/16B3748`. */
export function lsnOf(text: string): Lsn {
  const [high, low] = text.split("/");
  if (!/^[0-9A-F]{1,8}$/i.test(high ?? "") || !/^[0-9A-F]{1,8}$/i.test(low ?? "")) throw new Error(`no LSN: ${text}`);
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** The later of two places; undefined where there is none. */
export const laterOf = (a: Lsn | undefined, b: Lsn | undefined): Lsn | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
