import { amount, big, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { moveNetwork } from "./service.ts";

const nobody = `0x${"0".repeat(40)}`;

async function move(store: Store, account: string, change: bigint): Promise<void> {
  const row = await store.find("balances", { account });
  await store.put("balances", { account }, { amount: (row ? big(row, "amount") : 0n) + change });
}

async function transferred(event: ChainEvent, store: Store): Promise<void> {
  const [from, to, value] = [text(event, "from"), text(event, "to"), amount(event, "value")];
  if (from !== nobody) await move(store, from, -value);
  if (to !== nobody) await move(store, to, value);
  if (from === nobody) await moveNetwork(store, event, (n) => ({ supply: big(n, "supply") + value }));
  if (to === nobody) {
    await moveNetwork(store, event, (n) => ({ supply: big(n, "supply") - value, burned: big(n, "burned") + value }), {
      burned: value,
    });
  }
}

const counting =
  (column: string, by: number): Projection =>
  (event, store) =>
    moveNetwork(store, event, (n) => ({ [column]: Number(n[column]) + by }));

async function paused(event: ChainEvent, store: Store): Promise<void> {
  await store.put(
    "pauses",
    { scope: count(event, "scope"), since: event.blockTime },
    { until: count(event, "until"), reason: text(event, "reason"), block_number: event.blockNumber },
  );
  await store.put("latest_pauses", { scope: count(event, "scope") }, { since: event.blockTime });
}

async function resumed(event: ChainEvent, store: Store): Promise<void> {
  const scope = count(event, "scope");
  const { since } = await store.need("latest_pauses", { scope });
  const key = { scope, since: Number(since) };
  await store.change("pauses", key, () => ({ until: count(event, "resumedAt") }));
}

/** Totals and daily series of the network; balances of the token. */
export const projections: Projections = {
  TBurnToken: { Transfer: transferred },
  ProtocolPause: { ScopePaused: paused, ScopeResumed: resumed },
  MemberRegistry: { MemberRegistered: counting("members", 1) },
  ValidatorRegistry: {
    ValidatorRegistered: counting("validators", 1),
    ValidatorActivated: counting("active_validators", 1),
    ValidatorDeactivated: counting("active_validators", -1),
  },
};
