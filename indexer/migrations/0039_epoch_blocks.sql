-- In which block an epoch of a validator was reported: two blocks may have the same second, so that the time does not say what a
-- block knew. An older mirror takes the last block of that second, until `redeploy` tells it anew.
alter table chain.validator_epochs add column block_number bigint;
update chain.validator_epochs e
   set block_number = coalesce((select max(b.number) from chain.blocks b where b.block_time = e.reported_at), 0);
-- squawk-ignore adding-not-nullable-field
alter table chain.validator_epochs alter column block_number set not null;
