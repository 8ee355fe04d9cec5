const { In } = require("typeorm");
const settings = require("../bench.json");
const { events } = require("./events.js");
const model = require("./model/index.js");

const nobody = `0x${"0".repeat(40)}`;
const decoders = new Map();
for (const [contract, of] of Object.entries(events)) {
  const address = settings.addresses[contract].toLowerCase();
  for (const [name, one] of Object.entries(of)) decoders.set(address + one.topic, { name, one });
}

const make = (kind, values) => Object.assign(new model[kind](), values);
const IDS_AT_ONCE = 10_000;

/** Events of one batch: entities are read together, folded in memory, and written together. */
class Batch {
  #told = [];
  #rows = { Validator: new Map(), Position: new Map(), Request: new Map(), Balance: new Map() };
  #new = { Member: [], RewardCredit: [], RewardPayment: [], CommissionChange: [] };

  constructor(blocks) {
    for (const { header, logs } of blocks) {
      for (const log of logs) {
        const found = decoders.get(log.address + log.topics[0]);
        if (!found) continue;
        const time = Math.floor(header.timestamp / 1_000);
        this.#told.push({
          name: found.name,
          args: found.one.decode(log),
          height: header.height,
          index: log.logIndex,
          time,
        });
      }
    }
  }

  async load(store) {
    const wanted = { Validator: new Set(), Position: new Set(), Request: new Set(), Balance: new Set() };
    for (const { name, args } of this.#told) {
      if (name === "Transfer") wanted.Balance.add(args.from).add(args.to);
      if (args.validatorId !== undefined) wanted.Validator.add(String(args.validatorId));
      if (args.positionId !== undefined) wanted.Position.add(String(args.positionId));
      if (name === "UnstakeClaimed") wanted.Request.add(String(args.requestId));
    }
    for (const [kind, ids] of Object.entries(wanted)) {
      const all = [...ids];
      for (let i = 0; i < all.length; i += IDS_AT_ONCE) {
        const found = await store.findBy(model[kind], { id: In(all.slice(i, i + IDS_AT_ONCE)) });
        for (const row of found) this.#rows[kind].set(row.id, row);
      }
    }
  }

  fold() {
    for (const event of this.#told) this[event.name](event.args, event);
  }

  async save(store) {
    for (const rows of Object.values(this.#rows)) await store.upsert([...rows.values()]);
    for (const rows of Object.values(this.#new)) await store.insert(rows);
  }

  #row(kind, id) {
    return this.#rows[kind].get(String(id));
  }

  #move(account, by) {
    const row = this.#row("Balance", account);
    if (row) row.amount += by;
    else this.#rows.Balance.set(account, make("Balance", { id: account, account, amount: by }));
  }

  Transfer({ from, to, value }) {
    if (from !== nobody) this.#move(from, -value);
    if (to !== nobody) this.#move(to, value);
  }

  MemberRegistered({ memberNo, owner }) {
    this.#new.Member.push(make("Member", { id: String(memberNo), member_no: memberNo, owner }));
  }

  ValidatorRegistered({ validatorId, memberNo, name, commissionBps }) {
    const none = { self_stake: 0n, pool_tokens: 0n, pool_shares: 0n, rewards_total: 0n };
    const values = { validator_id: validatorId, member_no: memberNo, name, commission_bps: commissionBps, ...none };
    this.#rows.Validator.set(String(validatorId), make("Validator", { id: String(validatorId), ...values }));
  }

  CommissionChanged({ validatorId, from, to }, { height, index }) {
    this.#row("Validator", validatorId).commission_bps = to;
    const key = { validator_id: validatorId, block_number: height, log_index: index };
    this.#new.CommissionChange.push(
      make("CommissionChange", { id: `${height}-${index}`, ...key, from_bps: from, to_bps: to }),
    );
  }

  TokensStaked({ validatorId, tokens }) {
    this.#row("Validator", validatorId).self_stake += tokens;
  }

  StakeDelegated({ positionId, validatorId, memberNo, tokens, shares }, { time }) {
    const id = String(positionId);
    const row = this.#row("Position", id);
    const first = { position_id: positionId, member_no: memberNo, validator_id: validatorId };
    if (row) row.shares += shares;
    else this.#rows.Position.set(id, make("Position", { id, ...first, shares, claimed: 0n, since: time }));
    const validator = this.#row("Validator", validatorId);
    validator.pool_tokens += tokens;
    validator.pool_shares += shares;
  }

  TokensUnstaked(args, { time }) {
    const validator = this.#row("Validator", args.validatorId);
    if (args.kind === 0) {
      this.#row("Position", args.positionId).shares -= args.shares;
      validator.pool_tokens -= args.tokens;
      validator.pool_shares -= args.shares;
    } else validator.self_stake -= args.tokens;
    const id = String(args.requestId);
    const whose = { member_no: args.memberNo, validator_id: args.validatorId, position_id: args.positionId };
    const when = { requested_at: time, matures_at: BigInt(args.maturesAt) };
    const values = { request_id: args.requestId, ...whose, tokens_at_request: args.tokens, ...when };
    this.#rows.Request.set(id, make("Request", { id, ...values }));
  }

  UnstakeClaimed({ requestId, tokens, lienBurned }, { time }) {
    Object.assign(this.#row("Request", requestId), { claimed_at: time, paid: tokens - lienBurned });
  }

  EpochCredited({ epoch, validatorId, selfPart, commission, net }, { height }) {
    this.#row("Validator", validatorId).rewards_total += selfPart + commission + net;
    const parts = { self_part: selfPart, commission, net, block_number: height };
    const values = { id: `${validatorId}-${epoch}`, validator_id: validatorId, epoch, ...parts };
    this.#new.RewardCredit.push(make("RewardCredit", values));
  }

  RewardsClaimed({ positionId, memberNo, amount, to }, { height, index }) {
    const position = this.#row("Position", positionId);
    position.claimed += amount;
    const key = { block_number: height, log_index: index };
    const whose = { member_no: memberNo, position_id: positionId, validator_id: position.validator_id };
    this.#new.RewardPayment.push(
      make("RewardPayment", { id: `${height}-${index}`, ...key, ...whose, amount, paid_to: to }),
    );
  }
}

exports.Batch = Batch;
