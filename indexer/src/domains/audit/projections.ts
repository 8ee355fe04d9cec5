import { count, text } from "../../platform/chain/args.ts";
import type { Projection, Projections } from "../../platform/domain.ts";

const anchored: Projection = async (event, store) => {
  await store.put(
    "audit_anchors",
    { first_seq: count(event, "firstSeq") },
    {
      last_seq: count(event, "lastSeq"),
      root: text(event, "root"),
      head: text(event, "head"),
      anchored_by: text(event, "by"),
      anchored_at: event.blockTime,
      block_number: event.blockNumber,
      log_index: event.logIndex,
      tx_hash: event.txHash,
    },
  );
};

/** Roots as the chain carries them. */
export const projections: Projections = { AuditAnchor: { AuditRootAnchored: anchored } };
