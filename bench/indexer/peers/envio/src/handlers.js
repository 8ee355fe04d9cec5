import { MemberRegistry, RewardVault, StakingCore, TBurnToken, ValidatorRegistry } from "generated";

const nobody = `0x${"0".repeat(40)}`;

async function move(context, account, by) {
  const row = await context.Balances.get(account);
  context.Balances.set({ id: account, account, amount: (row?.amount ?? 0n) + by });
}

/** Changes a row that an earlier event has made; in the first of the two passes it may not be there yet. */
async function change(entity, id, values) {
  const row = await entity.get(String(id));
  if (row) entity.set({ ...row, ...values(row) });
  return row;
}

TBurnToken.Transfer.handler(async ({ event, context }) => {
  const { from, to, value } = event.params;
  if (from !== nobody) await move(context, from, -value);
  if (to !== nobody) await move(context, to, value);
});

MemberRegistry.MemberRegistered.handler(async ({ event, context }) => {
  const { memberNo, owner } = event.params;
  context.Members.set({ id: String(memberNo), member_no: memberNo, owner });
});

ValidatorRegistry.ValidatorRegistered.handler(async ({ event, context }) => {
  const { validatorId, memberNo, name, commissionBps } = event.params;
  context.Validators.set({
    id: String(validatorId),
    validator_id: validatorId,
    member_no: memberNo,
    name,
    commission_bps: commissionBps,
    self_stake: 0n,
    pool_tokens: 0n,
    pool_shares: 0n,
    rewards_total: 0n,
  });
});

ValidatorRegistry.CommissionChanged.handler(async ({ event, context }) => {
  const { validatorId, from, to } = event.params;
  await change(context.Validators, validatorId, () => ({ commission_bps: to }));
  const place = { block_number: event.block.number, log_index: event.logIndex };
  const id = `${event.block.number}-${event.logIndex}`;
  context.Commission_changes.set({ id, validator_id: validatorId, ...place, from_bps: from, to_bps: to });
});

StakingCore.TokensStaked.handler(async ({ event, context }) => {
  const { validatorId, tokens } = event.params;
  await change(context.Validators, validatorId, (row) => ({ self_stake: row.self_stake + tokens }));
});

StakingCore.StakeDelegated.handler(async ({ event, context }) => {
  const { positionId, validatorId, memberNo, tokens, shares } = event.params;
  const id = String(positionId);
  const row = await context.Positions.get(id);
  const first = {
    id,
    position_id: positionId,
    member_no: memberNo,
    validator_id: validatorId,
    shares: 0n,
    claimed: 0n,
  };
  const before = row ?? { ...first, since: event.block.timestamp };
  context.Positions.set({ ...before, shares: before.shares + shares });
  await change(context.Validators, validatorId, (v) => ({
    pool_tokens: v.pool_tokens + tokens,
    pool_shares: v.pool_shares + shares,
  }));
});

StakingCore.TokensUnstaked.handler(async ({ event, context }) => {
  const { requestId, validatorId, memberNo, positionId, kind, tokens, shares, maturesAt } = event.params;
  if (Number(kind) === 0) {
    await change(context.Positions, positionId, (row) => ({ shares: row.shares - shares }));
    await change(context.Validators, validatorId, (row) => ({
      pool_tokens: row.pool_tokens - tokens,
      pool_shares: row.pool_shares - shares,
    }));
  } else await change(context.Validators, validatorId, (row) => ({ self_stake: row.self_stake - tokens }));
  context.Requests.set({
    id: String(requestId),
    request_id: requestId,
    member_no: memberNo,
    validator_id: validatorId,
    position_id: positionId,
    tokens_at_request: tokens,
    requested_at: event.block.timestamp,
    matures_at: maturesAt,
    claimed_at: undefined,
    paid: undefined,
  });
});

StakingCore.UnstakeClaimed.handler(async ({ event, context }) => {
  const { requestId, tokens, lienBurned } = event.params;
  const values = { claimed_at: event.block.timestamp, paid: tokens - lienBurned };
  await change(context.Requests, requestId, () => values);
});

RewardVault.EpochCredited.handler(async ({ event, context }) => {
  const { epoch, validatorId, selfPart, commission, net } = event.params;
  const total = selfPart + commission + net;
  await change(context.Validators, validatorId, (row) => ({ rewards_total: row.rewards_total + total }));
  const parts = { self_part: selfPart, commission, net, block_number: event.block.number };
  context.Reward_credits.set({ id: `${validatorId}-${epoch}`, validator_id: validatorId, epoch, ...parts });
});

RewardVault.RewardsClaimed.handler(async ({ event, context }) => {
  const { positionId, memberNo, amount, to } = event.params;
  const row = await change(context.Positions, positionId, (before) => ({ claimed: before.claimed + amount }));
  if (!row) return;
  context.Reward_payments.set({
    id: `${event.block.number}-${event.logIndex}`,
    block_number: event.block.number,
    log_index: event.logIndex,
    member_no: memberNo,
    position_id: positionId,
    validator_id: row.validator_id,
    amount,
    paid_to: to,
  });
});
