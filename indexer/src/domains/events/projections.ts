import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";

/** Events that concern nobody of ours. */
const silent = new Set(["Transfer", "Approval", "Initialized", "Upgraded", "AuthorityUpdated", "EIP712DomainChanged"]);

const plain = (value: unknown) => (typeof value === "bigint" || typeof value === "number" ? String(value) : value);
const lower = (value: unknown) => (typeof value === "string" && value.startsWith("0x") ? value.toLowerCase() : value);

/** Keeps every event of ours, decoded, beside whom it concerns. */
export async function recordActivity(event: ChainEvent, store: Store): Promise<void> {
  if (silent.has(event.name)) return;
  const args = Object.fromEntries(Object.entries(event.args).map(([name, value]) => [name, lower(plain(value))]));
  const number = (name: string) => (args[name] === undefined ? null : Number(args[name]));
  const positionId = args.positionId ?? null;
  const position = positionId ? await store.find("positions", { position_id: String(positionId) }) : undefined;
  store.append(
    "activity",
    { block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tx_hash: event.txHash,
      event: event.name,
      member_no: number("memberNo") ?? (position ? Number(position.member_no) : null),
      validator_id: number("validatorId") ?? number("dst"),
      position_id: positionId,
      args,
    },
  );
}
