import { ponder } from "ponder:registry";
import * as tables from "ponder:schema";

const nobody = `0x${"0".repeat(40)}`;

ponder.on("TBurnToken:Transfer", async ({ event, context: { db } }) => {
  const { from, to, value } = event.args;
  const move = (account: `0x${string}`, by: bigint) =>
    db
      .insert(tables.balances)
      .values({ account, amount: by })
      .onConflictDoUpdate((row) => ({ amount: row.amount + by }));
  if (from !== nobody) await move(from, -value);
  if (to !== nobody) await move(to, value);
});

ponder.on("MemberRegistry:MemberRegistered", async ({ event: { args }, context: { db } }) => {
  await db.insert(tables.members).values({ member_no: args.memberNo, owner: args.owner });
});

ponder.on("ValidatorRegistry:ValidatorRegistered", async ({ event: { args }, context: { db } }) => {
  await db.insert(tables.validators).values({
    validator_id: args.validatorId,
    member_no: args.memberNo,
    name: args.name,
    commission_bps: args.commissionBps,
    self_stake: 0n,
    pool_tokens: 0n,
    pool_shares: 0n,
    rewards_total: 0n,
  });
});

ponder.on("ValidatorRegistry:CommissionChanged", async ({ event: { args, block, log }, context: { db } }) => {
  const key = { validator_id: args.validatorId };
  await db.update(tables.validators, key).set({ commission_bps: args.to });
  const place = { block_number: block.number, log_index: log.logIndex };
  await db.insert(tables.commission_changes).values({ ...key, ...place, from_bps: args.from, to_bps: args.to });
});

ponder.on("StakingCore:TokensStaked", async ({ event: { args }, context: { db } }) => {
  const key = { validator_id: args.validatorId };
  await db.update(tables.validators, key).set((row) => ({ self_stake: row.self_stake + args.tokens }));
});

ponder.on("StakingCore:StakeDelegated", async ({ event: { args, block }, context: { db } }) => {
  await db
    .insert(tables.positions)
    .values({
      position_id: args.positionId,
      member_no: args.memberNo,
      validator_id: args.validatorId,
      shares: args.shares,
      claimed: 0n,
      since: block.timestamp,
    })
    .onConflictDoUpdate((row) => ({ shares: row.shares + args.shares }));
  await db.update(tables.validators, { validator_id: args.validatorId }).set((row) => ({
    pool_tokens: row.pool_tokens + args.tokens,
    pool_shares: row.pool_shares + args.shares,
  }));
});

ponder.on("StakingCore:TokensUnstaked", async ({ event: { args, block }, context: { db } }) => {
  const key = { validator_id: args.validatorId };
  if (args.kind === 0) {
    await db
      .update(tables.positions, { position_id: args.positionId })
      .set((row) => ({ shares: row.shares - args.shares }));
    await db.update(tables.validators, key).set((row) => ({
      pool_tokens: row.pool_tokens - args.tokens,
      pool_shares: row.pool_shares - args.shares,
    }));
  } else {
    await db.update(tables.validators, key).set((row) => ({ self_stake: row.self_stake - args.tokens }));
  }
  await db.insert(tables.requests).values({
    request_id: args.requestId,
    member_no: args.memberNo,
    validator_id: args.validatorId,
    position_id: args.positionId,
    tokens_at_request: args.tokens,
    requested_at: block.timestamp,
    matures_at: BigInt(args.maturesAt),
  });
});

ponder.on("StakingCore:UnstakeClaimed", async ({ event: { args, block }, context: { db } }) => {
  await db
    .update(tables.requests, { request_id: args.requestId })
    .set({ claimed_at: block.timestamp, paid: args.tokens - args.lienBurned });
});

ponder.on("RewardVault:EpochCredited", async ({ event: { args, block }, context: { db } }) => {
  const total = args.selfPart + args.commission + args.net;
  const key = { validator_id: args.validatorId };
  await db.update(tables.validators, key).set((row) => ({ rewards_total: row.rewards_total + total }));
  await db.insert(tables.reward_credits).values({
    ...key,
    epoch: args.epoch,
    self_part: args.selfPart,
    commission: args.commission,
    net: args.net,
    block_number: block.number,
  });
});

ponder.on("RewardVault:RewardsClaimed", async ({ event: { args, block, log }, context: { db } }) => {
  const row = await db
    .update(tables.positions, { position_id: args.positionId })
    .set((before) => ({ claimed: before.claimed + args.amount }));
  await db.insert(tables.reward_payments).values({
    block_number: block.number,
    log_index: log.logIndex,
    member_no: args.memberNo,
    position_id: args.positionId,
    validator_id: row.validator_id,
    amount: args.amount,
    paid_to: args.to,
  });
});
