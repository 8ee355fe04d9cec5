import { projections as audit } from "./domains/audit/projections.ts";
import { recordActivity } from "./domains/events/projections.ts";
import { projections as governance } from "./domains/governance/projections.ts";
import { projections as identity } from "./domains/identity/projections.ts";
import { projections as liquid } from "./domains/liquid/projections.ts";
import { projections as network } from "./domains/network/projections.ts";
import { projections as performance } from "./domains/performance/projections.ts";
import { projections as rewards } from "./domains/rewards/projections.ts";
import { projections as slashing } from "./domains/slashing/projections.ts";
import { projections as staking } from "./domains/staking/projections.ts";
import { projections as suspensions } from "./domains/suspensions/projections.ts";
import { projections as tiers } from "./domains/tiers/projections.ts";
import { projections as validators } from "./domains/validators/projections.ts";
import type { ChainEvent } from "./platform/chain/decode.ts";
import type { Projection, Projections } from "./platform/domain.ts";

/**
 * What domains make of the chain, lower floors first: a validator exists before stake joins it. Apart from app.ts, so that a
 * process that only follows the chain loads nothing of the API.
 */
const domains: Projections[] = [
  network,
  identity,
  audit,
  governance,
  validators,
  slashing,
  performance,
  suspensions,
  staking,
  rewards,
  liquid,
  tiers,
];

const known = new Map<string, Projection[]>();

/** Everything that is made of an event, in order. */
export function projectionsOf({ contract, name }: ChainEvent): Projection[] {
  const key = `${contract}.${name}`;
  const found = known.get(key);
  if (found) return found;
  const own = domains.flatMap((projections) => projections[contract]?.[name] ?? []);
  const all = [...own, recordActivity];
  known.set(key, all);
  return all;
}
