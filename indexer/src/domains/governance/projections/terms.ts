import type { Store } from "../../../platform/chain/store.ts";
import type { Row } from "../../../platform/db/tables.ts";

const key = { id: 1 };
const blank = {
  units: 0n,
  voting_delay: 0,
  voting_period: 0,
  late_quorum_extension: 0,
  proposal_threshold: 0n,
  quorum_percent: 0,
  guardian: null,
};

/** Changes the one row of totals and terms. */
export async function moveGovernance(store: Store, change: (row: Row) => Row): Promise<Row> {
  const row = await store.find("governance", key);
  return store.put("governance", key, { ...(row ? {} : blank), ...change(row ?? blank) });
}

/** The row of totals and terms as it stands. */
export async function governanceRow(store: Store): Promise<Row> {
  return (await store.find("governance", key)) ?? blank;
}
