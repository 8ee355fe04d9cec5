// As bench/indexer/peers/ponder, with the relations and the index that questions of the bench need.
import { index, onchainTable, primaryKey, relations } from "ponder";

export const members = onchainTable("members", (t) => ({
  member_no: t.bigint().primaryKey(),
  owner: t.hex().notNull(),
}));

export const validators = onchainTable("validators", (t) => ({
  validator_id: t.integer().primaryKey(),
  member_no: t.bigint().notNull(),
  name: t.text().notNull(),
  commission_bps: t.integer().notNull(),
  self_stake: t.bigint().notNull(),
  pool_tokens: t.bigint().notNull(),
  pool_shares: t.bigint().notNull(),
  rewards_total: t.bigint().notNull(),
}));

export const positions = onchainTable(
  "positions",
  (t) => ({
    position_id: t.bigint().primaryKey(),
    member_no: t.bigint().notNull(),
    validator_id: t.integer().notNull(),
    shares: t.bigint().notNull(),
    claimed: t.bigint().notNull(),
    since: t.bigint().notNull(),
  }),
  (table) => ({ largest: index().on(table.validator_id, table.shares, table.position_id) }),
);

export const validatorsRelations = relations(validators, ({ one, many }) => ({
  member: one(members, { fields: [validators.member_no], references: [members.member_no] }),
  positions: many(positions),
}));

export const positionsRelations = relations(positions, ({ one }) => ({
  validator: one(validators, { fields: [positions.validator_id], references: [validators.validator_id] }),
}));

export const requests = onchainTable("requests", (t) => ({
  request_id: t.bigint().primaryKey(),
  member_no: t.bigint().notNull(),
  validator_id: t.integer().notNull(),
  position_id: t.bigint().notNull(),
  tokens_at_request: t.bigint().notNull(),
  requested_at: t.bigint().notNull(),
  matures_at: t.bigint().notNull(),
  claimed_at: t.bigint(),
  paid: t.bigint(),
}));

export const reward_credits = onchainTable(
  "reward_credits",
  (t) => ({
    validator_id: t.integer().notNull(),
    epoch: t.integer().notNull(),
    self_part: t.bigint().notNull(),
    commission: t.bigint().notNull(),
    net: t.bigint().notNull(),
    block_number: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.validator_id, table.epoch] }) }),
);

export const reward_payments = onchainTable(
  "reward_payments",
  (t) => ({
    block_number: t.bigint().notNull(),
    log_index: t.integer().notNull(),
    member_no: t.bigint().notNull(),
    position_id: t.bigint().notNull(),
    validator_id: t.integer().notNull(),
    amount: t.bigint().notNull(),
    paid_to: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.block_number, table.log_index] }) }),
);

export const commission_changes = onchainTable(
  "commission_changes",
  (t) => ({
    validator_id: t.integer().notNull(),
    block_number: t.bigint().notNull(),
    log_index: t.integer().notNull(),
    from_bps: t.integer().notNull(),
    to_bps: t.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.validator_id, table.block_number, table.log_index] }) }),
);

export const balances = onchainTable("balances", (t) => ({
  account: t.hex().primaryKey(),
  amount: t.bigint().notNull(),
}));
