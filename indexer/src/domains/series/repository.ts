import type { Sql } from "../../platform/db/pool.ts";
import type { Stretch } from "./rules.ts";

/** First and last hour or day of each stretch, the oldest first. */
export interface Units {
  unit: "hour" | "day";
  first: number[];
  last: number[];
}

const tables = {
  network: { hour: "chain.network_hourly", day: "chain.network_daily" },
  validator: { hour: "chain.validator_hourly", day: "chain.validator_daily" },
} as const;

/** Stretches as a table; each reads its own range of a primary key. */
const STRETCHES = "unnest($1::bigint[], $2::bigint[]) with ordinality as b (first, last, place)";

export interface StakeRow {
  total_stake: string | null;
  self_stake: string | null;
  delegated: string | null;
}

/** What the network, or a validator, had at stake at the end of each stretch; null before there was anything. */
export async function stakes(reader: Sql, { unit, first, last }: Units, validatorId?: number): Promise<StakeRow[]> {
  const ofNetwork = validatorId === undefined;
  const table = tables[ofNetwork ? "network" : "validator"][unit];
  const columns = ofNetwork
    ? "self_stake + delegated as total_stake, self_stake, delegated"
    : "total_stake, null::numeric as self_stake, null::numeric as delegated";
  const { rows } = await reader.query<StakeRow>(
    `select s.* from ${STRETCHES} left join lateral (
       select ${columns} from ${table}
        where ${ofNetwork ? "$3::bigint is null" : "validator_id = $3::bigint"} and ${unit} <= b.last
        order by ${unit} desc limit 1) s on true order by b.place`,
    [first, last, validatorId ?? null],
  );
  return rows;
}

/** What was credited to the network, or to a validator, in each stretch. */
export async function credits(reader: Sql, { unit, first, last }: Units, validatorId?: number): Promise<string[]> {
  const ofNetwork = validatorId === undefined;
  const { rows } = await reader.query<{ amount: string }>(
    `select s.amount from ${STRETCHES} cross join lateral (
       select coalesce(sum(rewards), 0) as amount from ${tables[ofNetwork ? "network" : "validator"][unit]}
        where ${ofNetwork ? "$3::bigint is null" : "validator_id = $3::bigint"} and ${unit} between b.first and b.last) s
      order by b.place`,
    [first, last, validatorId ?? null],
  );
  return rows.map(({ amount }) => amount);
}

export interface FlowRow {
  delegations: number;
  delegated: string;
  exits: number;
  exited: string;
}

/** Delegations that came to and left the network, or a validator, in each stretch. @param units Of hours. */
export async function flows(reader: Sql, { first, last }: Units, validatorId?: number): Promise<FlowRow[]> {
  const ofNetwork = validatorId === undefined;
  const { rows } = await reader.query<FlowRow>(
    `select s.* from ${STRETCHES} cross join lateral (
       select coalesce(sum(delegations), 0)::integer as delegations, coalesce(sum(delegated_in), 0) as delegated,
              coalesce(sum(exits), 0)::integer as exits, coalesce(sum(delegated_out), 0) as exited
         from ${tables[ofNetwork ? "network" : "validator"].hour}
        where ${ofNetwork ? "$3::bigint is null" : "validator_id = $3::bigint"} and hour between b.first and b.last) s
      order by b.place`,
    [first, last, validatorId ?? null],
  );
  return rows;
}

type Placed<Row> = Row & { place: number };

/** Begins of all stretches, and the end of the last one: what `width_bucket` counts by. */
const edges = (stretches: readonly Stretch[]) => [...stretches.map(({ from }) => from), stretches.at(-1)?.to ?? 0];

/** What was found for each stretch that holds anything. */
function placed<Row extends object>(stretches: readonly Stretch[], rows: Placed<Row>[]): (Row | undefined)[] {
  const found = new Map(rows.map((row) => [row.place, row]));
  return stretches.map((_, i) => found.get(i + 1));
}

/** What was paid to a member in each stretch; undefined where nothing was. */
export async function paidTo(reader: Sql, stretches: readonly Stretch[], memberNo: number) {
  const { rows } = await reader.query<Placed<{ amount: string }>>(
    `select width_bucket(block_time, $2::bigint[]) as place, sum(amount) as amount from chain.reward_payments
      where member_no = $1 and block_time >= $3 and block_time < $4 group by 1`,
    [memberNo, ...bounded(stretches)],
  );
  return placed(stretches, rows);
}

const bounded = (stretches: readonly Stretch[]) => {
  const all = edges(stretches);
  return [all, all[0], all.at(-1)];
};

/** What a member delegated and took back in each stretch; undefined where nothing happened. */
export async function flowsOf(reader: Sql, stretches: readonly Stretch[], memberNo: number) {
  const joins = "event in ('StakeDelegated', 'Redelegated')";
  const leaves = "(event = 'Redelegated' or (event = 'TokensUnstaked' and args->>'kind' = '0'))";
  const { rows } = await reader.query<Placed<FlowRow>>(
    `select width_bucket(block_time, $2::bigint[]) as place,
            count(*) filter (where ${joins})::integer as delegations,
            coalesce(sum((args->>'tokens')::numeric) filter (where ${joins}), 0) as delegated,
            count(*) filter (where ${leaves})::integer as exits,
            coalesce(sum((args->>'tokens')::numeric) filter (where ${leaves}), 0) as exited
       from chain.activity
      where member_no = $1 and block_time >= $3 and block_time < $4
        and event in ('StakeDelegated', 'Redelegated', 'TokensUnstaked') group by 1`,
    [memberNo, ...bounded(stretches)],
  );
  return placed(stretches, rows);
}

export interface VoteRow {
  ballots: number;
  for_votes: string;
  against_votes: string;
  abstain_votes: string;
}

/** Ballots in each stretch, of all, of one proposal or of one wallet; undefined where there were none. */
export async function votes(
  reader: Sql,
  stretches: readonly Stretch[],
  { proposalId, voter }: { proposalId?: string | undefined; voter?: string | undefined },
) {
  const whose = [
    ...(proposalId === undefined ? [] : ["and proposal_id = $4::numeric"]),
    ...(voter === undefined ? [] : [`and voter = $${proposalId === undefined ? 4 : 5}`]),
  ];
  const weight = (support: number) => `coalesce(sum(weight) filter (where support = ${support}), 0)`;
  const { rows } = await reader.query<Placed<VoteRow>>(
    `select width_bucket(cast_at, $1::bigint[]) as place, count(*)::integer as ballots,
            ${weight(0)} as against_votes, ${weight(1)} as for_votes, ${weight(2)} as abstain_votes
       from chain.ballots where cast_at >= $2 and cast_at < $3 ${whose.join(" ")} group by 1`,
    [...bounded(stretches), ...[proposalId, voter].filter((value) => value !== undefined)],
  );
  return placed(stretches, rows);
}
