import { count } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { tierNumber } from "../identity/service.ts";
import { changeKinds } from "./rules.ts";

const blank = { points: 0, genesis: false, governance: false };
const nothingStaged = { staged: null, staged_at: null, effective_at: null, staged_reasons: null };

async function grade(event: ChainEvent, store: Store, values: Row): Promise<void> {
  const key = { member_no: count(event, "memberNo") };
  const row = await store.find("member_grades", key);
  await store.put("member_grades", key, { ...(row ? {} : blank), ...values });
}

function tell(event: ChainEvent, store: Store, kind: (typeof changeKinds)[number], from: string, to: string): void {
  store.append(
    "tier_changes",
    { member_no: count(event, "memberNo"), block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tx_hash: event.txHash,
      kind: changeKinds.indexOf(kind),
      from_tier: count(event, from),
      to_tier: count(event, to),
      reasons: event.args.reasonBits === undefined ? 0 : count(event, "reasonBits"),
      effective_at: event.args.effectiveAt === undefined ? null : count(event, "effectiveAt"),
    },
  );
}

const staged: Projection = async (event, store) => {
  await grade(event, store, {
    staged: count(event, "to"),
    staged_at: event.blockTime,
    effective_at: count(event, "effectiveAt"),
    staged_reasons: count(event, "reasonBits"),
  });
  tell(event, store, "STAGED", "from", "to");
};

const changed: Projection = async (event, store) => {
  await grade(event, store, { ...nothingStaged, changed_at: event.blockTime });
  tell(event, store, "CHANGED", "from", "to");
};

const cancelled: Projection = async (event, store) => {
  await grade(event, store, nothingStaged);
  tell(event, store, "CANCELLED", "staged", "tier");
};

/** What the tier engine staged, changed and counted. */
export const projections: Projections = {
  TierEngine: {
    TierStaged: staged,
    TierChanged: changed,
    TierStagingCancelled: cancelled,
    PenaltyPointsChanged: (event, store) => grade(event, store, { points: count(event, "points") }),
    MemberAppointed: (event, store) => {
      const column = count(event, "tier") === tierNumber("GENESIS_VALIDATOR") ? "genesis" : "governance";
      return grade(event, store, { [column]: event.args.appointed });
    },
  },
};
