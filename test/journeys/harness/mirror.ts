import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";

/** What stands in the database and what the API answers, asked past the dApp. */
export function mirror() {
  const { databaseUrl, url } = inject("product");
  const client = new pg.Client({ connectionString: databaseUrl });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  async function rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await client.query(sql, values)).rows as T[];
  }

  async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
    return data;
  }

  return { rows, ask };
}
