import type { Sql } from "../../platform/db/pool.ts";
import type { ConsentRecord, Language, Purpose } from "./rules.ts";

/** All records of a member, the oldest first. */
export async function consentsOf(sql: Sql, memberId: string): Promise<ConsentRecord[]> {
  const { rows } = await sql.query<ConsentRecord>(
    `select purpose, number, given, version, language, text_hash as "textHash", at from app.consents
      where member_id = $1 order by at, purpose, number`,
    [memberId],
  );
  return rows;
}

export async function insertConsent(sql: Sql, memberId: string, c: ConsentRecord): Promise<void> {
  await sql.query(
    `insert into app.consents (member_id, purpose, number, given, version, language, text_hash, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [memberId, c.purpose, c.number, c.given, c.version, c.language, c.textHash, c.at],
  );
}

/** Members after `after` whose newest record agrees to these words, and in which language, in the order of their ids. */
export async function agreeing(sql: Sql, purpose: Purpose, version: number, after: string, limit: number) {
  const { rows } = await sql.query<{ memberId: string; language: Language }>(
    `select n.member_id as "memberId", n.language
       from (select distinct on (member_id) member_id, given, version, language from app.consents
              where purpose = $1 and member_id > $2 order by member_id, number desc) n
       join app.members m on m.id = n.member_id and m.erased_at is null
      where n.given and n.version = $3 order by n.member_id limit $4`,
    [purpose, after, version, limit],
  );
  return rows;
}

export type NewsWords = Record<Language, { title: string; text: string }>;

export async function insertNews(
  sql: Sql,
  news: { id: string; words: NewsWords; by: string; at: Date },
): Promise<void> {
  await sql.query("insert into app.news (id, words, sent_by, at) values ($1, $2, $3, $4)", [
    ...[news.id, news.words, news.by, news.at],
  ]);
}

export async function newsOf(sql: Sql, id: string): Promise<NewsWords | undefined> {
  const { rows } = await sql.query<{ words: NewsWords }>("select words from app.news where id = $1", [id]);
  return rows[0]?.words;
}

/** Notes that a member gets a mail. @returns false if it has got it already */
export async function noteMail(sql: Sql, memberId: string, newsId: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "insert into app.news_mails (member_id, news_id, at) values ($1, $2, $3) on conflict do nothing",
    [memberId, newsId, at],
  );
  return rowCount === 1;
}

/** Forgets which news a member has got; what it agreed to stays, and names nobody. */
export async function forgetMails(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.news_mails where member_id = $1", [memberId]);
}
