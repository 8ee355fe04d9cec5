-- Who came by whose code. Only who was let in has a code, and only who was not let in yet can come by one: so nobody
-- comes by themselves, and no circle ever closes.
create table app.referrals (
  member_id uuid primary key,
  -- Whose code was brought when the registration began; null for none, or one of somebody who was erased.
  referrer_id uuid,
  referred_at timestamptz,
  let_in_at timestamptz,
  -- 122 bits of chance at least, so that no second one is ever equal; it is shared as its member likes.
  code text,
  constraint referrals_referrer check (referrer_id <> member_id and (referrer_id is null) = (referred_at is null)),
  constraint referrals_code check ((code is null) = (let_in_at is null))
);
create index referrals_by_code on app.referrals (code);
create index referrals_by_referrer on app.referrals (referrer_id) where referrer_id is not null;

-- Whoever was let in before has a code, too.
insert into app.referrals (member_id, let_in_at, code)
select member_id, min(closed_at), 'r' || replace(gen_random_uuid()::text, '-', '')
  from app.registrations where state = 'APPROVED' group by member_id;
