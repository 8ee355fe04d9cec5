import type { Sql } from "../../platform/db/pool.ts";
import type { Profile } from "./rules.ts";

export interface StoredProfile {
  memberId: string;
  version: number;
  profile: Profile;
}

interface Row {
  member_id: string;
  version: number;
  display_name: string;
  bio: string;
  website: string;
  links: Profile["links"];
  tags: string[];
  language: string;
  currency: string;
  time_zone: string;
  custom: Profile["custom"];
}

const COLUMNS = `p.version, p.display_name, p.bio, p.website, p.links, p.tags, p.language, p.currency, p.time_zone, p.custom`;

const profileIn = (row: Row): Profile => ({
  ...{ displayName: row.display_name, bio: row.bio, website: row.website, links: row.links, tags: row.tags },
  ...{ language: row.language, currency: row.currency, timeZone: row.time_zone, custom: row.custom },
});

/** What a member has published. */
export interface Published {
  /** 0 if nothing yet; then there is no profile. */
  version: number;
  profile?: Profile;
}

/** What members have published, in the order of their ids; undefined for nobody, and for who was erased. */
export async function publishedBy(sql: Sql, memberIds: readonly string[]): Promise<(Published | undefined)[]> {
  const { rows } = await sql.query<Partial<Row> & { id: string }>(
    `select m.id, ${COLUMNS} from app.members m left join app.profiles p on p.member_id = m.id
      where m.id = any($1::uuid[]) and m.erased_at is null`,
    [memberIds],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return memberIds.map((id) => {
    const row = found.get(id.toLowerCase());
    if (!row) return undefined;
    return row.version ? { version: row.version, profile: profileIn(row as Row) } : { version: 0 };
  });
}

/** Wallets of members whose published name begins so, in any case, at most `most`. */
export async function walletsByName(sql: Sql, beginning: string, most: number): Promise<string[]> {
  const { rows } = await sql.query<{ address: string }>(
    `select w.address from app.profiles p join app.member_wallets w using (member_id)
      where lower(p.display_name) like $1 order by lower(p.display_name), w.address limit $2`,
    [`${beginning.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`, most],
  );
  return rows.map(({ address }) => address);
}

/** Profiles of several members, in no order; whoever has published nothing is not among them. */
export async function profilesOf(sql: Sql, memberIds: readonly string[]): Promise<StoredProfile[]> {
  const { rows } = await sql.query<Row>(
    `select p.member_id, ${COLUMNS} from app.profiles p where p.member_id = any($1::uuid[])`,
    [memberIds],
  );
  return rows.map((row) => ({ memberId: row.member_id, version: row.version, profile: profileIn(row) }));
}

/** Writes a profile over the version that its writer saw. @returns false if it has changed since */
export async function putProfile(sql: Sql, memberId: string, seen: number, p: Profile, at: Date): Promise<boolean> {
  const values = [
    ...[memberId, seen, p.displayName, p.bio, p.website, JSON.stringify(p.links), p.tags],
    ...[p.language, p.currency, p.timeZone, p.custom, at],
  ];
  const { rowCount } = await sql.query(
    `insert into app.profiles as o (member_id, version, display_name, bio, website, links, tags, language, currency,
                                    time_zone, custom, changed_at)
     select $1, $2::integer + 1, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12
      where $2::integer = 0 or exists (select 1 from app.profiles where member_id = $1)
     on conflict (member_id) do update
        set version = excluded.version, display_name = excluded.display_name, bio = excluded.bio,
            website = excluded.website, links = excluded.links, tags = excluded.tags, language = excluded.language,
            currency = excluded.currency, time_zone = excluded.time_zone, custom = excluded.custom,
            changed_at = excluded.changed_at
      where o.version = $2::integer`,
    values,
  );
  return rowCount === 1;
}

export async function forgetProfile(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.profiles where member_id = $1", [memberId]);
}
