import { asNumber } from "../../platform/graphql/rows.ts";
import type { ActivityRow } from "./repository.ts";

/** An event as the API tells it. */
export const eventNode = (row: ActivityRow) => ({
  name: row.event,
  blockNumber: Number(row.block_number),
  logIndex: row.log_index,
  at: Number(row.block_time),
  transactionHash: row.tx_hash,
  memberNo: asNumber(row.member_no),
  validatorId: asNumber(row.validator_id),
  positionId: row.position_id,
  args: row.args,
});
