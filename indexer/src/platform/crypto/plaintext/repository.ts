import type { Sql } from "../../db/pool.ts";

/** Where a text stands that should stand nowhere. */
export interface Find {
  table: string;
  rows: number;
}

/** Ways in which a text may stand in a row: as it is, as the bytes of it, or in base64 from any of three places on. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const shifted = [0, 1, 2].map((by) => {
    const base64 = Buffer.concat([Buffer.alloc(by), bytes]).toString("base64");
    // What depends on the bytes beside is left out.
    return base64.slice(by === 0 ? 0 : by + 1, -4);
  });
  return [text, bytes.toString("hex"), ...shifted.filter((form) => form.length >= 6)].map((form) => form.toLowerCase());
}

/**
 * Looks for texts in every row of every table, jobs among them.
 * @returns tables that hold one, and how many tables were looked through
 */
export async function hunt(sql: Sql, texts: string[]): Promise<{ tables: number; found: Find[] }> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const forms = texts.flatMap(formsOf);
  const found: Find[] = [];
  for (const { name } of tables) {
    const { rows } = await sql.query<{ count: number }>(
      `select count(*)::int as count from ${name} t where exists (
         select 1 from unnest($1::text[]) as form where strpos(lower(t::text), form) > 0)`,
      [forms],
    );
    if (rows[0]?.count) found.push({ table: name, rows: rows[0].count });
  }
  return { tables: tables.length, found };
}
