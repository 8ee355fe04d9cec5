-- Rows as each block left them, for questions about a past block (docs/decisions/0034). One row for each changed row and block,
-- written with the change. What never changes of a row is not repeated: it stands in the table beside it.
create table chain.validator_versions (
  validator_id bigint not null,
  block_number bigint not null,
  name text not null,
  commission_bps integer not null,
  pending_bps integer,
  pending_from bigint,
  pending_until bigint,
  min_delegation numeric(78, 0) not null,
  active boolean not null,
  jailed_until bigint,
  tombstoned boolean not null,
  open_cases integer not null,
  self_stake numeric(78, 0) not null,
  pool_tokens numeric(78, 0) not null,
  pool_shares numeric(78, 0) not null,
  pool_gen integer not null,
  position_count integer not null,
  keep numeric(78, 0) not null,
  accumulator_ray numeric(78, 0) not null,
  unclaimed_commission numeric(78, 0) not null,
  unclaimed_self_rewards numeric(78, 0) not null,
  rewards_total numeric(78, 0) not null,
  primary key (validator_id, block_number)
);

create table chain.position_versions (
  member_no bigint not null,
  position_id numeric(78, 0) not null,
  block_number bigint not null,
  shares numeric(78, 0) not null,
  lien_id bigint,
  unpaid numeric(78, 0) not null,
  acc_paid numeric(78, 0) not null,
  claimed numeric(78, 0) not null,
  auto_compound boolean not null,
  closed_at bigint,
  primary key (member_no, position_id, block_number)
);

-- What liens owe depends on what the exits of their source have kept.
create table chain.cohort_versions (
  validator_id bigint not null,
  day bigint not null,
  block_number bigint not null,
  redel_tokens numeric(78, 0) not null,
  redel_shares numeric(78, 0) not null,
  redel_gen integer not null,
  primary key (validator_id, day, block_number)
);

create table chain.member_versions (
  member_no bigint not null,
  block_number bigint not null,
  owner text not null,
  operator text,
  payout text not null,
  status smallint not null,
  tier smallint not null,
  kyc_level smallint not null,
  kyc_valid_until bigint,
  pending_payout text,
  pending_payout_at bigint,
  pending_owner text,
  pending_recovery text,
  pending_recovery_at bigint,
  frozen_until bigint,
  primary key (member_no, block_number)
);
create index member_versions_by_owner on chain.member_versions (owner, block_number);

create table chain.grade_versions (
  member_no bigint not null,
  block_number bigint not null,
  staged smallint,
  effective_at bigint,
  staged_reasons integer,
  changed_at bigint,
  points integer not null,
  genesis boolean not null,
  governance boolean not null,
  primary key (member_no, block_number)
);

create table chain.vote_versions (
  account text not null,
  block_number bigint not null,
  member_no bigint,
  units numeric(78, 0) not null,
  votes numeric(78, 0) not null,
  delegate text,
  delegators integer not null,
  ballots integer not null,
  proposals integer not null,
  primary key (account, block_number)
);

-- Where a list of the past finds the positions of a validator, in their order; written once for each position.
create index position_owners_by_validator on chain.position_owners (validator_id, position_id);

-- The first block that a mirror which is older than this migration can answer for; no row in one that was told from the start.
create table ops.version_start (
  id smallint primary key check (id = 1),
  block_number bigint not null
);
grant truncate on ops.version_start to tburn_app;

-- Nobody follows the chain while its rows are copied; whoever reads goes on.
lock table ops.checkpoint in share row exclusive mode;
insert into ops.version_start (id, block_number) select 1, final_block from ops.checkpoint;

-- What can never be taken back begins the history: rows as the last final block left them, and from there on each version
-- that the journal knows. The journal learns of the latter, so that a reorganisation takes them back, too.
do $$
declare
  start bigint := (select block_number from ops.version_start);
  base text; versions text; keys text[]; kept text[]; matches text; json text;
begin
  for base, versions in values
    ('validators', 'validator_versions'), ('positions', 'position_versions'), ('cohorts', 'cohort_versions'),
    ('members', 'member_versions'), ('member_grades', 'grade_versions'), ('vote_accounts', 'vote_versions')
  loop
    exit when start is null;
    select array_agg(format('%I', attname) order by k.ord), string_agg(format('t.%I = k.%I', attname, attname), ' and '),
           string_agg(format('%L, k.%I::text', attname, attname), ', ' order by k.ord)
      into keys, matches, json
      from pg_index i, unnest(i.indkey) with ordinality k(num, ord), pg_attribute a
     where i.indrelid = format('chain.%I', base)::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.num;
    select array_agg(format('%I', attname) order by attnum) into kept
      from pg_attribute
     where attrelid = format('chain.%I', versions)::regclass and attnum > 0 and attname <> 'block_number';
    execute format(
      'with told as (
         select row_key, block_number, before, lead(before) over w as left_as, lead(block_number) over w is null as is_last,
                row_number() over w = 1 as is_first
           from ops.journal where table_name = %1$L and block_number > $1 window w as (partition by row_key order by block_number)
       ), versions as (
         select $1 as block_number, %2$s from chain.%3$I t
          where not exists (select 1 from told, jsonb_populate_record(null::chain.%3$I, row_key::jsonb) k where is_first and %4$s)
         union all
         select $1, %5$s from told, jsonb_populate_record(null::chain.%3$I, before) r where is_first and before is not null
         union all
         select block_number, %5$s from told, jsonb_populate_record(null::chain.%3$I, left_as) r where not is_last
         union all
         select block_number, %2$s from told, jsonb_populate_record(null::chain.%3$I, row_key::jsonb) k join chain.%3$I t on %4$s
          where is_last
       ) insert into chain.%6$I (block_number, %7$s) select block_number, %7$s from versions',
      base, 't.' || array_to_string(kept, ', t.'), base, matches, 'r.' || array_to_string(kept, ', r.'), versions,
      array_to_string(kept, ', ')
    ) using start;
    execute format(
      'insert into ops.journal (block_number, table_name, row_key, before)
       select block_number, %1$L, jsonb_build_object(%2$s, ''block_number'', block_number::text)::text, null
         from chain.%1$I k where block_number > $1',
      versions, json
    ) using start;
  end loop;
end $$;

-- An older build that still follows must stop here: it would write rows without their versions, and does not fill this.
alter table ops.checkpoint add column versioned_to bigint;
update ops.checkpoint set versioned_to = block_number;
-- squawk-ignore constraint-missing-not-valid
alter table ops.checkpoint add constraint versioned check (versioned_to is not null and versioned_to = block_number);
