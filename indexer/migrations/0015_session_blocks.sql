-- What the mirror knew when a session began. Whether a suspension came later is told by blocks: the chain's clock and
-- ours are not the same one.
alter table app.sessions add column begun_at_block bigint not null default 0;
alter table app.sessions alter column begun_at_block drop default;
