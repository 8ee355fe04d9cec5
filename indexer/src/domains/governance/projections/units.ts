import { amount, big, count, text } from "../../../platform/chain/args.ts";
import type { ChainEvent } from "../../../platform/chain/decode.ts";
import type { Store } from "../../../platform/chain/store.ts";
import type { Row } from "../../../platform/db/tables.ts";
import type { Projection } from "../../../platform/domain.ts";
import { moveGovernance } from "./terms.ts";

const nobody = `0x${"0".repeat(40)}`;
const blank = { member_no: null, units: 0n, votes: 0n, delegate: null, delegators: 0, ballots: 0, proposals: 0 };

/** Changes a wallet's row, which begins with the first thing told about it. */
export async function changeAccount(store: Store, account: string, change: (row: Row) => Row): Promise<void> {
  const row = await store.find("vote_accounts", { account });
  await store.put("vote_accounts", { account }, { ...(row ? {} : blank), ...change(row ?? blank) });
}

const unitsCounted: Projection = async (event, store) => {
  const [from, to] = [amount(event, "from"), amount(event, "to")];
  await changeAccount(store, text(event, "account"), () => ({ units: to, member_no: count(event, "memberNo") }));
  const row = await moveGovernance(store, (governance) => ({ units: big(governance, "units") + to - from }));
  await store.put("vote_supply", { since: event.blockTime }, { units: big(row, "units") });
};

/** Units follow the membership; where they wait for nobody, `UnitsCounted` takes them away. */
const holderChanged: Projection = async (event, store) => {
  const [from, to] = [text(event, "from"), text(event, "to")];
  if (to === nobody) return changeAccount(store, from, () => ({ member_no: null }));
  const old = from === nobody ? undefined : await store.find("vote_accounts", { account: from });
  if (old) await changeAccount(store, from, () => ({ units: 0n, member_no: null }));
  const units = old ? { units: big(old, "units") } : {};
  await changeAccount(store, to, () => ({ ...units, member_no: count(event, "memberNo") }));
};

const delegateChanged: Projection = async (event, store) => {
  const [account, from, to] = [text(event, "delegator"), text(event, "fromDelegate"), text(event, "toDelegate")];
  const counted = (by: number) => (row: Row) => ({ delegators: Number(row.delegators) + by });
  if (from !== nobody) await changeAccount(store, from, counted(-1));
  if (to !== nobody) await changeAccount(store, to, counted(1));
  await changeAccount(store, account, () => ({ delegate: to === nobody ? null : to }));
};

const votesChanged: Projection = async (event: ChainEvent, store) => {
  const account = text(event, "delegate");
  const votes = amount(event, "newVotes");
  await changeAccount(store, account, () => ({ votes }));
  store.append(
    "vote_history",
    { account, block_number: event.blockNumber, log_index: event.logIndex },
    { block_time: event.blockTime, votes_before: amount(event, "previousVotes"), votes },
  );
};

/** Units of stake, and the delegates who carry them. */
export const units: Record<string, Projection> = {
  UnitsCounted: unitsCounted,
  HolderChanged: holderChanged,
  DelegateChanged: delegateChanged,
  DelegateVotesChanged: votesChanged,
};
