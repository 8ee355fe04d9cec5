const { bigintTransformer } = require("@subsquid/typeorm-store/lib/transformers");
const { EntitySchema } = require("typeorm");

const id = { type: "varchar", primary: true };
const text = { type: "text" };
const whole = { type: "int4" };
const amount = { type: "numeric", precision: 78, transformer: bigintTransformer };

/** A class and its table: TypeORM wants both. */
function entity(name, tableName, columns) {
  const target = { [name]: class {} }[name];
  target.prototype.constructor = target;
  return { target, schema: new EntitySchema({ name, tableName, target, columns: { id, ...columns } }) };
}

const all = {
  Member: entity("Member", "members", { member_no: amount, owner: text }),
  Validator: entity("Validator", "validators", {
    validator_id: whole,
    member_no: amount,
    name: text,
    commission_bps: whole,
    self_stake: amount,
    pool_tokens: amount,
    pool_shares: amount,
    rewards_total: amount,
  }),
  Position: entity("Position", "positions", {
    position_id: amount,
    member_no: amount,
    validator_id: whole,
    shares: amount,
    claimed: amount,
    since: whole,
  }),
  Request: entity("Request", "requests", {
    request_id: amount,
    member_no: amount,
    validator_id: whole,
    position_id: amount,
    tokens_at_request: amount,
    requested_at: whole,
    matures_at: amount,
    claimed_at: { ...whole, nullable: true },
    paid: { ...amount, nullable: true },
  }),
  RewardCredit: entity("RewardCredit", "reward_credits", {
    validator_id: whole,
    epoch: whole,
    self_part: amount,
    commission: amount,
    net: amount,
    block_number: whole,
  }),
  RewardPayment: entity("RewardPayment", "reward_payments", {
    block_number: whole,
    log_index: whole,
    member_no: amount,
    position_id: amount,
    validator_id: whole,
    amount: amount,
    paid_to: text,
  }),
  CommissionChange: entity("CommissionChange", "commission_changes", {
    validator_id: whole,
    block_number: whole,
    log_index: whole,
    from_bps: whole,
    to_bps: whole,
  }),
  Balance: entity("Balance", "balances", { account: text, amount }),
};

for (const [name, { target, schema }] of Object.entries(all)) {
  exports[name] = target;
  exports[`${name}Schema`] = schema;
}
