-- Members in the order in which they came, of one tier, status or level of identity; and as they were active.
create index members_by_tier on chain.members (tier, registered_at, member_no);
create index members_by_status on chain.members (status, registered_at, member_no);
create index members_by_level on chain.members (kyc_level, registered_at, member_no);
create index members_by_activity on chain.members (last_activity_at, member_no);
