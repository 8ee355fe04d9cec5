import { recordActivity } from "./domains/events/projections.ts";
import { projections as identity } from "./domains/identity/projections.ts";
import { projections as network } from "./domains/network/projections.ts";
import { projections as rewards } from "./domains/rewards/projections.ts";
import { projections as staking } from "./domains/staking/projections.ts";
import { projections as validators } from "./domains/validators/projections.ts";
import type { ChainEvent } from "./platform/chain/decode.ts";
import type { Projection } from "./platform/domain.ts";

/** Lower floors first: a validator exists before stake joins it. */
const domains = [identity, validators, staking, network, rewards];

/** Everything that is made of an event, in order. */
export function projectionsOf(event: ChainEvent): Projection[] {
  const found = domains.flatMap((domain) => domain[event.contract]?.[event.name] ?? []);
  return [...found, recordActivity];
}
