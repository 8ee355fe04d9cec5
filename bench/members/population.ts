import { randomBytes } from "node:crypto";
import type { Pool } from "pg";

/** Account number `n` of the population: the same id in SQL and here. */
export const accountId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

const day = 86_400;

/** Rows of one kind, made by the server itself: `$1` members of the chain, most with a profile, a third with stake. */
const statements: [what: string, sql: string][] = [
  [
    "chain.blocks",
    `insert into chain.blocks (number, hash, parent_hash, block_time, log_count)
     select 1, '0x' || repeat('1', 64), '0x' || repeat('0', 64), 1780000000, 0 where $1::int > 0`,
  ],
  [
    "ops.checkpoint",
    `insert into ops.checkpoint (id, chain_id, contracts, block_number, versioned_to, block_hash, final_block, version)
     select 1, 31337, '', 1, 1, '0x' || repeat('1', 64), 1, '1' where $1::int > 0`,
  ],
  [
    "chain.members",
    `insert into chain.members (member_no, member_id, owner, payout, status, tier, registered_at, last_activity_at, kyc_level, kyc_valid_until)
     select n, '0x' || lpad(to_hex(n), 64, '0'), '0x' || lpad(to_hex(n), 40, '0'), '0x' || lpad(to_hex(n), 40, '0'),
            case when n % 97 = 0 then 4 when n % 13 = 0 then 3 else 2 end,
            case when n % 2003 = 0 then 3 when n % 3 = 0 then 1 else 0 end,
            1700000000 + n * 60, 1700000000 + n * 60 + (n % 1000) * ${day}, n % 4, case when n % 4 = 0 then null else 1900000000 end
       from generate_series(1, $1::int) n`,
  ],
  [
    "chain.validators",
    `insert into chain.validators (validator_id, member_no, name, key_type, consensus_key, commission_bps, max_commission_bps, min_delegation,
            active, tombstoned, open_cases, self_stake, pool_tokens, pool_shares, pool_gen, total_stake, position_count, keep,
            accumulator_ray, unclaimed_commission, unclaimed_self_rewards, rewards_total, registered_at)
     select v, v, 'Validator ' || v, 0, '0x' || lpad(to_hex(v), 40, '0'), 500, 2000, 0, true, false, 0, 1e24, 1e26, 1e26, 0, 1.01e26, 0, 1e27, 0, 0, 0, 0, 1700000000
       from generate_series(1, least(100, $1::int)) v`,
  ],
  [
    "chain.positions",
    `insert into chain.positions (member_no, position_id, validator_id, gen, shares, unpaid, acc_paid, claimed, auto_compound, since)
     select n, n, 1 + n % 100, 0, (1 + n % 5000) * 1e18, 0, 0, 0, false, 1700000000
       from generate_series(3, $1::int, 3) n`,
  ],
  [
    "app.members",
    `insert into app.members (id, created_at, last_activity_at)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), now() from generate_series(1, $1::int) n`,
  ],
  [
    "app.member_wallets",
    `insert into app.member_wallets (address, member_id, is_contract, added_at)
     select '0x' || lpad(to_hex(n), 40, '0'), ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, false, now()
       from generate_series(1, $1::int) n`,
  ],
  [
    "app.profiles",
    `insert into app.profiles (member_id, version, display_name, bio, website, links, tags, language, currency, time_zone, custom, changed_at)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, 'Member ' || n, 'Number ' || n || ' of many.', '', '[]', '{river}',
            'ko', 'KRW', 'Asia/Seoul', '{}', now()
       from generate_series(1, $1::int) n`,
  ],
];

/** Fills an empty database with members that nobody is. @returns seconds that it took */
export async function populate(pool: Pool, members: number, say: (line: string) => void): Promise<number> {
  const began = performance.now();
  for (const [what, sql] of statements) {
    const started = performance.now();
    const { rowCount } = await pool.query(sql, [members]);
    say(`${what}: ${rowCount} rows, ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  }
  await pool.query("vacuum analyze");
  return (performance.now() - began) / 1_000;
}

/** Opens a session for each of the first `count` members, as a sign-in would. @returns session ids by member */
export async function openSessions(pool: Pool, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.sessions (member_id, id, address, browser_hash, created_at, last_used_at, expires_at, begun_at_block)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, gen_random_uuid(), '0x' || lpad(to_hex(n), 40, '0'), $2,
            now(), now(), now() + interval '1 day', 1
       from generate_series(1, $1::int) n returning id`,
    [count, randomBytes(32)],
  );
  return rows.map(({ id }) => id);
}
