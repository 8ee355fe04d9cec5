import { amount, big, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { movementKinds } from "./rules.ts";

const nobody = `0x${"0".repeat(40)}`;
const vaultKey = { id: 1 };
const emptyVault = { member_no: null, shares: 0n, cap_bps: 0, harvested: 0n, holders: 0 };
const unlisted = { listed: false, position_id: null, allocated: 0n, deallocated: 0n };

async function changeVault(store: Store, change: (row: Row) => Row): Promise<void> {
  const row = await store.find("liquid_vault", vaultKey);
  await store.put("liquid_vault", vaultKey, { ...(row ? {} : emptyVault), ...change(row ?? emptyVault) });
}

async function changeAllocation(event: ChainEvent, store: Store, change: (row: Row) => Row): Promise<void> {
  const key = { validator_id: count(event, "validatorId") };
  const row = await store.find("liquid_allocations", key);
  await store.put("liquid_allocations", key, { ...(row ? {} : unlisted), ...change(row ?? unlisted) });
}

async function moveShares(store: Store, account: string, by: bigint): Promise<void> {
  const before = big((await store.find("liquid_holders", { account })) ?? {}, "shares");
  const shares = before + by;
  await store.put("liquid_holders", { account }, { shares });
  const joined = (before === 0n && shares > 0n ? 1 : 0) - (before > 0n && shares === 0n ? 1 : 0);
  if (joined !== 0) await changeVault(store, (row) => ({ holders: Number(row.holders) + joined }));
}

const transferred: Projection = async (event, store) => {
  const [from, to, value] = [text(event, "from"), text(event, "to"), amount(event, "value")];
  if (from !== nobody) await moveShares(store, from, -value);
  if (to !== nobody) await moveShares(store, to, value);
  const minted = (from === nobody ? value : 0n) - (to === nobody ? value : 0n);
  if (minted !== 0n) await changeVault(store, (row) => ({ shares: big(row, "shares") + minted }));
};

function move(
  event: ChainEvent,
  store: Store,
  kind: (typeof movementKinds)[number],
  account: string,
  assets: bigint,
): void {
  store.append(
    "liquid_movements",
    { account, block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tx_hash: event.txHash,
      kind: movementKinds.indexOf(kind),
      assets,
      shares: amount(event, "shares"),
    },
  );
}

const requested: Projection = async (event, store) => {
  const key = { controller: text(event, "controller"), request_id: amount(event, "requestId") };
  const row = await store.find("liquid_redemptions", key);
  const shares = amount(event, "shares");
  if (row) {
    await store.change("liquid_redemptions", key, () => ({ shares: big(row, "shares") + shares }));
  } else {
    const first = { owner: text(event, "owner"), shares, assets_at_request: 0n, requested_at: event.blockTime };
    await store.put("liquid_redemptions", key, first);
  }
};

/** The price of a redemption is told after, or before, the request itself: whichever comes first makes the row. */
const priced: Projection = async (event, store) => {
  const controller = text(event, "controller");
  const key = { controller, request_id: amount(event, "requestId") };
  const assets = amount(event, "assets");
  const row = await store.find("liquid_redemptions", key);
  const first = { owner: controller, shares: 0n, requested_at: event.blockTime };
  const before = row ? big(row, "assets_at_request") : 0n;
  await store.put("liquid_redemptions", key, { ...(row ? {} : first), assets_at_request: before + assets });
  move(event, store, "REDEMPTION_REQUESTED", controller, assets);
};

/** Shares, allocations and redemptions of the vault. */
export const projections: Projections = {
  LiquidStakingVault: {
    Joined: (event, store) => changeVault(store, () => ({ member_no: count(event, "memberNo") })),
    CapChanged: (event, store) => changeVault(store, () => ({ cap_bps: count(event, "to") })),
    Harvested: (event, store) =>
      changeVault(store, (row) => ({ harvested: big(row, "harvested") + amount(event, "tokens") })),
    ValidatorListed: (event, store) => changeAllocation(event, store, () => ({ listed: event.args.listed })),
    Allocated: (event, store) =>
      changeAllocation(event, store, (row) => ({
        position_id: amount(event, "positionId"),
        allocated: big(row, "allocated") + amount(event, "tokens"),
      })),
    Deallocated: (event, store) =>
      changeAllocation(event, store, (row) => ({
        deallocated: big(row, "deallocated") + amount(event, "tokens"),
      })),
    Transfer: transferred,
    Deposit: async (event, store) => move(event, store, "DEPOSIT", text(event, "owner"), amount(event, "assets")),
    RedeemRequest: requested,
    RedemptionPriced: priced,
    Withdraw: async (event, store) =>
      move(event, store, "REDEMPTION_PAID", text(event, "owner"), amount(event, "assets")),
  },
};
