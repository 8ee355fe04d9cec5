import { plainArgs } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import { findPosition } from "../staking/service.ts";

/** Events that concern nobody of ours. */
const silent = new Set(["Transfer", "Approval", "Initialized", "Upgraded", "AuthorityUpdated", "EIP712DomainChanged"]);

/** Number 0 is nobody: an attestation that was revoked before it was submitted. */
const idOf = (value: unknown) => (value === undefined || value === "0" ? null : Number(value));

/** Who acted, where an event names a wallet: it carries units from the first stake on. */
async function memberBehind(args: Record<string, unknown>, store: Store): Promise<number | null> {
  const wallet = args.voter ?? args.proposer ?? args.delegator ?? args.controller ?? args.owner;
  if (typeof wallet !== "string") return null;
  const row = await store.find("vote_accounts", { account: wallet });
  return row?.member_no ? Number(row.member_no) : null;
}

/** Whom an event concerns, where it does not say so itself: a position's owner and validator, a validator's owner. */
async function concerned(args: Record<string, unknown>, store: Store) {
  const positionId = typeof args.positionId === "string" && args.positionId !== "0" ? args.positionId : null;
  let [memberNo, validatorId] = [idOf(args.memberNo), idOf(args.validatorId ?? args.dst)];
  const key = positionId === null ? undefined : await findPosition(store, positionId);
  if (key) {
    const position = await store.need("positions", { ...key });
    memberNo ??= key.member_no;
    validatorId ??= Number(position.validator_id);
  }
  if (memberNo === null && validatorId !== null) {
    const validator = await store.find("validators", { validator_id: validatorId });
    memberNo = validator ? Number(validator.member_no) : null;
  }
  memberNo ??= await memberBehind(args, store);
  return { member_no: memberNo, validator_id: validatorId, position_id: positionId };
}

/** Keeps every event of ours, decoded, beside whom it concerns. */
export async function recordActivity(event: ChainEvent, store: Store): Promise<void> {
  if (silent.has(event.name)) return;
  const args = plainArgs(event);
  store.append(
    "activity",
    { block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tx_hash: event.txHash,
      event: event.name,
      ...(await concerned(args, store)),
      args,
    },
  );
}
