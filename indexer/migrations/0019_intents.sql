-- Answers to commands by the key that their caller gave them: asked again, the same is answered.
create table app.idempotency_keys (
  member_id uuid not null,
  -- Name of the command, whichever API it came by.
  command text not null,
  key text not null,
  -- Tells whether two requests ask the same, and not what they ask.
  fingerprint bytea not null,
  -- Whoever works on it; nobody else may answer.
  holder uuid not null,
  taken_at timestamptz not null,
  status integer,
  -- The answer, under the member's key; null while somebody works on it.
  sealed_answer bytea,
  primary key (member_id, command, key),
  constraint idempotency_keys_answered check ((status is null) = (sealed_answer is null))
);
create index idempotency_keys_by_age on app.idempotency_keys (taken_at);

-- Transactions that were prepared for a member's wallet, and what the chain made of them. No key of anybody's is here.
create table app.tx_intents (
  member_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null,
  chain_id bigint not null,
  -- Wallet that is to sign, lower case; null where any holder of a role of the contracts may.
  account text,
  -- A contract signs nothing by itself: its owners propose the calls in its own app.
  is_contract_wallet boolean not null,
  -- Calls in their order, the act itself last: name, to, data, value.
  steps jsonb not null,
  -- Event that tells of the act, with the arguments by which it is known.
  expected jsonb not null,
  -- Only what comes after this block counts.
  from_block bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tx_hash text,
  submitted_at timestamptz,
  block_number bigint,
  block_hash text,
  log_index integer,
  closed_at timestamptz,
  primary key (member_id, id),
  constraint tx_intents_state check (state in ('PENDING', 'SUBMITTED', 'CONFIRMED', 'EXPIRED')),
  constraint tx_intents_block check ((block_number is null) = (block_hash is null) and (block_number is null) = (log_index is null)),
  constraint tx_intents_confirmed check (state <> 'CONFIRMED' or block_number is not null),
  constraint tx_intents_closed check ((closed_at is not null) = (state in ('CONFIRMED', 'EXPIRED')))
);
-- One act confirms one intent, however many ask for the same.
create unique index tx_intents_by_event on app.tx_intents (member_id, block_number, log_index);
create index tx_intents_open on app.tx_intents (member_id, id) where state in ('PENDING', 'SUBMITTED');
create index tx_intents_by_end on app.tx_intents (closed_at) where closed_at is not null;

-- What suspended members say in their defence: its hash goes on the chain, its words stay here, under the member's key.
create table app.appeal_statements (
  member_id uuid not null,
  suspension_id bigint not null,
  intent_id uuid not null,
  statement_hash text not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (member_id, suspension_id)
);
create index appeal_statements_by_suspension on app.appeal_statements (suspension_id);
