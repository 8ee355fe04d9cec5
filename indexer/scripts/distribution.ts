import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "../src/platform/db/pool.ts";

/** What becomes of a table when one machine is not enough (docs: schema rules). */
export interface TableClass {
  kind: "distributed" | "reference" | "local";
  /** Column by whose value rows are placed. */
  key?: string;
  /** Tables of one group lie together and may be joined by their keys. */
  group?: string;
  /** Meant to be lost in a crash, and to be on no replica. */
  unlogged?: boolean;
}

export const readClasses = (path = join(import.meta.dirname, "../classes.json")): Record<string, TableClass> =>
  JSON.parse(readFileSync(path, "utf8")) as Record<string, TableClass>;

export interface DistributionBreach {
  rule: string;
  object: string;
  message: string;
}

/** Tables of our schemas, with their class and the number of their key column. */
const CLASSED = `
  with declared as (
    select e.key as name, e.value->>'kind' as kind, e.value->>'key' as key, e.value->>'group' as grp, coalesce((e.value->>'unlogged')::boolean, false) as unlogged from jsonb_each($1::jsonb) e
  ), tables as (
    select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('chain', 'ops', 'app') and c.relkind in ('r', 'p') and not c.relispartition
  ), parts as (
    select oid, oid as of from tables union all
    select h.inhrelid, h.inhparent from pg_inherits h join tables t on t.oid = h.inhparent
  ), classed as (
    select t.oid, t.name, d.kind, d.key, d.grp, d.unlogged, a.attnum, a.attnotnull, a.atttypid, a.atttypmod, a.attcollation
      from tables t join declared d using (name) left join pg_attribute a on a.attrelid = t.oid and a.attname = d.key and a.attnum > 0
  )`;

/** Each returns object and message of what breaks one rule. */
const RULES: Record<string, string> = {
  "1 every table has a class": `select name as object, 'has no class in indexer/classes.json' as message from tables where name not in (select name from declared)
    union all select name, 'is classed but does not exist' from declared where name not in (select name from tables)
    union all select name, 'has an unknown class' from declared where kind not in ('distributed', 'reference', 'local')`,
  "2 a distributed table names key and group": `select name as object, 'needs key and group' as message from classed where kind = 'distributed' and (key is null or grp is null or attnum is null)
    union all select name, 'must not name a key' from classed where kind <> 'distributed' and (key is not null or grp is not null)`,
  "3 the key is not null and comes first in every unique key": `select name as object, 'key ' || key || ' may be null' as message from classed where kind = 'distributed' and not attnotnull
    union all select name, 'has no primary key' from classed t where kind <> 'local' and not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)
    union all select name, i.indexrelid::regclass || ' does not begin with ' || key from classed t join parts p on p.of = t.oid join pg_index i on i.indrelid = p.oid
      where kind = 'distributed' and (i.indisunique or i.indisexclusion) and i.indkey[0] is distinct from t.attnum`,
  "3 keys of a group have one type": `select t.name as object, 'key differs in type from ' || o.name as message from classed t join classed o on o.grp = t.grp and o.name > t.name
      where t.kind = 'distributed' and o.kind = 'distributed' and (t.atttypid, t.atttypmod, t.attcollation) is distinct from (o.atttypid, o.atttypmod, o.attcollation)`,
  "4 no uniqueness across shards": `select name as object, i.indexrelid::regclass || ' is partial and unique without the key' as message from classed t join pg_index i on i.indrelid = t.oid
      where kind = 'distributed' and i.indisunique and i.indpred is not null and not (t.attnum = any(i.indkey))`,
  "5 references stay inside a group": `select t.name as object, k.conname || ' leads to ' || o.name as message from pg_constraint k join classed t on t.oid = k.conrelid join classed o on o.oid = k.confrelid
      where k.contype = 'f' and not (
        (t.kind = 'distributed' and o.kind = 'distributed' and t.grp = o.grp
          and exists (select 1 from generate_subscripts(k.conkey, 1) s where k.conkey[s] = t.attnum and k.confkey[s] = o.attnum))
        or (o.kind = 'reference' and t.kind in ('distributed', 'reference')) or (t.kind = 'local' and o.kind = 'local'))`,
  "6 partitions have one level": `select t.name as object, 'is partitioned in levels' as message from classed t join pg_inherits h on h.inhparent = t.oid join pg_class c on c.oid = h.inhrelid where c.relkind = 'p'`,
  "6 partitions are ranges, of time": `select t.name as object, 'is partitioned by ' || case p.partstrat when 'h' then 'hash' else 'list' end as message from classed t
      join pg_partitioned_table p on p.partrelid = t.oid where p.partstrat <> 'r'`,
  "6 no table inherits": `select t.name as object, c.oid::regclass || ' inherits from it' as message from classed t join pg_inherits h on h.inhparent = t.oid join pg_class c on c.oid = h.inhrelid where not c.relispartition`,
  "7 no sequence narrower than bigint": `select t.name as object, a.attname || ' counts in less than 64 bits' as message from classed t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and a.atttypid in (21, 23)
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval%'
    union all select n.nspname || '.' || c.relname, 'counts in less than 64 bits' from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('chain', 'ops', 'app') and s.seqtypid <> 'bigint'::regtype and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'i')`,
  "7 distributed tables take their ids from elsewhere": `select t.name as object, a.attname || ' is numbered by one machine' as message from classed t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and a.attidentity <> '' where t.kind = 'distributed'`,
  "8 no triggers, no rules": `select t.name as object, g.tgname || ' is a trigger' as message from classed t join parts p on p.of = t.oid join pg_trigger g on g.tgrelid = p.oid and not g.tgisinternal where t.kind <> 'local'
    union all select t.name, r.rulename || ' is a rule' from classed t join parts p on p.of = t.oid join pg_rewrite r on r.ev_class = p.oid where t.kind <> 'local'`,
  "8 no volatile defaults": `select t.name as object, a.attname || ' has a volatile default' as message from classed t join pg_attrdef d on d.adrelid = t.oid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.adnum
      where t.kind = 'distributed' and exists (select 1 from regexp_matches(pg_get_expr(d.adbin, d.adrelid), '(\\w+)\\(', 'g') m join pg_proc f on f.proname = m[1] and f.provolatile = 'v')`,
  "11 totals stand in tables of their own": `select n.nspname || '.' || c.relname as object, 'is a view of totals: make it a table' as message from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('chain', 'ops', 'app') and c.relkind = 'm'`,
  "12 amounts are numeric(78,0)": `select t.name as object, a.attname || ' is ' || format_type(a.atttypid, a.atttypmod) as message from classed t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      join pg_type y on y.oid = a.atttypid join lateral (
        select coalesce(nullif(y.typelem, 0), nullif(y.typbasetype, 0), y.oid) as kind, case when y.typtype = 'd' then y.typtypmod else a.atttypmod end as size) e on true
      where (e.kind = 'numeric'::regtype and e.size is distinct from ((78 << 16) | 0) + 4) or e.kind in ('real'::regtype, 'double precision'::regtype, 'money'::regtype)`,
  "a replica shows every table": `select t.name as object, 'is not in the log, so that no replica has it' as message from classed t join parts p on p.of = t.oid join pg_class c on c.oid = p.oid where c.relpersistence <> 'p' and not t.unlogged`,
};

/** Proves the schema rules on the catalog of a migrated database. */
export async function lintDistribution(sql: Sql, classes = readClasses()): Promise<DistributionBreach[]> {
  const found: DistributionBreach[] = [];
  for (const [rule, query] of Object.entries(RULES)) {
    const { rows } = await sql.query<{ object: string; message: string }>(`${CLASSED} ${query}`, [
      JSON.stringify(classes),
    ]);
    found.push(...rows.map((row) => ({ rule, ...row })));
  }
  return found;
}
