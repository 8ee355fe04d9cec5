-- What members have agreed to, and taken back: added to, never changed. The hash is of the very words they were shown.
create table app.consents (
  member_id uuid not null,
  purpose text not null,
  number integer not null,
  given boolean not null,
  version integer not null,
  language text not null,
  text_hash bytea not null,
  at timestamptz not null,
  primary key (member_id, purpose, number),
  constraint consents_number check (number > 0),
  constraint consents_language check (language in ('ko', 'en'))
);
-- Whoever has agreed to a purpose at some time; whether it stands is asked of each.
create index consents_by_purpose on app.consents (purpose, member_id) where given;
select app.wall('app.consents', 'cared');
revoke update, delete on app.consents from tburn_app;

-- News to those who agreed to get some; words are for everybody.
create table app.news (
  id uuid primary key,
  words jsonb not null,
  sent_by uuid not null,
  at timestamptz not null
);

-- Who has got which: nobody gets one twice.
create table app.news_mails (
  member_id uuid not null,
  news_id uuid not null,
  at timestamptz not null,
  primary key (member_id, news_id)
);
select app.wall('app.news_mails', 'cared');
